package dev.lockstep.cluster;

import dev.lockstep.api.ApiGroup;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.sync.WriteFailure;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the ExternalSecrets that a ClusterExternalSecret asks for. */
public final class ProvisionedExternalSecrets {
    private static final String COLLECTION =
            "/apis/%s/%s/namespaces/%%s/externalsecrets".formatted(ApiGroup.NAME, ApiGroup.VERSION);

    private final KubernetesClient client;

    public ProvisionedExternalSecrets(KubernetesClient client) {
        this.client = client;
    }

    /**
     * How a creation ended.
     *
     * @param other what stands there already; empty when it was made, or could not be
     * @param failure why it was not made
     */
    public record Created(Optional<ExternalSecret> other, Optional<WriteFailure> failure) {}

    public Created create(ExternalSecret wanted) {
        try {
            client.resource(wanted).create();
            return new Created(Optional.empty(), Optional.empty());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return existing(wanted);
            }
            return failed(wanted, e);
        }
    }

    /** The cache may not show it yet. */
    private Created existing(ExternalSecret wanted) {
        try {
            return new Created(
                    Optional.ofNullable(client.resource(wanted).get()), Optional.empty());
        } catch (KubernetesClientException e) {
            return failed(wanted, e);
        }
    }

    private static Created failed(ExternalSecret wanted, KubernetesClientException e) {
        return new Created(Optional.empty(), Optional.of(failure(wanted, e)));
    }

    /**
     * Makes one as wanted, if it is still the one that was seen, with the same owner.
     *
     * @return why it is not; empty when it is
     */
    public Optional<WriteFailure> update(ExternalSecret seen, ExternalSecret wanted) {
        var metadata = wanted.getMetadata();
        var patch =
                List.of(
                        test("/metadata/uid", seen.getMetadata().getUid()),
                        test("/metadata/ownerReferences", seen.getMetadata().getOwnerReferences()),
                        add("/metadata/ownerReferences", metadata.getOwnerReferences()),
                        add("/metadata/labels", metadata.getLabels()),
                        add("/metadata/annotations", metadata.getAnnotations()),
                        add("/spec", wanted.getSpec()));
        try {
            client.resource(seen)
                    .patch(
                            PatchContext.of(PatchType.JSON),
                            client.getKubernetesSerialization().asJson(patch));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(failure(wanted, e));
        }
    }

    private static Map<String, Object> test(String path, Object value) {
        return Map.of("op", "test", "path", path, "value", value);
    }

    /** Replaces what is there. */
    private static Map<String, Object> add(String path, Object value) {
        return Map.of("op", "add", "path", path, "value", value);
    }

    /** Deletes one; what it owns goes with it. */
    public Optional<WriteFailure> delete(ExternalSecret seen) {
        try {
            var metadata = seen.getMetadata();
            var address = COLLECTION.formatted(metadata.getNamespace()) + "/" + metadata.getName();
            client.raw(address, "DELETE", onlyIf(metadata.getUid()));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    ? Optional.empty()
                    : Optional.of(failure(seen, e));
        }
    }

    /** So that one made anew in the meantime is not taken for it. */
    private static DeleteOptions onlyIf(String uid) {
        return new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withNewPreconditions(null, uid)
                .build();
    }

    private static WriteFailure failure(ExternalSecret about, KubernetesClientException e) {
        var metadata = about.getMetadata();
        return ApiFailures.of(
                "ExternalSecret " + metadata.getNamespace() + "/" + metadata.getName(), e);
    }
}
