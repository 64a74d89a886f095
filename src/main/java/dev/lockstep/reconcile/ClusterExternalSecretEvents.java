package dev.lockstep.reconcile;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.sync.NamespacesPlan;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What wakes ClusterExternalSecrets: namespaces and ExternalSecrets. Both are in the caches of
 * {@link ExternalSecretEvents} anyway, so that this kind costs a cluster without any no more than
 * one watch.
 */
public final class ClusterExternalSecretEvents {
    private final ExternalSecretEvents seen;
    private final WokenEventSource<ClusterExternalSecret> woken = new WokenEventSource<>();
    private final EsoClusterTakeOver takeOver;
    private volatile @Nullable IndexerResourceCache<ClusterExternalSecret> known;

    public ClusterExternalSecretEvents(
            ExternalSecretEvents seen, EsoClusterTakeOver takeOver, Leadership leadership) {
        this.seen = seen;
        this.takeOver = takeOver;
        leadership.onGained(this::seeDeleting);
    }

    List<EventSource<?, ClusterExternalSecret>> prepare(
            EventSourceContext<ClusterExternalSecret> context,
            Consumer<ClusterExternalSecret> deleted) {
        known = context.getPrimaryCache();
        woken.onDeleting(this::releaseDeleting);
        woken.onDeleted(
                cluster -> {
                    releaseDeleting(cluster);
                    deleted.accept(cluster);
                });
        seen.onNamespace(this::sawNamespace);
        seen.onExternalSecret(this::sawExternalSecret);
        return List.of(woken);
    }

    private void sawNamespace(Namespace namespace) {
        takeOver.releaseDeleting(namespace);
        wake(any -> true);
    }

    /** Status alone is of no concern; one that goes may have stood in the way of ours. */
    private void sawExternalSecret(@Nullable ExternalSecret before, @Nullable ExternalSecret now) {
        if (before != null && now != null && sameButStatus(before, now)) {
            return;
        }
        wake(cluster -> concerns(cluster, before) || concerns(cluster, now));
    }

    private static boolean concerns(
            ClusterExternalSecret cluster, @Nullable ExternalSecret externalSecret) {
        return externalSecret != null
                && (externalSecret.getMetadata().getName().equals(cluster.externalSecretName())
                        || NamespacesPlan.isOwnedBy(cluster, externalSecret));
    }

    private static boolean sameButStatus(ExternalSecret before, ExternalSecret now) {
        return Objects.equals(
                        before.getMetadata().getGeneration(), now.getMetadata().getGeneration())
                && before.labels().equals(now.labels())
                && before.annotations().equals(now.annotations())
                && before.getMetadata()
                        .getOwnerReferences()
                        .equals(now.getMetadata().getOwnerReferences());
    }

    private void wake(Predicate<ClusterExternalSecret> concerned) {
        var clusters = known;
        if (clusters != null && woken.isRunning()) {
            clusters.list(concerned).map(ResourceID::fromResource).forEach(woken::propagateEvent);
        }
    }

    private void releaseDeleting(ClusterExternalSecret cluster) {
        takeOver.releaseDeleting(cluster, seen.allNamespaces());
    }

    /** What was marked for deletion while another process led. */
    private void seeDeleting() {
        var clusters = known;
        if (clusters != null) {
            clusters.list(ClusterExternalSecret::isMarkedForDeletion)
                    .forEach(this::releaseDeleting);
            seen.allNamespaces().forEach(takeOver::releaseDeleting);
        }
    }
}
