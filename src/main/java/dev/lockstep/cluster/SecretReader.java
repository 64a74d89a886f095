package dev.lockstep.cluster;

import dev.lockstep.sync.FieldManager;
import dev.lockstep.sync.TargetSecret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Looks at Secrets that no cache of ours holds. */
public final class SecretReader {
    private final KubernetesClient client;

    public SecretReader(KubernetesClient client) {
        this.client = client;
    }

    /**
     * What a cache would keep of it.
     *
     * @return empty when it does not exist
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when that cannot be told
     */
    public Optional<TargetSecret> read(String namespace, String name) {
        return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
                .map(TrimmedSecret::target);
    }

    /**
     * Who wrote the Secret last beside this field manager, in words for people.
     *
     * @return empty when nobody did, or when it cannot be read
     */
    public Optional<String> otherWriter(String namespace, String name, String manager) {
        try {
            return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
                    .flatMap(secret -> ManagedFields.of(secret).lastWriterBeside(manager))
                    .map(FieldManager::describe);
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }
}
