package dev.lockstep.aws;

import dev.lockstep.source.IssuedToken;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.Unreachable;
import dev.lockstep.source.TokenRequest;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;

/** Tokens that AWS issues to a proven identity, under the keys that ESO gives their parts. */
final class AwsTokens {
    private final AwsClients clients;
    private final EcrClient ecr;
    private final Calls calls;

    AwsTokens(AwsClients clients, EcrClient ecr, Calls calls) {
        this.clients = clients;
        this.ecr = ecr;
        this.calls = calls;
    }

    IssuedToken issue(IdentityCalls as, TokenRequest request) throws SourceException {
        if (request instanceof TokenRequest.Session session) {
            return session(as, session);
        }
        return request instanceof TokenRequest.PublicRegistry
                ? registry(as, EcrClient.Registry.PUBLIC)
                : registry(as, EcrClient.Registry.PRIVATE);
    }

    private IssuedToken registry(IdentityCalls as, EcrClient.Registry registry)
            throws SourceException {
        var errors =
                new TokenErrors(
                        registry.operation(),
                        registry.action(),
                        as.claim().credentials().subject());
        return as.breaker()
                .run(
                        registry.operation(),
                        () ->
                                calls.run(
                                        registry.service(),
                                        registry.operation(),
                                        () ->
                                                ecr.authorizationToken(
                                                        registry,
                                                        as.identity().region(),
                                                        as.credentials().resolveCredentials(),
                                                        errors),
                                        errors::translate));
    }

    private IssuedToken session(IdentityCalls as, TokenRequest.Session session)
            throws SourceException {
        var errors =
                new TokenErrors(
                        "GetSessionToken",
                        "sts:GetSessionToken",
                        as.claim().credentials().subject());
        var request =
                GetSessionTokenRequest.builder()
                        .overrideConfiguration(o -> o.credentialsProvider(as.credentials()))
                        .durationSeconds(session.seconds().orElse(null))
                        .serialNumber(emptyToNull(session.serialNumber()))
                        .tokenCode(emptyToNull(session.tokenCode()))
                        .build();
        var sts = clients.sts(as.identity().region(), as.claim().retries());
        return as.breaker()
                .run(
                        "STS GetSessionToken",
                        () ->
                                calls.run(
                                        "STS",
                                        "GetSessionToken",
                                        () -> keys(sts.getSessionToken(request).credentials()),
                                        errors::translate));
    }

    private static IssuedToken keys(@Nullable Credentials issued) throws SourceException {
        if (issued == null
                || issued.accessKeyId() == null
                || issued.secretAccessKey() == null
                || issued.sessionToken() == null
                || issued.expiration() == null) {
            throw new SourceException(
                    new Unreachable("STS GetSessionToken", "answer without credentials"));
        }
        var values = new TreeMap<String, SecretBytes>();
        values.put("access_key_id", SecretBytes.ofUtf8(issued.accessKeyId()));
        values.put("secret_access_key", SecretBytes.ofUtf8(issued.secretAccessKey()));
        values.put("session_token", SecretBytes.ofUtf8(issued.sessionToken()));
        values.put("expiration", seconds(issued.expiration()));
        return new IssuedToken(values, issued.expiration());
    }

    static SecretBytes seconds(Instant instant) {
        return SecretBytes.ofUtf8(Long.toString(instant.getEpochSecond()));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
