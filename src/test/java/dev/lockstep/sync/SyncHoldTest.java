package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.SyncWindows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What windows hold back, and until when. 2026-01-01 is a Thursday. */
class SyncHoldTest {

    /** No moment: nothing is held. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // From the moment it opens until its duration has passed.
                "allow | 0 2 * * * 1h | 2026-01-01T01:59:59Z | 2026-01-01T02:00:00Z",
                "allow | 0 2 * * * 1h | 2026-01-01T02:00:00Z |",
                "allow | 0 2 * * * 1h | 2026-01-01T02:59:59.999Z |",
                "allow | 0 2 * * * 1h | 2026-01-01T03:00:00Z | 2026-01-02T02:00:00Z",
                "deny | 0 2 * * * 1h | 2026-01-01T01:59:59Z |",
                "deny | 0 2 * * * 1h | 2026-01-01T02:00:00Z | 2026-01-01T03:00:00Z",
                "deny | 0 2 * * * 1h | 2026-01-01T02:59:59.999Z | 2026-01-01T03:00:00Z",
                "deny | 0 2 * * * 1h | 2026-01-01T03:00:00Z |",
                // Over midnight, month's and year's end.
                "allow | 0 22 31 12 * 4h | 2027-01-01T01:59:00Z |",
                "deny | 0 22 31 12 * 4h | 2026-12-31T23:00:00Z | 2027-01-01T02:00:00Z",
                // Of several, allowing ones open with the first.
                "allow | 0 2 * * * 1h, 0 1 * * * 10m | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z",
                "allow | 0 2 * * * 1h, 0 1 * * * 10m | 2026-01-01T01:05:00Z |",
                // Denying ones hold until the last of those in a row has ended.
                "deny | 0 2 * * * 1h, 30 2 * * * 2h | 2026-01-01T02:10:00Z | 2026-01-01T04:30:00Z",
                "deny | 0 2 * * * 1h, 0 3 * * * 1h | 2026-01-01T02:10:00Z | 2026-01-01T04:00:00Z",
                "deny | * 9-16 * * 1-5 1m | 2026-01-02T12:00:30Z | 2026-01-02T17:00:00Z",
                "deny | * * * * 1-5 1m | 2026-01-05T00:00:00Z | 2026-01-10T00:00:00Z",
                // A window longer than the time between two openings stays open.
                "allow | @hourly 2h | 2026-01-01T01:30:00Z |",
                "allow | @every 6h 1h | 2026-01-01T05:00:00Z | 2026-01-01T06:00:00Z",
                "allow | @every 6h 1h | 2026-01-01T06:59:59Z |",
                "deny | @every 6h 1h | 2026-01-01T06:30:00Z | 2026-01-01T07:00:00Z",
                "deny | 0 0 1 1 * 2562047h | 2026-07-01T00:00:00Z | none",
                "deny | @hourly 1h | 2026-01-01T00:00:00Z | none",
                "deny | * * * * * 5m | 2026-01-01T00:00:00Z | none",
            })
    void holds(String kind, String windows, Instant now, String until) {
        var hold = SyncHold.of(windows(kind, windows), now);
        var expected =
                until == null
                        ? Optional.<SyncHold>empty()
                        : Optional.of(
                                new SyncHold(
                                        until.equals("none")
                                                ? Optional.empty()
                                                : Optional.of(Instant.parse(until))));
        assertThat(hold).isEqualTo(expected);
    }

    @Test
    void withoutWindows_nothingIsHeld() {
        assertThat(SyncHold.of(null, Instant.EPOCH)).isEmpty();
    }

    /** Windows with commas between, their duration last. */
    private static SyncWindows windows(String kind, String text) {
        return new SyncWindows(
                kind, Stream.of(text.split(", ")).map(SyncHoldTest::window).toList(), Map.of());
    }

    private static SyncWindows.Window window(String text) {
        var end = text.lastIndexOf(' ');
        return new SyncWindows.Window(text.substring(0, end), text.substring(end + 1), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "60 * * * * | 1h | windows[0].schedule: '60 * * * *' is no schedule; its minute '60' is wrong: write *, values from 0 to 59, ranges such as 0-4, or steps such as */2",
                "0 0 30 2 * | 1h | windows[0].schedule: '0 0 30 2 *' names a day that never comes: correct it",
                "@every 0s | 1h | windows[0].schedule: '@every 0s' is no schedule; '0s' is no duration of a second or more: write @every 6h or @every 1h30m",
                "@daily | 0s | windows[0].duration: 0s is too short: write at least 1s",
                "@daily | -1h | windows[0].duration: -1h is too short: write at least 1s",
                "@daily | 1d | windows[0].duration: '1d' is no duration: write it as 1h, 5m30s or 90s",
            })
    void whatIsWrongWithAWindow_isSaid(String schedule, String duration, String message) {
        var spec =
                new SyncWindows(
                        "allow",
                        List.of(new SyncWindows.Window(schedule, duration, Map.of())),
                        Map.of());
        assertThat(SyncHold.problems("", spec))
                .extracting(problem -> problem.message().substring(1))
                .containsExactly(message);
    }
}
