package dev.lockstep.aws;

import dev.lockstep.source.CredentialSecrets;
import dev.lockstep.source.Identity.ObjectVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.ServiceAccounts;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** ServiceAccounts and Secrets of a cluster that is not there. */
final class FakeCluster implements ServiceAccounts, CredentialSecrets {
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Map<String, SecretBytes>> secrets = new HashMap<>();
    private final Map<String, ObjectVersion> versions = new HashMap<>();
    private final AtomicInteger resourceVersion = new AtomicInteger();

    /** What TokenRequests were made: {@code namespace/name [audiences]}. */
    final List<String> tokenRequests = new CopyOnWriteArrayList<>();

    Optional<SourceFailure> tokenFailure = Optional.empty();

    FakeCluster withAccount(String namespace, String name, Map<String, String> annotations) {
        var uid = "uid-" + resourceVersion.incrementAndGet();
        accounts.put(namespace + "/" + name, new Account(namespace, name, uid, annotations));
        return this;
    }

    /** An account that may assume a role, as IRSA has it. */
    FakeCluster withIrsaAccount(String namespace, String name, String role) {
        return withAccount(namespace, name, Map.of("eks.amazonaws.com/role-arn", role));
    }

    void removeAccount(String namespace, String name) {
        accounts.remove(namespace + "/" + name);
    }

    /** Creates a Secret, or replaces its content. */
    FakeCluster withSecret(String namespace, String name, Map<String, String> content) {
        var key = namespace + "/" + name;
        secrets.put(
                key,
                content.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> SecretBytes.ofUtf8(entry.getValue()))));
        versions.put(
                key, new ObjectVersion("uid of " + key, "" + resourceVersion.incrementAndGet()));
        return this;
    }

    @Override
    public Optional<Account> find(String namespace, String name) {
        return Optional.ofNullable(accounts.get(namespace + "/" + name));
    }

    @Override
    public SecretBytes token(String namespace, String name, List<String> audiences)
            throws SourceException {
        tokenRequests.add(namespace + "/" + name + " " + audiences);
        if (tokenFailure.isPresent()) {
            throw new SourceException(tokenFailure.get());
        }
        return SecretBytes.ofUtf8("canary-token-" + tokenRequests.size());
    }

    @Override
    public Optional<ObjectVersion> version(String namespace, String name) {
        return Optional.ofNullable(versions.get(namespace + "/" + name));
    }

    @Override
    public Optional<Map<String, SecretBytes>> read(String namespace, String name) {
        return Optional.ofNullable(secrets.get(namespace + "/" + name));
    }
}
