package dev.lockstep.cluster;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.sync.WriteFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The finalizer that External Secrets Operator leaves on every ExternalSecret. Nobody removes it
 * once ESO is gone, so no such object, and no namespace that holds one, could be deleted.
 */
public final class EsoFinalizer {
    public static final String NAME = "externalsecrets.external-secrets.io/externalsecret-cleanup";

    private static final int ATTEMPTS = 3;

    private final KubernetesClient client;

    public EsoFinalizer(KubernetesClient client) {
        this.client = client;
    }

    public static boolean isOn(ExternalSecret externalSecret) {
        return externalSecret.getMetadata().getFinalizers().contains(NAME);
    }

    /**
     * Takes it away from an ExternalSecret that may be out of date; other finalizers stay.
     *
     * @return why it is still there; empty when it is not
     */
    public Optional<WriteFailure> removeFrom(ExternalSecret externalSecret) {
        var seen = externalSecret;
        for (var left = ATTEMPTS; left > 0 && seen != null && isOn(seen); left--) {
            try {
                remove(seen);
                return Optional.empty();
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return Optional.empty();
                }
                // So is a "test" answered that does not hold: the list has moved.
                if (e.getCode() != ApiFailures.UNPROCESSABLE || left == 1) {
                    return Optional.of(ApiFailures.of(describe(seen), e));
                }
                seen = client.resource(seen).get();
            }
        }
        return Optional.empty();
    }

    private void remove(ExternalSecret externalSecret) {
        var path =
                "/metadata/finalizers/"
                        + externalSecret.getMetadata().getFinalizers().indexOf(NAME);
        var patch =
                List.of(
                        Map.of("op", "test", "path", path, "value", NAME),
                        Map.of("op", "remove", "path", path));
        client.resource(externalSecret)
                .patch(
                        PatchContext.of(PatchType.JSON),
                        client.getKubernetesSerialization().asJson(patch));
    }

    private static String describe(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        return "ExternalSecret " + metadata.getNamespace() + "/" + metadata.getName();
    }
}
