package dev.lockstep.sync;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.lockstep.api.SecretStoreSpec.StoreCondition;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code spec.conditions}: which namespaces may use a ClusterSecretStore. */
public final class NamespaceConditions {
    private static final Set<String> WITH_VALUES = Set.of("In", "NotIn");
    private static final Set<String> WITHOUT_VALUES = Set.of("Exists", "DoesNotExist");

    private NamespaceConditions() {}

    /**
     * True where one of the conditions admits the namespace, or there is none. What {@link
     * StoreChecks} finds wrong in a condition admits nobody.
     *
     * @param labels of the namespace
     */
    public static boolean admit(
            List<StoreCondition> conditions, String namespace, Map<String, String> labels) {
        return conditions.isEmpty()
                || conditions.stream().anyMatch(condition -> admits(condition, namespace, labels));
    }

    private static boolean admits(
            StoreCondition condition, String namespace, Map<String, String> labels) {
        return condition.namespaces().contains(namespace)
                || selects(condition.namespaceSelector(), labels)
                || condition.namespaceRegexes().stream()
                        .flatMap(regex -> compile(regex).stream())
                        // The whole name: team-a must not admit my-team-ab.
                        .anyMatch(pattern -> pattern.matches(namespace));
    }

    /** Absent selects nothing, empty selects all. */
    static boolean selects(@Nullable LabelSelector selector, Map<String, String> labels) {
        return selector != null
                && orEmpty(selector.getMatchLabels()).entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && orEmpty(selector.getMatchExpressions()).stream()
                        .allMatch(requirement -> meets(requirement, labels));
    }

    private static boolean meets(LabelSelectorRequirement requirement, Map<String, String> labels) {
        var label = labels.get(requirement.getKey());
        return isValid(requirement)
                && switch (requirement.getOperator()) {
                    case "In" -> label != null && requirement.getValues().contains(label);
                    case "NotIn" -> label == null || !requirement.getValues().contains(label);
                    case "Exists" -> label != null;
                    default -> label == null;
                };
    }

    static Stream<SpecProblem> problems(List<StoreCondition> conditions) {
        return Paths.indexed("spec.conditions", conditions, NamespaceConditions::problems);
    }

    private static Stream<SpecProblem> problems(String path, StoreCondition condition) {
        return Stream.concat(
                selectorProblems(path + ".namespaceSelector", condition.namespaceSelector()),
                Paths.indexed(
                        path + ".namespaceRegexes",
                        condition.namespaceRegexes(),
                        NamespaceConditions::regexProblems));
    }

    static Stream<SpecProblem> selectorProblems(String path, @Nullable LabelSelector selector) {
        return selector == null
                ? Stream.empty()
                : Paths.indexed(
                        path + ".matchExpressions",
                        orEmpty(selector.getMatchExpressions()),
                        (at, requirement) ->
                                isValid(requirement)
                                        ? Stream.empty()
                                        : Stream.of(
                                                SpecProblem.invalid(
                                                        at,
                                                        "write In or NotIn with values, or Exists or DoesNotExist without")));
    }

    private static Stream<SpecProblem> regexProblems(String path, String regex) {
        return compile(regex).isPresent()
                ? Stream.empty()
                : Stream.of(
                        SpecProblem.invalid(
                                path,
                                "%s is no regular expression in RE2 syntax: correct it"
                                        .formatted(regex)));
    }

    private static boolean isValid(LabelSelectorRequirement requirement) {
        var operator = requirement.getOperator();
        boolean hasValues = !orEmpty(requirement.getValues()).isEmpty();
        return operator != null && (hasValues ? WITH_VALUES : WITHOUT_VALUES).contains(operator);
    }

    private static Optional<Pattern> compile(String regex) {
        try {
            return Optional.of(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
