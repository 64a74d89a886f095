package dev.lockstep.cluster;

import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.SecretOwner;
import dev.lockstep.sync.SecretPlan;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is sent to the API server to carry a plan out. */
final class SecretBody {
    private SecretBody() {}

    static Secret create(DesiredSecret desired, SecretPlan.Create plan) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(desired.namespace())
                .withName(desired.name())
                .withLabels(plan.labels())
                .withAnnotations(plan.annotations())
                .withOwnerReferences(owners(List.of(), desired))
                .withFinalizers(desired.metadata().finalizers())
                .endMetadata()
                .withType(typeOf(desired, Optional.empty()))
                .withImmutable(immutable(desired, Optional.empty()))
                .withData(encode(desired.data().orElseGet(TreeMap::new)))
                .build();
    }

    /** The live object with what is ours put in, so that all else goes back as it came. */
    static Secret replace(Secret live, DesiredSecret desired, SecretPlan.Replace plan) {
        var replaced =
                withMetadata(
                        live,
                        desired,
                        edited(
                                live.getMetadata().getLabels(),
                                plan.labelsToRemove(),
                                plan.labels()),
                        edited(
                                live.getMetadata().getAnnotations(),
                                plan.annotationsToRemove(),
                                plan.annotations()));
        desired.data().ifPresent(data -> replaced.withData(encode(data)));
        return replaced.build();
    }

    /**
     * The live object with our labels and annotations in the place of those that our field manager
     * set, and its data as it is.
     */
    static Secret adopt(Secret live, DesiredSecret desired, SecretPlan.Apply plan) {
        var fields = ManagedFields.of(live);
        var manager = desired.fieldManager();
        return withMetadata(
                        live,
                        desired,
                        edited(
                                live.getMetadata().getLabels(),
                                fields.names(manager, "metadata", "labels"),
                                plan.labels()),
                        edited(
                                live.getMetadata().getAnnotations(),
                                fields.names(manager, "metadata", "annotations"),
                                plan.annotations()))
                .build();
    }

    private static SecretBuilder withMetadata(
            Secret live,
            DesiredSecret desired,
            Map<String, String> labels,
            Map<String, String> annotations) {
        return new SecretBuilder(live)
                .editMetadata()
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(owners(live.getMetadata().getOwnerReferences(), desired))
                .withFinalizers(finalizers(live, desired))
                .endMetadata()
                .withImmutable(immutable(desired, Optional.of(live)));
    }

    /**
     * What our field manager wants of the Secret, and nothing else.
     *
     * @param live whose values are sent again where the plan leaves the data as it is; then it must
     *     still be at its resourceVersion. Empty when the apply may create it
     */
    static Secret apply(Optional<Secret> live, DesiredSecret desired, SecretPlan.Apply plan) {
        var keepsData = desired.data().isEmpty();
        var version = live.filter(secret -> keepsData).map(secret -> secret.getMetadata());
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(desired.namespace())
                .withName(desired.name())
                .withUid(plan.uid().orElse(null))
                .withResourceVersion(version.map(m -> m.getResourceVersion()).orElse(null))
                .withLabels(plan.labels())
                .withAnnotations(plan.annotations())
                .withFinalizers(desired.metadata().finalizers())
                .endMetadata()
                .withType(typeOf(desired, live))
                .withImmutable(immutable(desired, live))
                .withData(
                        desired.data()
                                .map(SecretBody::encode)
                                .orElseGet(() -> ownData(live, desired.fieldManager())))
                .build();
    }

    /** The same, only if the Secret is still as it was seen. */
    static Secret at(Secret live, Secret intent) {
        return new SecretBuilder(intent)
                .editMetadata()
                .withUid(live.getMetadata().getUid())
                .withResourceVersion(live.getMetadata().getResourceVersion())
                .endMetadata()
                .build();
    }

    /** Others' owner references as they are; ours there once under Owner, and else not at all. */
    static List<OwnerReference> owners(List<OwnerReference> before, DesiredSecret desired) {
        var owners = new ArrayList<OwnerReference>();
        var ours = desired.owner();
        for (var reference : before) {
            var owner = LiveSecret.owner(reference);
            if (!owner.sameObject(desired.externalSecret())) {
                owners.add(reference);
            } else if (ours.isPresent() && isRight(reference, ours.get())) {
                owners.add(reference);
                ours = Optional.empty();
            }
        }
        // Without blockOwnerDeletion, which needs a right on the ExternalSecret's finalizers.
        ours.map(SecretBody::controller).ifPresent(owners::add);
        return owners;
    }

    /** None can be put to an object that is being deleted. */
    private static List<String> finalizers(Secret live, DesiredSecret desired) {
        var finalizers = new LinkedHashSet<>(live.getMetadata().getFinalizers());
        if (!live.isMarkedForDeletion()) {
            finalizers.addAll(desired.metadata().finalizers());
        }
        return List.copyOf(finalizers);
    }

    private static boolean isRight(OwnerReference reference, SecretOwner ours) {
        return Boolean.TRUE.equals(reference.getController())
                && LiveSecret.owner(reference).equals(ours);
    }

    private static OwnerReference controller(SecretOwner owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.apiVersion())
                .withKind(owner.kind())
                .withName(owner.name())
                .withUid(owner.uid())
                .withController(true)
                .build();
    }

    /** An apply that once set the type must go on sending it, or the type would be cleared. */
    private static String typeOf(DesiredSecret desired, Optional<Secret> live) {
        return desired.type().isEmpty()
                ? live.map(Secret::getType).orElse("Opaque")
                : desired.type();
    }

    /** Kubernetes never lets it be taken back. */
    private static @Nullable Boolean immutable(DesiredSecret desired, Optional<Secret> live) {
        return desired.immutable() ? Boolean.TRUE : live.map(Secret::getImmutable).orElse(null);
    }

    private static Map<String, String> edited(
            Map<String, String> live, Iterable<String> remove, Map<String, String> put) {
        var edited = new LinkedHashMap<>(LiveSecret.orEmpty(live));
        remove.forEach(edited::remove);
        edited.putAll(put);
        return edited;
    }

    private static Map<String, String> ownData(Optional<Secret> live, String manager) {
        var own = new TreeMap<String, String>();
        live.ifPresent(
                secret -> {
                    own.putAll(LiveSecret.orEmpty(secret.getData()));
                    own.keySet().retainAll(ManagedFields.of(secret).names(manager, "data"));
                });
        return own;
    }

    private static Map<String, String> encode(Map<String, SecretBytes> data) {
        var encoded = new TreeMap<String, String>();
        data.forEach(
                (key, value) ->
                        encoded.put(key, Base64.getEncoder().encodeToString(value.bytes())));
        return encoded;
    }
}
