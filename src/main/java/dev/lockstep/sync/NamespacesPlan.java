package dev.lockstep.sync;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ExternalSecret;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be done so that each selected namespace has the ExternalSecret, and no other has.
 *
 * @param create in namespaces that have none
 * @param update by what is there: it is to be as the value
 * @param delete of namespaces that are not selected any more, or under a former name
 * @param inStep namespaces where nothing is to be done
 * @param taken namespaces whose ExternalSecret of that name is somebody else's
 */
public record NamespacesPlan(
        List<ExternalSecret> create,
        Map<ExternalSecret, ExternalSecret> update,
        List<ExternalSecret> delete,
        List<String> inStep,
        List<String> taken) {

    /**
     * @param namespaces all of the cluster
     * @param owned the ExternalSecrets that {@link #isOwnedBy} says are this one's
     * @param sameName the ExternalSecrets of that name, whoever's
     */
    public static NamespacesPlan of(
            ClusterExternalSecret cluster,
            Collection<TenantNamespace> namespaces,
            Collection<ExternalSecret> owned,
            Collection<ExternalSecret> sameName) {
        var plan =
                new NamespacesPlan(
                        new ArrayList<>(),
                        new LinkedHashMap<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        var byNamespace = new TreeMap<String, TenantNamespace>();
        namespaces.forEach(namespace -> byNamespace.put(namespace.name(), namespace));
        var there = new TreeMap<String, ExternalSecret>();
        sameName.forEach(each -> there.put(each.getMetadata().getNamespace(), each));
        for (var namespace : byNamespace.values()) {
            if (!namespace.terminating() && NamespaceSelection.selects(cluster.spec(), namespace)) {
                plan.provision(
                        cluster,
                        namespace.name(),
                        Optional.ofNullable(there.get(namespace.name())));
            }
        }
        owned.stream()
                .filter(each -> isOrphan(cluster, each, byNamespace))
                .forEach(plan.delete::add);
        return plan;
    }

    private void provision(
            ClusterExternalSecret cluster, String namespace, Optional<ExternalSecret> there) {
        var wanted = wanted(cluster, namespace);
        if (there.isEmpty()) {
            create.add(wanted);
        } else if (!isOwnedBy(cluster, there.get())) {
            taken.add(namespace);
        } else if (isAsWanted(there.get(), wanted)) {
            inStep.add(namespace);
        } else {
            update.put(there.get(), wanted);
        }
    }

    /** In a namespace that goes, Kubernetes deletes all; one that is not known may be. */
    private static boolean isOrphan(
            ClusterExternalSecret cluster,
            ExternalSecret owned,
            Map<String, TenantNamespace> namespaces) {
        var namespace = namespaces.get(owned.getMetadata().getNamespace());
        return namespace != null
                && !namespace.terminating()
                && !owned.isMarkedForDeletion()
                && (!owned.getMetadata().getName().equals(cluster.externalSecretName())
                        || !NamespaceSelection.selects(cluster.spec(), namespace));
    }

    /**
     * By kind and name of its controller, as ESO tells: one of another uid is our earlier life, and
     * taken over.
     */
    public static boolean isOwnedBy(ClusterExternalSecret cluster, ExternalSecret externalSecret) {
        return owner(externalSecret).filter(cluster.getMetadata().getName()::equals).isPresent();
    }

    /** Name of the ClusterExternalSecret that controls it. */
    public static Optional<String> owner(ExternalSecret externalSecret) {
        return externalSecret.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .filter(owner -> owner.getKind().equals(ClusterExternalSecret.KIND))
                .map(OwnerReference::getName)
                .findFirst();
    }

    /** Labels and annotations are the spec's alone, as under ESO; force-sync is handed on. */
    static ExternalSecret wanted(ClusterExternalSecret cluster, String namespace) {
        var metadata = cluster.spec().externalSecretMetadataOrEmpty();
        var annotations = new TreeMap<>(metadata.annotations());
        var forceSync = cluster.annotations().get(SyncPlan.FORCE_SYNC);
        if (forceSync == null) {
            annotations.remove(SyncPlan.FORCE_SYNC);
        } else {
            annotations.put(SyncPlan.FORCE_SYNC, forceSync);
        }
        var wanted = new ExternalSecret();
        wanted.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(namespace)
                        .withName(cluster.externalSecretName())
                        .withLabels(new TreeMap<>(metadata.labels()))
                        .withAnnotations(annotations)
                        .withOwnerReferences(reference(cluster))
                        .build());
        wanted.setSpec(cluster.spec().externalSecretSpec());
        return wanted;
    }

    /** ESO's, so that either operator knows the other's ExternalSecrets as its own. */
    private static OwnerReference reference(ClusterExternalSecret cluster) {
        return new OwnerReferenceBuilder()
                .withApiVersion(cluster.getApiVersion())
                .withKind(ClusterExternalSecret.KIND)
                .withName(cluster.getMetadata().getName())
                .withUid(cluster.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    private static boolean isAsWanted(ExternalSecret there, ExternalSecret wanted) {
        var uid = wanted.getMetadata().getOwnerReferences().get(0).getUid();
        return there.spec().equals(wanted.spec())
                && there.labels().equals(wanted.labels())
                && there.annotations().equals(wanted.annotations())
                && there.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(uid));
    }
}
