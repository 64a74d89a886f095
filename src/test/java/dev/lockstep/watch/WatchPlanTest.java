package dev.lockstep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.watch.WatchPlan.Demand;
import dev.lockstep.watch.WatchPlan.Listing;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchPlanTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // wanted | may list | keys | pages | unlisted | before | then
                "Auto     | true  | 100 | 1  | 0  | Describe | List",
                "Auto     | true  | 100 | 0  | 0  | Describe | Describe",
                "Auto     | false | 100 | 1  | 0  | List     | Describe",
                "Auto     | true  | 10  | 20 | 0  | List     | Describe",
                "Auto     | true  | 10  | 1  | 9  | Describe | Describe",
                "Auto     | true  | 10  | 9  | 0  | Describe | Describe",
                "Auto     | true  | 10  | 9  | 0  | List     | List",
                "Auto     | true  | 10  | 7  | 0  | Describe | List",
                "List     | true  | 1   | 50 | 0  | Describe | List",
                "List     | false | 500 | 1  | 0  | List     | Describe",
                "Describe | true  | 500 | 1  | 0  | List     | Describe",
                "Off      | true  | 500 | 1  | 0  | List     | Off",
            })
    void autoTakesWhatNeedsFewerCalls_andChangesOnlyWhereThatIsWorthIt(
            VersionWatchMode wanted,
            boolean allowed,
            int keys,
            int pages,
            int unlisted,
            VersionWatchMode before,
            VersionWatchMode then) {
        var plan =
                WatchPlan.of(
                        settings(wanted, 60, 2000),
                        new Demand(keys, new long[0]),
                        new Listing(allowed, pages, unlisted),
                        before);

        assertThat(plan.mode()).isEqualTo(then);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // keys | pages | interval s | calls per hour | refresh s || interval s | limited
                "1000  | 10  | 60 | 2000  | 3600 || 60    | false",
                "1000  | 10  | 10 | 10000 | 3600 || 10    | false",
                "10000 | 100 | 60 | 2000  | 3600 || 260   | true",
                "10000 | 100 | 60 | 2000  | 60   || 60    | false",
                "10000 | 100 | 60 | 100   | 3600 || 3600  | true",
                "10000 | 100 | 60 | 0     | 3600 || 3600  | true",
            })
    void sweepsComeAsOftenAsBudgetAndRefreshIntervalsMakeThem(
            int keys,
            int pages,
            int interval,
            int calls,
            int refresh,
            String bar,
            int s,
            boolean l) {
        var plan =
                WatchPlan.of(
                        settings(VersionWatchMode.List, interval, calls),
                        demand(keys, refresh),
                        new Listing(true, pages, 0),
                        VersionWatchMode.List);

        assertThat(plan.effective().toSeconds()).isEqualTo(s);
        assertThat(plan.limited()).isEqualTo(l);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // keys | pages | may list | calls per hour | refresh s || exceeded
                "1000 | 10  | true  | 2000 | 60   || false",
                "1000 | 10  | true  | 500  | 60   || true",
                "1000 | 10  | false | 2000 | 3600 || false",
                "1000 | 10  | false | 2000 | 1800 || false",
                "1000 | 10  | false | 2000 | 1700 || true",
                "1000 | 10  | true  | 0    | 3600 || true",
            })
    void refreshIntervalsThatAskForMoreThanTheBudget_exceedIt(
            int keys,
            int pages,
            boolean allowed,
            int calls,
            int refresh,
            String bar,
            boolean exceeded) {
        var plan =
                WatchPlan.of(
                        settings(VersionWatchMode.List, 60, calls),
                        demand(keys, refresh),
                        new Listing(allowed, pages, 0),
                        VersionWatchMode.List);

        assertThat(plan.exceeded()).isEqualTo(exceeded);
    }

    @Property
    void describesBeyondTheRefreshIntervals_fitTheBudget(
            @ForAll @Size(max = 50) long @LongRange(min = 1_000, max = 86_400_000) [] refreshes,
            @ForAll @IntRange(max = 50) int withoutRefresh,
            @ForAll @IntRange(min = 1, max = 5_000) int calls,
            @ForAll @IntRange(min = 1, max = 600) int interval) {
        Arrays.sort(refreshes);
        var demand = new Demand(refreshes.length + withoutRefresh, refreshes);

        var plan =
                WatchPlan.of(
                        settings(VersionWatchMode.Describe, interval, calls),
                        demand,
                        new Listing(false, 0, 0),
                        VersionWatchMode.Describe);

        var planned = plan.interval().toMillis();
        var paid = withoutRefresh + Arrays.stream(refreshes).filter(r -> r > planned).count();
        assertThat(planned).isGreaterThanOrEqualTo(interval * 1000L);
        if (planned < WatchPlan.LONGEST.toMillis()) {
            assertThat(paid * 3_600_000.0 / planned).isLessThanOrEqualTo(calls);
        }
    }

    private static WatchSettings settings(VersionWatchMode mode, int seconds, int calls) {
        return new WatchSettings(mode, Duration.ofSeconds(seconds), calls);
    }

    private static Demand demand(int keys, int refreshSeconds) {
        var refreshes = new long[keys];
        Arrays.fill(refreshes, refreshSeconds * 1000L);
        return new Demand(keys, refreshes);
    }
}
