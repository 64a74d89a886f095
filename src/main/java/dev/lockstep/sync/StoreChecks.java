package dev.lockstep.sync;

import dev.lockstep.api.AwsProvider;
import dev.lockstep.api.AwsService;
import dev.lockstep.api.SecretStoreSpec.RetrySettings;
import dev.lockstep.api.Store;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the spec of a SecretStore or ClusterSecretStore. Repeats the rules of our own
 * CRDs, because the cluster may have ESO's, and adds what no schema can say.
 */
public final class StoreChecks {
    private static final String AWS = "spec.provider.aws";

    private static final Set<String> SERVED =
            Set.of(AwsService.SecretsManager.name(), AwsService.ParameterStore.name());

    /** Session tags that the operator sets itself, so that nobody can pretend to be another. */
    private static final Set<String> RESERVED_TAGS =
            Set.of("esoNamespace", "esoStoreName", "esoStoreKind");

    private static final long SHORTEST_RECOVERY = 7;
    private static final long LONGEST_RECOVERY = 30;

    private StoreChecks() {}

    /** All problems, always in the same order; the first is the one to report. */
    public static List<SpecProblem> problems(Store store) {
        var provider = provider(store);
        if (!provider.isEmpty()) {
            return provider;
        }
        var unknown = SpecChecks.unknown(store.unknown());
        // No other check can read a spec that holds values it does not know.
        return unknown.isEmpty() ? known(store) : unknown;
    }

    /** Exactly one provider, and one that is served. */
    private static List<SpecProblem> provider(Store store) {
        var provider = store.spec().provider();
        var others = new TreeSet<>(provider.unknown().keySet());
        int providers = others.size() + (provider.aws() == null ? 0 : 1);
        if (providers != 1) {
            return List.of(
                    SpecProblem.invalid(
                            "spec.provider",
                            "%d providers: write exactly one".formatted(providers)));
        }
        return others.stream()
                .map(
                        name ->
                                SpecProblem.notSupported(
                                        "spec.provider." + name,
                                        "Lockstep serves the provider aws only: use aws, or give the store the controller class of an operator that serves "
                                                + name))
                .toList();
    }

    private static List<SpecProblem> known(Store store) {
        var spec = store.spec();
        var aws = spec.provider().aws();
        var ofProvider =
                aws == null
                        ? Stream.<SpecProblem>empty()
                        : Stream.of(
                                        service(aws),
                                        CredentialChecks.ownNamespace(store, aws.auth()),
                                        recovery(aws.secretsManager()),
                                        reservedTags(aws),
                                        versionWatch(aws))
                                .flatMap(Function.identity());
        return Stream.of(
                        ofProvider,
                        retry(spec.retrySettings()),
                        refreshInterval(spec.refreshInterval()),
                        NamespaceConditions.problems(spec.conditions()))
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<SpecProblem> service(AwsProvider aws) {
        if (aws.service().isEmpty()) {
            return invalid(AWS + ".service", "name the service: SecretsManager or ParameterStore");
        }
        if (aws.region().isEmpty()) {
            return invalid(AWS + ".region", "name the region, such as eu-central-1");
        }
        return SERVED.contains(aws.service())
                ? Stream.empty()
                : Stream.of(
                        SpecProblem.notSupported(
                                AWS + ".service",
                                "Lockstep does not serve %s: use SecretsManager or ParameterStore"
                                        .formatted(aws.service())));
    }

    private static Stream<SpecProblem> recovery(
            AwsProvider.@Nullable SecretsManagerSettings settings) {
        if (settings == null || settings.recoveryWindowInDays() == null) {
            return Stream.empty();
        }
        long days = settings.recoveryWindowInDays();
        if (days == 0) {
            return Stream.empty();
        }
        var path = AWS + ".secretsManager.recoveryWindowInDays";
        if (settings.forceDeleteWithoutRecovery()) {
            return invalid(
                    path, "forceDeleteWithoutRecovery leaves no window: write one of the two");
        }
        return days < SHORTEST_RECOVERY || days > LONGEST_RECOVERY
                ? invalid(
                        path,
                        "AWS does not allow %d: write 0, or %d to %d"
                                .formatted(days, SHORTEST_RECOVERY, LONGEST_RECOVERY))
                : Stream.empty();
    }

    private static Stream<SpecProblem> reservedTags(AwsProvider aws) {
        return new TreeSet<>(aws.customSessionTags().keySet())
                .stream()
                        .filter(RESERVED_TAGS::contains)
                        .flatMap(
                                key ->
                                        invalid(
                                                AWS + ".customSessionTags",
                                                key
                                                        + " is set by Lockstep itself: choose another key"));
    }

    private static Stream<SpecProblem> versionWatch(AwsProvider aws) {
        var watch = aws.versionWatchOrDefault();
        var interval =
                Durations.check(
                        AWS + ".versionWatch.interval",
                        watch.intervalOrDefault(),
                        Duration.ofSeconds(1));
        return watch.maxCallsPerHourOrDefault() < 0
                ? Stream.concat(
                        interval, invalid(AWS + ".versionWatch.maxCallsPerHour", "write 0 or more"))
                : interval;
    }

    private static Stream<SpecProblem> retry(@Nullable RetrySettings retry) {
        if (retry == null) {
            return Stream.empty();
        }
        var attempts = retry.maxRetries();
        var interval = retry.retryInterval();
        return Stream.concat(
                attempts != null && attempts < 0
                        ? invalid("spec.retrySettings.maxRetries", "write 0 or more")
                        : Stream.empty(),
                interval == null || interval.isEmpty()
                        ? Stream.empty()
                        : Durations.check(
                                "spec.retrySettings.retryInterval", interval, Duration.ZERO));
    }

    /** A number of seconds means the operator's own setting where it is zero or less, as in ESO. */
    private static Stream<SpecProblem> refreshInterval(@Nullable IntOrString interval) {
        return interval == null || interval.getStrVal() == null || interval.getStrVal().isEmpty()
                ? Stream.empty()
                : Durations.check("spec.refreshInterval", interval.getStrVal(), Duration.ZERO);
    }

    private static Stream<SpecProblem> invalid(String path, String detail) {
        return Stream.of(SpecProblem.invalid(path, detail));
    }
}
