package dev.lockstep.cluster;

import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.ObjectHash;
import dev.lockstep.sync.SecretAnnotations;
import dev.lockstep.sync.SecretOwner;
import dev.lockstep.sync.SecretPlan;
import dev.lockstep.sync.TargetSecret;
import dev.lockstep.sync.WriteFailure;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Brings Secrets to what they shall be, by plans of {@code sync}.
 *
 * <p>A cache only saves work: unless it says that nothing is to do, the plan is made anew on a live
 * read, and every write is bound to the object that was read. When that has moved meanwhile, all of
 * it is done again.
 */
public final class SecretWriter {
    private static final int ATTEMPTS = 5;

    private final SecretsApi secrets;
    private final SecretApply apply;

    public SecretWriter(KubernetesClient client) {
        this.secrets = new SecretsApi(client);
        this.apply = new SecretApply(secrets);
    }

    /**
     * @param cached what the cache shows of the target; empty is no proof of absence
     * @return Written, Unchanged, Absent or Refused; never throws for what the API server answers
     */
    public WriteResult write(DesiredSecret desired, Optional<TargetSecret> cached) {
        var plan = SecretPlan.of(desired, cached);
        if (plan instanceof SecretPlan.Nothing) {
            return new WriteResult.Unchanged();
        }
        try {
            if (plan instanceof SecretPlan.Create create) {
                return createFirst(desired, create);
            }
            return untilItHolds(desired.namespace(), desired.name(), () -> writeOnLive(desired));
        } catch (KubernetesClientException e) {
            return refused(desired, Optional.empty(), e);
        }
    }

    /**
     * Deletes an ExternalSecret's own Secret; one that it does not control is left alone.
     *
     * @return Deleted, Absent or Refused
     */
    public WriteResult delete(SecretOwner externalSecret, String namespace, String name) {
        try {
            return untilItHolds(
                    namespace,
                    name,
                    () -> deleteLive(externalSecret, secrets.get(namespace, name)));
        } catch (KubernetesClientException e) {
            return new WriteResult.Refused(ApiFailures.of("Secret " + namespace + "/" + name, e));
        }
    }

    /**
     * After a rename of the target: deletes every other Secret that this ExternalSecret made and
     * still controls (policy Owner). Lists by label, so ask only when a cache shows such a one.
     *
     * @param kept the target's name now
     * @return the first failure, if any; what could be deleted is deleted nevertheless
     */
    public Optional<WriteFailure> deleteFormer(
            SecretOwner externalSecret, String namespace, String kept) {
        var failures = new ArrayList<WriteFailure>();
        for (var former : former(externalSecret, namespace, kept, failures)) {
            var name = former.getMetadata().getName();
            if (delete(externalSecret, namespace, name) instanceof WriteResult.Refused refused) {
                failures.add(refused.failure());
            }
        }
        return failures.stream().findFirst();
    }

    private List<Secret> former(
            SecretOwner externalSecret,
            String namespace,
            String kept,
            List<WriteFailure> failures) {
        var createdBy = ObjectHash.ofExternalSecret(namespace, externalSecret.name());
        try {
            return secrets
                    .labelled(namespace, SecretAnnotations.CREATED_BY_LABEL, createdBy)
                    .stream()
                    .filter(secret -> !secret.getMetadata().getName().equals(kept))
                    .filter(secret -> isControlledBy(externalSecret, secret))
                    .toList();
        } catch (KubernetesClientException e) {
            failures.add(ApiFailures.of("Secret " + namespace + "/" + kept, e));
            return List.of();
        }
    }

    private static boolean isControlledBy(SecretOwner externalSecret, Secret secret) {
        return LiveSecret.of(secret).controller().filter(externalSecret::sameObject).isPresent();
    }

    private WriteResult createFirst(DesiredSecret desired, SecretPlan.Create plan) {
        try {
            return create(desired, plan);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return untilItHolds(desired.namespace(), desired.name(), () -> writeOnLive(desired));
        }
    }

    private WriteResult writeOnLive(DesiredSecret desired) {
        var live = secrets.get(desired.namespace(), desired.name());
        try {
            return carryOut(SecretPlan.of(desired, live.map(LiveSecret::of)), desired, live);
        } catch (KubernetesClientException e) {
            if (hasMoved(e)) {
                throw new SecretMoved();
            }
            return refused(desired, live, e);
        }
    }

    /** An answer may quote what was sent, and what was there. */
    private static WriteResult refused(
            DesiredSecret desired, Optional<Secret> live, KubernetesClientException e) {
        var values = new ArrayList<SecretBytes>();
        desired.data().ifPresent(data -> values.addAll(data.values()));
        live.ifPresent(secret -> values.addAll(LiveSecret.data(secret).values()));
        var what = "Secret " + desired.namespace() + "/" + desired.name();
        return new WriteResult.Refused(ApiFailures.of(what, values, e));
    }

    private WriteResult carryOut(SecretPlan plan, DesiredSecret desired, Optional<Secret> live) {
        if (plan instanceof SecretPlan.Create create) {
            return create(desired, create);
        }
        if (plan instanceof SecretPlan.Replace replace) {
            var body = SecretBody.replace(live.orElseThrow(), desired, replace);
            var stored = secrets.update(body, desired.fieldManager());
            return new WriteResult.Written(LiveSecret.of(stored), replace.changedKeys(), false);
        }
        if (plan instanceof SecretPlan.Apply merge) {
            return apply.carryOut(desired, merge, live);
        }
        if (plan instanceof SecretPlan.Refuse refuse) {
            return new WriteResult.Refused(refuse.failure());
        }
        return plan instanceof SecretPlan.Absent
                ? new WriteResult.Absent()
                : new WriteResult.Unchanged();
    }

    private WriteResult create(DesiredSecret desired, SecretPlan.Create plan) {
        var stored = secrets.create(SecretBody.create(desired, plan), desired.fieldManager());
        var target = LiveSecret.of(stored);
        return new WriteResult.Written(target, new TreeSet<>(target.digests().keySet()), true);
    }

    private WriteResult deleteLive(SecretOwner externalSecret, Optional<Secret> live) {
        var plan = SecretPlan.ofDeletion(externalSecret, live.map(LiveSecret::of));
        if (plan instanceof SecretPlan.Delete delete) {
            var metadata = live.orElseThrow().getMetadata();
            try {
                secrets.delete(
                        metadata.getNamespace(),
                        metadata.getName(),
                        delete.uid(),
                        delete.resourceVersion());
            } catch (KubernetesClientException e) {
                if (hasMoved(e)) {
                    throw new SecretMoved();
                }
                throw e;
            }
            return new WriteResult.Deleted();
        }
        return plan instanceof SecretPlan.Refuse refuse
                ? new WriteResult.Refused(refuse.failure())
                : new WriteResult.Absent();
    }

    /** Again from the live read when the Secret moved between that and the write. */
    private static WriteResult untilItHolds(
            String namespace, String name, Supplier<WriteResult> attempt) {
        for (var left = ATTEMPTS; left > 0; left--) {
            try {
                return attempt.get();
            } catch (SecretMoved e) {
                continue;
            }
        }
        return new WriteResult.Refused(
                new WriteFailure(
                        WriteFailure.Reason.UNREACHABLE,
                        "Secret %s/%s changed under each of %d attempts to write it: look in its managedFields who writes it; Lockstep tries again"
                                .formatted(namespace, name, ATTEMPTS)));
    }

    private static boolean hasMoved(KubernetesClientException e) {
        var details = ApiFailures.status(e).getDetails();
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT
                || (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                        && details != null
                        && "secrets".equals(details.getKind()));
    }
}
