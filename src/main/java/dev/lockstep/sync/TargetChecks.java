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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks of {@code spec.target}. */
final class TargetChecks {
    private static final String TARGET = "spec.target";
    private static final String TEMPLATE = TARGET + ".template";
    private static final String SERVICE_ACCOUNT_TOKEN = "kubernetes.io/service-account-token";
    private static final String SERVICE_ACCOUNT_NAME = "kubernetes.io/service-account.name";
    private static final String BOOTSTRAP_TOKEN = "bootstrap.kubernetes.io/token";
    private static final Set<String> TEMPLATE_TARGETS = Set.of("data", "annotations", "labels");

    private final ExternalSecretTarget target;
    private final String targetName;

    /**
     * @param targetName that of the Secret, whether the target says it or not
     */
    TargetChecks(ExternalSecretTarget target, String targetName) {
        this.target = target;
        this.targetName = targetName;
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
                : Stream.of(
                                tokenTypes(template),
                                templateTargets(template),
                                Paths.indexed(
                                        TEMPLATE + ".templateFrom",
                                        template.templateFrom(),
                                        this::templateSource))
                        .flatMap(Function.identity());
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

    private Stream<SpecProblem> templateSource(String path, TemplateFrom from) {
        return Stream.of(
                        name(path + ".configMap.name", from.configMap()),
                        name(path + ".secret.name", from.secret()),
                        itself(path + ".secret.name", from.secret()))
                .flatMap(Function.identity());
    }

    /** What is written would ask for the next write. */
    private Stream<SpecProblem> itself(String path, TemplateFrom.@Nullable TemplateRef ref) {
        return ref != null && ref.name().equals(targetName)
                ? Stream.of(
                        SpecProblem.invalid(
                                path,
                                "it is the Secret that is written: keep its templates in another"))
                : Stream.empty();
    }

    private static Stream<SpecProblem> name(String path, TemplateFrom.@Nullable TemplateRef ref) {
        if (ref == null) {
            return Stream.empty();
        }
        return ref.name().isEmpty()
                ? Stream.of(SpecProblem.invalid(path, "name the object that holds the templates"))
                : ObjectNames.check(path, ref.name());
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
        return unserved(target.manifest() != null, TARGET + ".manifest", "write a Secret instead");
    }

    private static Stream<SpecProblem> unserved(boolean used, String path, String instead) {
        return used
                ? Stream.of(
                        SpecProblem.notSupported(path, "Lockstep does not serve it: " + instead))
                : Stream.empty();
    }
}
