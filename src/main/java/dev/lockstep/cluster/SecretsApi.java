package dev.lockstep.cluster;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests on Secrets that we make, one method each. Errors come as {@link
 * io.fabric8.kubernetes.client.KubernetesClientException}, whose message must reach nobody: it
 * quotes what the server said of the object.
 *
 * <p>Create, update and delete are sent raw, since the client's own send neither a field manager
 * nor both preconditions.
 */
final class SecretsApi {
    private final KubernetesClient client;

    SecretsApi(KubernetesClient client) {
        this.client = client;
    }

    Optional<Secret> get(String namespace, String name) {
        return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
    }

    List<Secret> labelled(String namespace, String label, String value) {
        return client.secrets().inNamespace(namespace).withLabel(label, value).list().getItems();
    }

    Secret create(Secret secret, String manager) {
        var path = collection(secret.getMetadata().getNamespace()) + managedBy(manager);
        return stored(client.raw(path, "POST", secret));
    }

    /** Refused with 409 when the Secret is no longer at its resourceVersion. */
    Secret update(Secret secret, String manager) {
        return stored(client.raw(path(secret) + managedBy(manager), "PUT", secret));
    }

    /** Server-side apply. */
    Secret apply(Secret intent, String manager, boolean force) {
        var context =
                new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .withForce(force)
                        .build();
        return patch(intent, context, client.getKubernetesSerialization().asJson(intent));
    }

    /**
     * Replaces who owns which fields, and the owner references, if the Secret is still at its
     * resourceVersion; else refused with 422.
     */
    Secret replaceOwners(
            Secret secret,
            List<ManagedFieldsEntry> managedFields,
            List<OwnerReference> ownerReferences,
            String manager) {
        var version = secret.getMetadata().getResourceVersion();
        var patch = new ArrayList<Map<String, Object>>();
        patch.add(operation("test", "/metadata/resourceVersion", version));
        if (!ownerReferences.equals(secret.getMetadata().getOwnerReferences())) {
            patch.add(operation("replace", "/metadata/ownerReferences", ownerReferences));
        }
        if (!managedFields.isEmpty()) {
            patch.add(operation("replace", "/metadata/managedFields", managedFields));
        }
        var context =
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON)
                        .withFieldManager(manager)
                        .build();
        return patch(secret, context, client.getKubernetesSerialization().asJson(patch));
    }

    /** Refused with 409 when it is another one, or another state of it. */
    void delete(String namespace, String name, String uid, String resourceVersion) {
        var options =
                new DeleteOptionsBuilder()
                        .withApiVersion("v1")
                        .withKind("DeleteOptions")
                        .withNewPreconditions(resourceVersion, uid)
                        .build();
        client.raw(collection(namespace) + "/" + name, "DELETE", options);
    }

    private Secret patch(Secret secret, PatchContext context, String body) {
        return client.secrets()
                .inNamespace(secret.getMetadata().getNamespace())
                .resource(secret)
                .patch(context, body);
    }

    private Secret stored(String json) {
        return client.getKubernetesSerialization().unmarshal(json, Secret.class);
    }

    private static Map<String, Object> operation(String kind, String path, Object value) {
        return Map.of("op", kind, "path", path, "value", value);
    }

    private static String path(Secret secret) {
        return collection(secret.getMetadata().getNamespace())
                + "/"
                + secret.getMetadata().getName();
    }

    private static String collection(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    private static String managedBy(String manager) {
        return "?fieldManager=" + URLEncoder.encode(manager, StandardCharsets.UTF_8);
    }
}
