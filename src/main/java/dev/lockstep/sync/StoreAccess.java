package dev.lockstep.sync;

import com.google.re2j.Pattern;
import dev.lockstep.api.SecretStoreSpec.StoreCondition;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreKind;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;

/** Which namespaces may use a store. */
public final class StoreAccess {
    private StoreAccess() {}

    /**
     * Whether ExternalSecrets of a namespace may use the store: a SecretStore those of its own
     * namespace, a ClusterSecretStore those that one of its conditions matches, or all where it has
     * none. Its regular expressions match whole names.
     *
     * @param labels of the namespace
     */
    public static boolean allows(Store store, String namespace, Map<String, String> labels) {
        if (store.kind() == StoreKind.SecretStore) {
            return namespace.equals(store.getMetadata().getNamespace());
        }
        var conditions = store.spec().conditions();
        return conditions.isEmpty()
                || conditions.stream().anyMatch(condition -> matches(condition, namespace, labels));
    }

    private static boolean matches(
            StoreCondition condition, String namespace, Map<String, String> labels) {
        return condition.namespaces().contains(namespace)
                || condition.namespaceRegexes().stream()
                        .anyMatch(pattern -> Pattern.matches(pattern, namespace))
                || condition.namespaceSelector() != null
                        && matches(condition.namespaceSelector(), labels);
    }

    /** As Kubernetes matches: everything that the selector says, and all where it says nothing. */
    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        var wanted = selector.getMatchLabels();
        var expressions = selector.getMatchExpressions();
        return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
                && (expressions == null
                        || expressions.stream()
                                .allMatch(expression -> matches(expression, labels)));
    }

    private static boolean matches(
            LabelSelectorRequirement expression, Map<String, String> labels) {
        var value = labels.get(expression.getKey());
        var operator = expression.getOperator() == null ? "" : expression.getOperator();
        return switch (operator) {
            case "In" -> value != null && expression.getValues().contains(value);
            case "NotIn" -> value == null || !expression.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
