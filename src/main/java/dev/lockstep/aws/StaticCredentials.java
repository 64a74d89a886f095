package dev.lockstep.aws;

import dev.lockstep.aws.CredentialSource.SecretKeyRef;
import dev.lockstep.source.CredentialSecrets;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Access keys out of Secrets, each Secret read once. */
final class StaticCredentials {
    private final CredentialSecrets secrets;
    private final Map<String, Map<String, SecretBytes>> contents = new HashMap<>();

    private StaticCredentials(CredentialSecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * @throws SourceException CredentialsMissing when a Secret or key is absent or empty
     */
    static AwsCredentials read(CredentialSecrets secrets, CredentialSource.StaticKeys keys)
            throws SourceException {
        var reading = new StaticCredentials(secrets);
        var id = reading.value(keys.accessKeyId());
        var secret = reading.value(keys.secretAccessKey());
        return keys.sessionToken().isPresent()
                ? AwsSessionCredentials.create(id, secret, reading.value(keys.sessionToken().get()))
                : AwsBasicCredentials.create(id, secret);
    }

    static SourceException noSecret(SecretKeyRef ref) {
        return Claims.missing(
                "Secret %s/%s does not exist: create it with key %s, or correct auth.secretRef of the store"
                        .formatted(ref.namespace(), ref.name(), ref.key()));
    }

    private String value(SecretKeyRef ref) throws SourceException {
        var name = ref.namespace() + "/" + ref.name();
        if (!contents.containsKey(name)) {
            contents.put(
                    name,
                    secrets.read(ref.namespace(), ref.name()).orElseThrow(() -> noSecret(ref)));
        }
        return Optional.ofNullable(contents.get(name).get(ref.key()))
                .map(value -> value.utf8().strip())
                .filter(value -> !value.isEmpty())
                .orElseThrow(
                        () ->
                                Claims.missing(
                                        "Secret %s has no key %s, or it is empty: add it, or correct auth.secretRef of the store"
                                                .formatted(name, ref.key())));
    }
}
