package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.SourceException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts into words how versions are watched. */
final class Reporting {
    private static final String CHEAPER = "; with it, fewer AWS calls would do";

    private final WatchSettings settings;
    private final WatchPlan plan;
    private final Census census;
    private final @Nullable SourceException listDenial;

    private Reporting(
            WatchSettings settings,
            WatchPlan plan,
            Census census,
            @Nullable SourceException listDenial) {
        this.settings = settings;
        this.plan = plan;
        this.census = census;
        this.listDenial = listDenial;
    }

    private record Why(String reason, String message) {}

    static WatchReport report(
            WatchSettings settings,
            WatchPlan plan,
            Census census,
            @Nullable SourceException listDenial,
            int callsLastHour) {
        var reporting = new Reporting(settings, plan, census, listDenial);
        var why = reporting.why();
        var off = census.allDenied();
        return new WatchReport(
                off ? VersionWatchMode.Off : plan.mode(),
                off ? Duration.ZERO : plan.effective(),
                why.reason(),
                why.message(),
                Optional.ofNullable(census.lastCheck()),
                callsLastHour);
    }

    /** The weightiest reason: what is not watched, what costs too much, what is merely slower. */
    private Why why() {
        var denial = census.denial();
        if (plan.mode() == VersionWatchMode.Off) {
            return new Why("", "");
        }
        if (denial != null && census.allDenied()) {
            return describeDenied(denial);
        }
        if (plan.exceeded()) {
            return new Why(
                    WatchReasons.BUDGET_EXCEEDED,
                    "the refresh intervals of the ExternalSecrets ask for more than maxCallsPerHour"
                            + " (%d): raise it, or lengthen refreshInterval"
                                    .formatted(settings.maxCallsPerHour()));
        }
        if (listDenial != null) {
            return new Why(WatchReasons.LIST_DENIED, listDenial.failure().message() + CHEAPER);
        }
        if (denial != null) {
            return describeDenied(denial);
        }
        if (plan.stretch() > 1) {
            return new Why(
                    WatchReasons.THROTTLED,
                    "AWS throttles this account's calls: versions are looked at less often until it"
                            + " stops");
        }
        return plan.limited() ? limited() : new Why("", "");
    }

    private Why describeDenied(SourceException denial) {
        return new Why(
                WatchReasons.DESCRIBE_DENIED,
                "%d of %d keys are read at every refresh instead of watched: %s"
                                .formatted(
                                        census.denied(), census.keys(), denial.failure().message())
                        + CHEAPER);
    }

    private Why limited() {
        return new Why(
                WatchReasons.BUDGET_LIMITED,
                "versions are looked at less often than every %d s, to stay within maxCallsPerHour (%d): raise it, or lengthen the interval"
                        .formatted(settings.interval().toSeconds(), settings.maxCallsPerHour()));
    }
}
