package dev.lockstep.cluster;

import dev.lockstep.sync.WriteFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes one finalizer away from an object that may be out of date; others stay. */
final class FinalizerRemoval {
    private static final int ATTEMPTS = 3;

    private final KubernetesClient client;

    FinalizerRemoval(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @return why it is still there; empty when it is not
     */
    <T extends HasMetadata> Optional<WriteFailure> remove(T object, String finalizer) {
        var seen = object;
        for (var left = ATTEMPTS; left > 0 && seen != null && isOn(seen, finalizer); left--) {
            try {
                patch(seen, finalizer);
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

    static boolean isOn(HasMetadata object, String finalizer) {
        return object.getMetadata().getFinalizers().contains(finalizer);
    }

    private void patch(HasMetadata object, String finalizer) {
        var path =
                "/metadata/finalizers/" + object.getMetadata().getFinalizers().indexOf(finalizer);
        var patch =
                List.of(
                        Map.of("op", "test", "path", path, "value", finalizer),
                        Map.of("op", "remove", "path", path));
        client.resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON),
                        client.getKubernetesSerialization().asJson(patch));
    }

    private static String describe(HasMetadata object) {
        var metadata = object.getMetadata();
        var namespace = metadata.getNamespace() == null ? "" : metadata.getNamespace() + "/";
        return object.getKind() + " " + namespace + metadata.getName();
    }
}
