package dev.lockstep.sync;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ClusterExternalSecretSpec;
import dev.lockstep.api.GoDuration;
import dev.lockstep.api.Names;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which namespaces a ClusterExternalSecret selects; any one of its ways is enough. */
public final class NamespaceSelection {
    private static final Pattern NAME = Pattern.compile(Names.OBJECT);

    private NamespaceSelection() {}

    /** Without any selector or name, none is selected. What is wrong in a selector selects none. */
    static boolean selects(ClusterExternalSecretSpec spec, TenantNamespace namespace) {
        return spec.namespaces().contains(namespace.name())
                || NamespaceConditions.selects(spec.namespaceSelector(), namespace.labels())
                || spec.namespaceSelectors().stream()
                        .anyMatch(each -> NamespaceConditions.selects(each, namespace.labels()));
    }

    /**
     * All problems but those of the ExternalSecret's spec, which each ExternalSecret tells itself;
     * the first is the one to report.
     */
    public static List<SpecProblem> problems(ClusterExternalSecret resource) {
        var spec = resource.spec();
        var unknown =
                resource.unknown().stream()
                        .filter(u -> !u.path().startsWith("spec.externalSecretSpec."))
                        .toList();
        return Stream.of(
                        SpecChecks.unknown(unknown).stream(),
                        name(spec),
                        NamespaceConditions.selectorProblems(
                                "spec.namespaceSelector", spec.namespaceSelector()),
                        Paths.indexed(
                                "spec.namespaceSelectors",
                                spec.namespaceSelectors(),
                                NamespaceConditions::selectorProblems),
                        refreshTime(spec))
                .flatMap(problems -> problems)
                .toList();
    }

    private static Stream<SpecProblem> name(ClusterExternalSecretSpec spec) {
        var name = spec.externalSecretName();
        return name == null || name.isEmpty() || NAME.matcher(name).matches()
                ? Stream.empty()
                : Stream.of(
                        SpecProblem.invalid(
                                "spec.externalSecretName",
                                "'%s' is no name of an object: write lower-case letters, digits, - and ."
                                        .formatted(name)));
    }

    private static Stream<SpecProblem> refreshTime(ClusterExternalSecretSpec spec) {
        return spec.refreshTime() == null || GoDuration.parse(spec.refreshTime()).isPresent()
                ? Stream.empty()
                : Durations.check("spec.refreshTime", spec.refreshTime());
    }
}
