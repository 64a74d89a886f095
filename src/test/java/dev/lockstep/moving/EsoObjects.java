package dev.lockstep.moving;

import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.FieldManager;
import dev.lockstep.sync.ObjectHash;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Does to a cluster what External Secrets Operator does: finalizers, Secrets with its labels,
 * annotations, hashes, owners and field managers, and status.
 */
final class EsoObjects {
    private static final String API_VERSION = "external-secrets.io/v1";
    private static final String PROGRAM = "external-secrets";
    private static final String MANAGED = "reconcile.external-secrets.io/managed";
    private static final String CREATED_BY = "reconcile.external-secrets.io/created-by";
    private static final String DATA_HASH = "reconcile.external-secrets.io/data-hash";

    private final KubernetesClient admin;
    private final EmbeddedAws aws;

    EsoObjects(KubernetesClient admin, EmbeddedAws aws) {
        this.admin = admin;
        this.aws = aws;
    }

    MixedOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            kind(String kind) {
        return admin.genericKubernetesResources(API_VERSION, kind);
    }

    NonNamespaceOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            externalSecrets(String namespace) {
        return kind("ExternalSecret").inNamespace(namespace);
    }

    /** Its first sync of an ExternalSecret, whose one key is {@code password}. */
    void sync(String namespace, String name) {
        var resource = externalSecrets(namespace).withName(name);
        putFinalizer(namespace, name);
        var externalSecret = resource.require();
        String key =
                first(externalSecret).get("remoteRef") instanceof Map<?, ?> ref
                        ? ref.get("key").toString()
                        : "";
        write(externalSecret, aws.client().getSecretValue(r -> r.secretId(key)).secretString());
        writeStatus(externalSecret, "True", "SecretSynced", "secret synced");
    }

    private static Map<String, Object> first(GenericKubernetesResource externalSecret) {
        List<Map<String, Object>> data = externalSecret.get("spec", "data");
        return data.get(0);
    }

    void putFinalizer(String namespace, String name) {
        var patch = "{\"metadata\": {\"finalizers\": [\"%s\"]}}".formatted(EsoFinalizer.NAME);
        externalSecrets(namespace).withName(name).patch(byProgram(), patch);
    }

    void writeStatus(
            GenericKubernetesResource externalSecret, String ready, String reason, String message) {
        var metadata = externalSecret.getMetadata();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var version =
                ObjectHash.ofResourceVersion(
                        metadata.getGeneration(),
                        orEmpty(metadata.getAnnotations()),
                        orEmpty(metadata.getLabels()));
        var patch =
                """
                {"status": {
                  "binding": {"name": "%s"},
                  "conditions": [{"type": "Ready", "status": "%s", "reason": "%s", "message": "%s",
                                  "lastTransitionTime": "%s"}],
                  "refreshTime": "%s",
                  "syncedResourceVersion": "%s"}}
                """
                        .formatted(
                                target(externalSecret), ready, reason, message, now, now, version);
        externalSecrets(metadata.getNamespace())
                .withName(metadata.getName())
                .subresource("status")
                .patch(byProgram(), patch);
    }

    private static PatchContext byProgram() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(PROGRAM)
                .build();
    }

    /**
     * Writes the Secret as its policy says: an update of the whole object under the
     * ExternalSecret's own field manager.
     */
    void write(GenericKubernetesResource externalSecret, String value) {
        var policy = externalSecret.<String>get("spec", "target", "creationPolicy");
        if (policy.equals("None")) {
            return;
        }
        var namespace = externalSecret.getMetadata().getNamespace();
        var name = externalSecret.getMetadata().getName();
        var secrets = admin.secrets().inNamespace(namespace);
        var live = Optional.ofNullable(secrets.withName(target(externalSecret)).get());
        var merges = policy.contains("Merge");
        var data = new TreeMap<String, String>();
        live.filter(secret -> merges).map(Secret::getData).ifPresent(data::putAll);
        data.put("password", encode(value));
        var secret =
                live.map(SecretBuilder::new)
                        .orElseGet(() -> new SecretBuilder().withType("Opaque"))
                        .editOrNewMetadata()
                        .withNamespace(namespace)
                        .withName(target(externalSecret))
                        .addToLabels(orEmpty(externalSecret.getMetadata().getLabels()))
                        .addToLabels(MANAGED, "true")
                        .addToAnnotations(orEmpty(externalSecret.getMetadata().getAnnotations()))
                        .addToAnnotations(DATA_HASH, hash(data))
                        .endMetadata()
                        .withData(data);
        if (policy.equals("Owner")) {
            secret.editMetadata()
                    .addToLabels(CREATED_BY, ObjectHash.ofExternalSecret(namespace, name))
                    .withOwnerReferences(
                            new OwnerReferenceBuilder()
                                    .withApiVersion(API_VERSION)
                                    .withKind("ExternalSecret")
                                    .withName(name)
                                    .withUid(externalSecret.getMetadata().getUid())
                                    .withController(true)
                                    .withBlockOwnerDeletion(true)
                                    .build())
                    .endMetadata();
        }
        var path = "/api/v1/namespaces/%s/secrets".formatted(namespace);
        var manager = "?fieldManager=" + FieldManager.of(name);
        if (live.isPresent()) {
            admin.raw(path + "/" + target(externalSecret) + manager, "PUT", secret.build());
        } else {
            admin.raw(path + manager, "POST", secret.build());
        }
    }

    static String target(GenericKubernetesResource externalSecret) {
        String name = externalSecret.get("spec", "target", "name");
        return name == null ? externalSecret.getMetadata().getName() : name;
    }

    private static String hash(Map<String, String> data) {
        var bytes = new TreeMap<String, SecretBytes>();
        data.forEach((k, value) -> bytes.put(k, SecretBytes.of(Base64.getDecoder().decode(value))));
        return ObjectHash.ofData(bytes);
    }

    /** Whether its next look would leave the Secret alone: its label, and its hash of the data. */
    static boolean isValid(Secret secret) {
        var metadata = secret.getMetadata();
        return "true".equals(orEmpty(metadata.getLabels()).get(MANAGED))
                && hash(secret.getData()).equals(orEmpty(metadata.getAnnotations()).get(DATA_HASH));
    }

    static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : new LinkedHashMap<>(map);
    }
}
