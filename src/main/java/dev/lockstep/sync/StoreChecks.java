package dev.lockstep.sync;

import static dev.lockstep.sync.SpecProblem.invalid;
import static dev.lockstep.sync.SpecProblem.notSupported;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.lockstep.api.AwsAuth;
import dev.lockstep.api.AwsProvider;
import dev.lockstep.api.AwsService;
import dev.lockstep.api.GoDuration;
import dev.lockstep.api.SecretKeySelector;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreKind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with a store's spec, as far as that can be told without asking anybody. */
public final class StoreChecks {
    private static final String AWS = "spec.provider.aws";
    private static final Set<String> RESERVED_TAGS =
            Set.of("esoNamespace", "esoStoreName", "esoStoreKind");

    private static final List<Function<Store, Stream<SpecProblem>>> CHECKS =
            List.of(
                    StoreChecks::provider,
                    StoreChecks::service,
                    StoreChecks::foreignNamespace,
                    StoreChecks::incompleteKeys,
                    StoreChecks::sessionTags,
                    StoreChecks::recoveryWindow,
                    StoreChecks::durations,
                    StoreChecks::patterns);

    private StoreChecks() {}

    /** The first problem in a fixed order, so that the condition is stable. */
    public static Optional<SpecProblem> firstProblem(Store store) {
        var unknown =
                store.unknown().stream()
                        .filter(found -> !isOtherProvider(found.path()))
                        .map(SpecProblem::of)
                        .findFirst();
        return unknown.or(() -> CHECKS.stream().flatMap(check -> check.apply(store)).findFirst());
    }

    /** What stands under spec.provider beside aws is another provider, which has its own check. */
    private static boolean isOtherProvider(String path) {
        return path.startsWith("spec.provider.") && !path.startsWith(AWS + ".");
    }

    private static Stream<SpecProblem> provider(Store store) {
        var provider = store.spec().provider();
        var others = provider.unknown().keySet().stream().sorted().toList();
        if (provider.aws() != null) {
            return SpecChecks.when(
                    !others.isEmpty(),
                    invalid(
                            "spec.provider",
                            "names aws and %s: a store has one provider"
                                    .formatted(String.join(", ", others))));
        }
        return Stream.of(
                others.isEmpty()
                        ? invalid("spec.provider", "names no provider: add aws")
                        : notSupported("spec.provider." + others.get(0), "a provider but aws"));
    }

    private static Stream<SpecProblem> service(Store store) {
        var aws = aws(store);
        if (aws.service().isEmpty()) {
            return Stream.of(invalid(AWS + ".service", "is missing: set it to SecretsManager"));
        }
        return SpecChecks.when(
                !aws.service().equals(AwsService.SecretsManager.name()),
                notSupported(AWS + ".service", aws.service()));
    }

    /** A namespaced store reaches into its own namespace alone. */
    private static Stream<SpecProblem> foreignNamespace(Store store) {
        if (store.kind() == StoreKind.ClusterSecretStore) {
            return Stream.empty();
        }
        var own = store.getMetadata().getNamespace();
        return references(store)
                .filter(ref -> ref.namespace != null && !ref.namespace.isEmpty())
                .filter(ref -> !ref.namespace.equals(own))
                .map(
                        ref ->
                                invalid(
                                        ref.path + ".namespace",
                                        "a SecretStore may refer to its own namespace %s only, not to %s: leave it out, or use a ClusterSecretStore"
                                                .formatted(own, ref.namespace)));
    }

    private record Reference(
            String path, @Nullable String name, @Nullable String key, @Nullable String namespace) {}

    private static Stream<Reference> references(Store store) {
        var auth = Optional.ofNullable(aws(store).auth());
        var account =
                auth.map(AwsAuth::jwt)
                        .map(AwsAuth.AwsJwt::serviceAccountRef)
                        .map(
                                ref ->
                                        new Reference(
                                                AWS + ".auth.jwt.serviceAccountRef",
                                                ref.name(),
                                                "-",
                                                ref.namespace()));
        return Stream.concat(
                account.stream(), auth.map(AwsAuth::secretRef).stream().flatMap(StoreChecks::keys));
    }

    private static Stream<Reference> keys(AwsAuth.AwsSecretRef ref) {
        var path = AWS + ".auth.secretRef.";
        return Stream.of(
                        key(path + "accessKeyIDSecretRef", ref.accessKeyIDSecretRef(), true),
                        key(
                                path + "secretAccessKeySecretRef",
                                ref.secretAccessKeySecretRef(),
                                true),
                        key(path + "sessionTokenSecretRef", ref.sessionTokenSecretRef(), false))
                .flatMap(Optional::stream);
    }

    private static Optional<Reference> key(
            String path, @Nullable SecretKeySelector selector, boolean required) {
        if (selector == null) {
            return required ? Optional.of(new Reference(path, null, null, null)) : Optional.empty();
        }
        return Optional.of(
                new Reference(path, selector.name(), selector.key(), selector.namespace()));
    }

    private static Stream<SpecProblem> incompleteKeys(Store store) {
        return references(store)
                .filter(ref -> isEmpty(ref.name) || isEmpty(ref.key))
                .map(
                        ref ->
                                invalid(
                                        ref.path,
                                        "is incomplete: name the object, and the key where it is a Secret"));
    }

    private static Stream<SpecProblem> sessionTags(Store store) {
        return aws(store).customSessionTags().keySet().stream()
                .filter(RESERVED_TAGS::contains)
                .sorted()
                .map(
                        key ->
                                invalid(
                                        AWS + ".customSessionTags." + key,
                                        "is set by the operator itself: choose another key"));
    }

    private static Stream<SpecProblem> recoveryWindow(Store store) {
        var settings = aws(store).secretsManager();
        if (settings == null || settings.recoveryWindowInDays() == null) {
            return Stream.empty();
        }
        long days = settings.recoveryWindowInDays();
        var path = AWS + ".secretsManager.recoveryWindowInDays";
        return Stream.concat(
                SpecChecks.when(
                        days != 0 && (days < 7 || days > 30),
                        invalid(path, "AWS takes 7 to 30 days, and 0 for its default")),
                SpecChecks.when(
                        days != 0 && settings.forceDeleteWithoutRecovery(),
                        invalid(path, "excludes forceDeleteWithoutRecovery: keep one of the two")));
    }

    private static Stream<SpecProblem> durations(Store store) {
        var retry = store.spec().retrySettings();
        var interval = store.spec().refreshInterval();
        return Stream.of(
                        duration(
                                AWS + ".versionWatch.interval",
                                aws(store).versionWatchOrDefault().intervalOrDefault(),
                                false),
                        duration(
                                "spec.retrySettings.retryInterval",
                                retry == null ? null : retry.retryInterval(),
                                true),
                        duration(
                                "spec.refreshInterval",
                                interval == null ? null : interval.getStrVal(),
                                true))
                .flatMap(problems -> problems);
    }

    private static Stream<SpecProblem> duration(
            String path, @Nullable String text, boolean zeroAllowed) {
        if (text == null) {
            return Stream.empty();
        }
        var valid =
                GoDuration.parse(text)
                        .filter(duration -> !duration.isNegative())
                        .filter(duration -> zeroAllowed || duration.compareTo(Duration.ZERO) > 0)
                        .isPresent();
        return SpecChecks.when(
                !valid,
                invalid(path, "%s is not a duration: write it like 30s or 5m".formatted(text)));
    }

    private static Stream<SpecProblem> patterns(Store store) {
        return store.spec().conditions().stream()
                .flatMap(condition -> condition.namespaceRegexes().stream())
                .filter(pattern -> !compiles(pattern))
                .map(
                        pattern ->
                                invalid(
                                        "spec.conditions",
                                        "%s is not a regular expression in RE2 syntax"
                                                .formatted(pattern)));
    }

    private static boolean compiles(String pattern) {
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static AwsProvider aws(Store store) {
        return Objects.requireNonNull(
                store.spec().provider().aws(), "the provider was checked first");
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
