package dev.lockstep.cluster;

import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.SecretPlan;
import dev.lockstep.sync.WriteFailure;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/** Writes our keys into a Secret that others may write too, by server-side apply. */
final class SecretApply {
    private final SecretsApi secrets;

    SecretApply(SecretsApi secrets) {
        this.secrets = secrets;
    }

    /**
     * @param live empty when the apply shall create the Secret
     */
    WriteResult carryOut(DesiredSecret desired, SecretPlan.Apply plan, Optional<Secret> live) {
        if (live.filter(secret -> isAdoption(secret, desired, plan)).isPresent()) {
            var adopted = SecretBody.adopt(live.get(), desired, plan);
            return written(secrets.update(adopted, desired.fieldManager()), plan, live);
        }
        var prepared = live.map(secret -> prepare(secret, desired));
        var intent = SecretBody.apply(prepared, desired, plan);
        try {
            return written(secrets.apply(intent, desired.fieldManager(), false), plan, live);
        } catch (KubernetesClientException e) {
            var conflicts = FieldConflict.of(e);
            if (conflicts.isEmpty()) {
                throw e;
            }
            return rival(desired, conflicts)
                    .<WriteResult>map(WriteResult.Refused::new)
                    .orElseGet(() -> force(desired, plan, prepared, conflicts));
        }
    }

    /**
     * Whether ESO left our keys as they shall be. Then one update of metadata is enough, under the
     * manager that owns them already; they become applied when data changes.
     */
    private static boolean isAdoption(Secret live, DesiredSecret desired, SecretPlan.Apply plan) {
        var fields = ManagedFields.of(live);
        var manager = desired.fieldManager();
        var ownsItsKeys =
                desired.data()
                        .map(data -> data.keySet().equals(fields.names(manager, "data")))
                        .orElse(true);
        return plan.changedKeys().isEmpty() && ownsItsKeys && fields.areUpdated(manager);
    }

    /**
     * Takes fields from others by force, bound to the state that was read: no ExternalSecret can
     * have come to own them since.
     */
    private WriteResult force(
            DesiredSecret desired,
            SecretPlan.Apply plan,
            Optional<Secret> prepared,
            List<FieldConflict> conflicts) {
        if (prepared.isEmpty() || conflicts.stream().anyMatch(FieldConflict::isOfExternalSecret)) {
            throw new SecretMoved();
        }
        var intent = SecretBody.at(prepared.get(), SecretBody.apply(prepared, desired, plan));
        return written(secrets.apply(intent, desired.fieldManager(), true), plan, prepared);
    }

    private static Optional<WriteFailure> rival(
            DesiredSecret desired, List<FieldConflict> conflicts) {
        return conflicts.stream()
                .filter(FieldConflict::isOfExternalSecret)
                .filter(conflict -> conflict.dataKey().isPresent())
                .findFirst()
                .map(
                        conflict ->
                                WriteFailure.ofRival(
                                        desired,
                                        conflict.dataKey().orElseThrow(),
                                        conflict.manager()));
    }

    /**
     * Lets an apply remove what it no longer sends: fields that ESO, or we under another policy,
     * wrote by Update are joined to those of Apply, and an owner reference of ours goes.
     */
    private Secret prepare(Secret live, DesiredSecret desired) {
        var applied = ManagedFields.of(live).withUpdatesApplied(desired.fieldManager());
        var before = live.getMetadata().getOwnerReferences();
        var owners = SecretBody.owners(before, desired);
        if (applied.isEmpty() && owners.equals(before)) {
            return live;
        }
        try {
            return secrets.replaceOwners(
                    live, applied.orElse(List.of()), owners, desired.fieldManager());
        } catch (KubernetesClientException e) {
            // So is a "test" answered that does not hold.
            if (e.getCode() == ApiFailures.UNPROCESSABLE) {
                throw new SecretMoved();
            }
            throw e;
        }
    }

    private static WriteResult written(
            Secret stored, SecretPlan.Apply plan, Optional<Secret> before) {
        return new WriteResult.Written(LiveSecret.of(stored), plan.changedKeys(), before.isEmpty());
    }
}
