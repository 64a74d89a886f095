package dev.lockstep.cluster;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.sync.WriteFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/**
 * The finalizer that External Secrets Operator leaves on every ExternalSecret. Nobody removes it
 * once ESO is gone, so no such object, and no namespace that holds one, could be deleted.
 */
public final class EsoFinalizer {
    public static final String NAME = "externalsecrets.external-secrets.io/externalsecret-cleanup";

    private final FinalizerRemoval removal;

    public EsoFinalizer(KubernetesClient client) {
        removal = new FinalizerRemoval(client);
    }

    public static boolean isOn(ExternalSecret externalSecret) {
        return FinalizerRemoval.isOn(externalSecret, NAME);
    }

    /**
     * Takes it away from an ExternalSecret that may be out of date; other finalizers stay.
     *
     * @return why it is still there; empty when it is not
     */
    public Optional<WriteFailure> removeFrom(ExternalSecret externalSecret) {
        return removal.remove(externalSecret, NAME);
    }
}
