package dev.lockstep.reconcile;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.ProvisionedExternalSecrets;
import dev.lockstep.sync.NamespacesPlan;
import dev.lockstep.sync.WriteFailure;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each selected namespace its ExternalSecret, and takes it from the others. */
public final class NamespaceProvisioning {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceProvisioning.class);

    private final ExternalSecretEvents seen;
    private final ProvisionedExternalSecrets writes;

    public NamespaceProvisioning(ExternalSecretEvents seen, ProvisionedExternalSecrets writes) {
        this.seen = seen;
        this.writes = writes;
    }

    /**
     * How it ended.
     *
     * @param provisioned namespaces that have it
     * @param failed namespaces that do not, or still have one, and why
     */
    record Outcome(SortedSet<String> provisioned, SortedMap<String, String> failed) {}

    Outcome provision(ClusterExternalSecret cluster) {
        var name = cluster.externalSecretName();
        var namespaces = seen.allNamespaces().stream().map(NamespaceTrim::tenant).toList();
        var plan =
                NamespacesPlan.of(
                        cluster,
                        namespaces,
                        seen.ownedBy(cluster.getMetadata().getName()),
                        namespaces.stream()
                                .flatMap(n -> seen.externalSecret(n.name(), name).stream())
                                .toList());
        var outcome = new Outcome(new TreeSet<>(plan.inStep()), new TreeMap<>());
        plan.taken().forEach(namespace -> taken(cluster, namespace, outcome));
        plan.create().forEach(wanted -> create(cluster, wanted, outcome));
        plan.update()
                .forEach(
                        (there, wanted) -> {
                            LOG.info("ExternalSecret {}/{} is updated", namespace(there), name);
                            note(there, writes.update(there, wanted), outcome);
                        });
        for (var orphan : plan.delete()) {
            LOG.info(
                    "ExternalSecret {}/{} is deleted: ClusterExternalSecret {} does not ask for it any more",
                    namespace(orphan),
                    orphan.getMetadata().getName(),
                    cluster.getMetadata().getName());
            writes.delete(orphan)
                    .ifPresent(failure -> outcome.failed.put(namespace(orphan), failure.message()));
        }
        outcome.provisioned.removeAll(outcome.failed.keySet());
        return outcome;
    }

    private void create(ClusterExternalSecret cluster, ExternalSecret wanted, Outcome outcome) {
        var created = writes.create(wanted);
        if (created.other().filter(o -> !NamespacesPlan.isOwnedBy(cluster, o)).isPresent()) {
            taken(cluster, namespace(wanted), outcome);
        } else {
            // One of our own that the cache did not show yet wakes us once it does.
            note(wanted, created.failure(), outcome);
        }
    }

    private static void note(
            ExternalSecret about, Optional<WriteFailure> failure, Outcome outcome) {
        failure.ifPresentOrElse(
                why -> outcome.failed.put(namespace(about), why.message()),
                () -> outcome.provisioned.add(namespace(about)));
    }

    private static void taken(ClusterExternalSecret cluster, String namespace, Outcome outcome) {
        outcome.failed.put(
                namespace,
                "ExternalSecret %s/%s exists and is not of this ClusterExternalSecret: delete it, or choose another spec.externalSecretName"
                        .formatted(namespace, cluster.externalSecretName()));
    }

    private static String namespace(ExternalSecret externalSecret) {
        return externalSecret.getMetadata().getNamespace();
    }
}
