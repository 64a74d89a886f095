package dev.lockstep.sync;

import static dev.lockstep.api.CreationPolicy.CreateOrMerge;
import static dev.lockstep.api.CreationPolicy.Merge;
import static dev.lockstep.api.CreationPolicy.None;

import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.ExternalSecretTarget;
import dev.lockstep.api.Template;
import dev.lockstep.api.TemplateFrom;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Checks of {@code spec.target}. */
final class TargetChecks {
    private static final String TARGET = "spec.target";
    private static final String TEMPLATE = TARGET + ".template";
    private static final String SERVICE_ACCOUNT_TOKEN = "kubernetes.io/service-account-token";
    private static final String SERVICE_ACCOUNT_NAME = "kubernetes.io/service-account.name";
    private static final String BOOTSTRAP_TOKEN = "bootstrap.kubernetes.io/token";
    private static final Set<String> TEMPLATE_TARGETS = Set.of("data", "annotations", "labels");

    private final ExternalSecretTarget target;

    TargetChecks(ExternalSecretTarget target) {
        this.target = target;
    }

    Stream<SpecProblem> name() {
        var name = target.name();
        return name == null ? Stream.empty() : ObjectNames.check(TARGET + ".name", name);
    }

    /** Under {@code Orphan} with {@code Delete} only the deletion fails, as in ESO. */
    Stream<SpecProblem> policies() {
        var creation = target.creationPolicyOrDefault();
        var deletion = target.deletionPolicyOrDefault();
        boolean deletesWhatItMayNotOwn =
                deletion == DeletionPolicy.Delete
                        && EnumSet.of(Merge, CreateOrMerge, None).contains(creation);
        boolean removesFromNothing = deletion == DeletionPolicy.Merge && creation == None;
        return deletesWhatItMayNotOwn || removesFromNothing
                ? Stream.of(
                        SpecProblem.invalid(
                                TARGET + ".deletionPolicy",
                                "%s does not go with creationPolicy %s: set it to Retain, or creationPolicy to Owner"
                                        .formatted(deletion, creation)))
                : Stream.empty();
    }

    Stream<SpecProblem> template() {
        var template = target.template();
        return template == null
                ? Stream.empty()
                : Stream.concat(tokenTypes(template), templateTargets(template));
    }

    /** These types make Kubernetes hand out or accept credentials of its own. */
    private static Stream<SpecProblem> tokenTypes(Template template) {
        boolean namesAnAccount =
                template.metadataOrEmpty().annotations().containsKey(SERVICE_ACCOUNT_NAME)
                        || template.templateFrom().stream()
                                .anyMatch(
                                        from ->
                                                from.targetOrDefault()
                                                        .equalsIgnoreCase("Annotations"));
        boolean token = SERVICE_ACCOUNT_TOKEN.equals(template.type()) && namesAnAccount;
        return token || BOOTSTRAP_TOKEN.equals(template.type())
                ? Stream.of(
                        SpecProblem.invalid(
                                TEMPLATE + ".type",
                                "%s would ask Kubernetes for a token: choose another type"
                                        .formatted(template.type())))
                : Stream.empty();
    }

    private Stream<SpecProblem> templateTargets(Template template) {
        // Other kinds of objects have fields of any name.
        return target.manifest() != null
                ? Stream.empty()
                : Paths.indexed(
                        TEMPLATE + ".templateFrom",
                        template.templateFrom(),
                        TargetChecks::templateTarget);
    }

    private static Stream<SpecProblem> templateTarget(String path, TemplateFrom from) {
        return TEMPLATE_TARGETS.contains(from.targetOrDefault().toLowerCase(Locale.ROOT))
                ? Stream.empty()
                : Stream.of(
                        SpecProblem.invalid(
                                path + ".target",
                                "a Secret has no %s: choose Data, Annotations or Labels"
                                        .formatted(from.targetOrDefault())));
    }

    Stream<SpecProblem> unserved() {
        var manifest =
                unserved(target.manifest() != null, TARGET + ".manifest", "write a Secret instead");
        var template = target.template();
        return template == null ? manifest : Stream.concat(manifest, unserved(template));
    }

    private static Stream<SpecProblem> unserved(Template template) {
        var metadata = template.metadataOrEmpty();
        return Stream.of(
                        unserved(
                                !template.data().isEmpty(),
                                TEMPLATE + ".data",
                                "take the values by data"),
                        unserved(
                                !template.templateFrom().isEmpty(),
                                TEMPLATE + ".templateFrom",
                                "take the values by data"),
                        templates(TEMPLATE + ".metadata.annotations", metadata.annotations()),
                        templates(TEMPLATE + ".metadata.labels", metadata.labels()),
                        unserved(
                                !metadata.finalizers().isEmpty(),
                                TEMPLATE + ".metadata.finalizers",
                                "remove it"))
                .flatMap(Function.identity());
    }

    private static Stream<SpecProblem> templates(String path, Map<String, String> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().contains("{{"))
                .flatMap(
                        entry ->
                                unserved(
                                        true,
                                        "%s[%s]".formatted(path, entry.getKey()),
                                        "templates are not rendered yet, write a plain value"));
    }

    private static Stream<SpecProblem> unserved(boolean used, String path, String instead) {
        return used
                ? Stream.of(
                        SpecProblem.notSupported(path, "Lockstep does not serve it: " + instead))
                : Stream.empty();
    }
}
