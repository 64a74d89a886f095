package dev.lockstep.sync;

import static dev.lockstep.sync.SpecChecks.when;
import static dev.lockstep.sync.SpecProblem.invalid;
import static dev.lockstep.sync.SpecProblem.notSupported;

import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.Template;
import dev.lockstep.api.TemplateFrom;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong with {@code spec.target.template}. */
final class TemplateChecks {
    private static final String PATH = "spec.target.template";
    private static final String ACTION = "{{";
    private static final Set<String> TARGETS = Set.of("data", "labels", "annotations");

    private TemplateChecks() {}

    /** Kubernetes acts on these types by itself, so a template must not make them. */
    static Stream<SpecProblem> types(ExternalSecretSpec spec) {
        var template = spec.target().template();
        if (template == null) {
            return Stream.empty();
        }
        var type = template.type() == null ? "" : template.type();
        var tokenOf =
                template.metadataOrEmpty()
                        .annotations()
                        .containsKey("kubernetes.io/service-account.name");
        return Stream.concat(
                when(
                        type.equals("bootstrap.kubernetes.io/token"),
                        invalid(PATH + ".type", "bootstrap tokens are made by Kubernetes alone")),
                Stream.concat(
                        when(
                                type.equals("kubernetes.io/service-account-token")
                                        && (tokenOf || setsAnnotations(template)),
                                invalid(
                                        PATH + ".type",
                                        "a template must not ask Kubernetes for a ServiceAccount's token: remove the annotation kubernetes.io/service-account.name")),
                        targets(spec, template)));
    }

    private static Stream<SpecProblem> targets(ExternalSecretSpec spec, Template template) {
        return template.templateFrom().stream()
                .map(TemplateFrom::targetOrDefault)
                .filter(target -> spec.target().manifest() == null)
                .filter(target -> !TARGETS.contains(lower(target)))
                .map(
                        target ->
                                invalid(
                                        PATH + ".templateFrom",
                                        "target %s is none of Data, Labels and Annotations"
                                                .formatted(target)));
    }

    private static boolean setsAnnotations(Template template) {
        return template.templateFrom().stream()
                .anyMatch(from -> lower(from.targetOrDefault()).equals("annotations"));
    }

    static Stream<SpecProblem> notServed(ExternalSecretSpec spec) {
        var template = spec.target().template();
        if (template == null) {
            return Stream.empty();
        }
        var metadata = template.metadataOrEmpty();
        return Stream.of(
                        when(
                                !template.data().isEmpty(),
                                notSupported(PATH + ".data", "a template")),
                        when(
                                !template.templateFrom().isEmpty(),
                                notSupported(PATH + ".templateFrom", "a template")),
                        when(
                                !metadata.finalizers().isEmpty(),
                                notSupported(PATH + ".metadata.finalizers", "a finalizer")),
                        actions(PATH + ".metadata.labels", metadata.labels()),
                        actions(PATH + ".metadata.annotations", metadata.annotations()))
                .flatMap(problems -> problems);
    }

    private static Stream<SpecProblem> actions(String path, Map<String, String> templates) {
        return templates.entrySet().stream()
                .filter(entry -> entry.getValue().contains(ACTION))
                .map(entry -> notSupported(path + "[" + entry.getKey() + "]", "a template"));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
