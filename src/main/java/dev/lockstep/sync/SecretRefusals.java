package dev.lockstep.sync;

import static dev.lockstep.sync.WriteFailure.Reason.INVALID_SPEC;
import static dev.lockstep.sync.WriteFailure.Reason.TARGET_CONFLICT;
import static dev.lockstep.sync.WriteFailure.Reason.TARGET_IMMUTABLE;
import static dev.lockstep.sync.WriteFailure.Reason.TARGET_TOO_LARGE;

import dev.lockstep.api.CreationPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Named checks of what forbids a write; the first that speaks refuses it. */
final class SecretRefusals {
    /** The API server's bound on the sum of all values, in bytes. */
    private static final int LARGEST = 1024 * 1024;

    private static final String TOKEN = "kubernetes.io/service-account-token";

    private static final String TOKEN_OF = "kubernetes.io/service-account.name";

    /** Kubernetes and Helm keep their own state in these; whoever writes them takes that over. */
    private static final Set<String> NEVER_OURS =
            Set.of(TOKEN, "bootstrap.kubernetes.io/token", "helm.sh/release.v1");

    private final DesiredSecret desired;

    SecretRefusals(DesiredSecret desired) {
        this.desired = desired;
    }

    /**
     * With this type and annotation Kubernetes puts a ServiceAccount's token into the Secret; specs
     * that ask for it are refused earlier, by {@link SpecChecks}.
     */
    Optional<WriteFailure> token() {
        return TOKEN.equals(desired.type())
                        && desired.metadata().annotations().containsKey(TOKEN_OF)
                ? refuse(
                        INVALID_SPEC,
                        "Secret %s would ask Kubernetes for a ServiceAccount's token: choose another template.type",
                        where())
                : Optional.empty();
    }

    /** A bound that holds whether or not the Secret is there. */
    Optional<WriteFailure> tooLarge() {
        long size =
                desired.data()
                        .map(data -> data.values().stream().mapToLong(v -> v.length()).sum())
                        .orElse(0L);
        return size <= LARGEST
                ? Optional.empty()
                : refuse(
                        TARGET_TOO_LARGE,
                        "Secret %s would hold %d bytes, Kubernetes allows %d: split it over several ExternalSecrets or pick properties",
                        where(),
                        size,
                        LARGEST);
    }

    Optional<WriteFailure> against(TargetSecret actual, SortedSet<String> changedKeys) {
        return reserved(actual)
                .or(() -> controlled(actual))
                .or(() -> otherType(actual))
                .or(() -> rival(actual))
                .or(() -> immutable(actual, changedKeys));
    }

    private Optional<WriteFailure> reserved(TargetSecret actual) {
        return NEVER_OURS.contains(actual.type())
                ? refuse(
                        TARGET_CONFLICT,
                        "Secret %s has type %s and belongs to Kubernetes or Helm: choose another target.name",
                        where(),
                        actual.type())
                : Optional.empty();
    }

    /** Another controller would undo what we write, and we what it writes. */
    private Optional<WriteFailure> controlled(TargetSecret actual) {
        var other =
                actual.controller()
                        .filter(controller -> !controller.sameObject(desired.externalSecret()))
                        .filter(
                                controller ->
                                        controller.isExternalSecret()
                                                || desired.policy() == CreationPolicy.Owner);
        return other.flatMap(
                controller ->
                        refuse(
                                TARGET_CONFLICT,
                                "Secret %s is owned by %s %s: choose another target.name, or remove the other owner",
                                where(),
                                controller.kind(),
                                controller.name()));
    }

    private Optional<WriteFailure> otherType(TargetSecret actual) {
        return desired.type().isEmpty() || desired.type().equals(actual.type())
                ? Optional.empty()
                : refuse(
                        TARGET_IMMUTABLE,
                        "Secret %s has type %s, which Kubernetes does not let change to %s: delete it so that it is made anew, or set template.type to %s",
                        where(),
                        actual.type(),
                        desired.type(),
                        actual.type());
    }

    /** Two ExternalSecrets that merge different values into one key would write in turns. */
    private Optional<WriteFailure> rival(TargetSecret actual) {
        if (!desired.policy().merges() || desired.data().isEmpty()) {
            return Optional.empty();
        }
        for (var key : new TreeSet<>(SecretPlanning.differing(desired.data().get(), actual))) {
            for (var other : actual.managers().entrySet()) {
                if (!other.getKey().equals(desired.fieldManager())
                        && other.getValue().keys().contains(key)) {
                    return Optional.of(WriteFailure.ofRival(desired, key, other.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<WriteFailure> immutable(TargetSecret actual, SortedSet<String> changedKeys) {
        return actual.immutable() && !changedKeys.isEmpty()
                ? refuse(
                        TARGET_IMMUTABLE,
                        "Secret %s is immutable and keeps its old value of %s: delete it so that it is made anew",
                        where(),
                        String.join(", ", changedKeys))
                : Optional.empty();
    }

    private String where() {
        return desired.namespace() + "/" + desired.name();
    }

    private static Optional<WriteFailure> refuse(
            WriteFailure.Reason reason, String message, Object... arguments) {
        return Optional.of(new WriteFailure(reason, message.formatted(arguments)));
    }
}
