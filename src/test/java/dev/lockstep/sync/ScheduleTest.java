package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When windows open, by the rules of robfig/cron. 2026-01-01 is a Thursday. */
class ScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "* * * * *         | 2026-01-01T00:00:30Z | 2026-01-01T00:01:00Z",
                "0 2 * * *         | 2026-01-01T02:00:00Z | 2026-01-02T02:00:00Z",
                "0 2 * * *         | 2026-01-01T01:59:59.999999999Z | 2026-01-01T02:00:00Z",
                "59 23 31 12 *     | 2026-12-31T23:59:00Z | 2027-12-31T23:59:00Z",
                // Lists, ranges, steps and names.
                "*/20 * * * *      | 2026-01-01T00:20:00Z | 2026-01-01T00:40:00Z",
                "5/25 * * * *      | 2026-01-01T00:30:00Z | 2026-01-01T00:55:00Z",
                "10-20/5 * * * *   | 2026-01-01T00:15:00Z | 2026-01-01T00:20:00Z",
                "10-20/5 * * * *   | 2026-01-01T00:20:00Z | 2026-01-01T01:10:00Z",
                "0 9,17 * * *      | 2026-01-01T09:00:00Z | 2026-01-01T17:00:00Z",
                "0 0 1 FEB-apr *   | 2026-01-02T00:00:00Z | 2026-02-01T00:00:00Z",
                "0 0 ? * mon       | 2026-01-01T00:00:00Z | 2026-01-05T00:00:00Z",
                "0 0 * * 0         | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z",
                "0 0 * * 6         | 2026-01-01T00:00:00Z | 2026-01-03T00:00:00Z",
                // Month ends and leap years.
                "0 0 31 * *        | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z",
                "0 0 30 * *        | 2026-01-30T00:00:00Z | 2026-03-30T00:00:00Z",
                "0 0 29 2 *        | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 0 29 2 *        | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z",
                // Both days restricted: either is enough, here Friday and the 13th.
                "0 0 13 * 5        | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
                "0 0 13 * 5        | 2026-01-09T00:00:00Z | 2026-01-13T00:00:00Z",
                // One day is any day: the other alone decides.
                "0 0 13 * *        | 2026-01-01T00:00:00Z | 2026-01-13T00:00:00Z",
                "0 0 */1 * 5       | 2026-01-02T00:00:00Z | 2026-01-09T00:00:00Z",
                // A step restricts: every tenth day from the first, or a Friday.
                "0 0 */10 * 5      | 2026-01-09T00:00:00Z | 2026-01-11T00:00:00Z",
                "0 0 */10 * 5      | 2026-01-11T00:00:00Z | 2026-01-16T00:00:00Z",
                // Where clocks of other zones leap, UTC does not.
                "30 2 * * *        | 2026-03-29T00:00:00Z | 2026-03-29T02:30:00Z",
                "30 2 * * *        | 2026-10-25T02:30:00Z | 2026-10-26T02:30:00Z",
                "@yearly           | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z",
                "@annually         | 2026-06-01T00:00:00Z | 2027-01-01T00:00:00Z",
                "@monthly          | 2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z",
                "@weekly           | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z",
                "@daily            | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
                "@midnight         | 2026-01-01T23:59:00Z | 2026-01-02T00:00:00Z",
                "@hourly           | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z",
                // Counted from 1970.
                "@every 6h         | 2026-01-01T05:59:59Z | 2026-01-01T06:00:00Z",
                "@every 6h         | 2026-01-01T06:00:00Z | 2026-01-01T12:00:00Z",
                "@every 1m30s      | 1970-01-01T00:02:00Z | 1970-01-01T00:03:00Z",
                "@every 1500ms     | 1970-01-01T00:00:00Z | 1970-01-01T00:00:01Z",
                "@every 1h         | 1969-12-31T22:30:00Z | 1969-12-31T23:00:00Z",
            })
    void opensNext(String schedule, Instant after, Instant next) throws Exception {
        assertThat(Schedule.parse(schedule).next(after)).contains(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *"})
    void aDayThatNeverComes_isFoundOut(String schedule) throws Exception {
        assertThat(Schedule.parse(schedule).next(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "* * * *        | it has 4 fields: write five",
                "0 * * * * *    | it has 6 fields: write five",
                "TZ=UTC 0 0 * * | its minute 'TZ=UTC' is wrong",
                "60 * * * *     | its minute '60' is wrong: write *, values from 0 to 59",
                "-1 * * * *     | its minute '-1' is wrong",
                "*/0 * * * *    | its minute '*/0' is wrong",
                "1,,2 * * * *   | its minute '1,,2' is wrong",
                "1- * * * *     | its minute '1-' is wrong",
                "0 24 * * *     | its hour '24' is wrong",
                "0 17-9 * * *   | its hour '17-9' is wrong",
                "0 0 0 * *      | its day of month '0' is wrong",
                "0 0 L * *      | its day of month 'L' is wrong",
                "0 0 * 13 *     | its month '13' is wrong",
                "0 0 * june *   | its month 'june' is wrong",
                "0 0 * * 7      | its day of week '7' is wrong: write *, values from 0 to 6",
                "0 0 * * sunday | its day of week 'sunday' is wrong",
                "0 0 * * 99999999999 | its day of week '99999999999' is wrong",
                "@reboot        | write @yearly, @monthly",
                "@every 0s      | '0s' is no duration of a second or more",
                "@every -1h     | '-1h' is no duration of a second or more",
                "@every 1d      | '1d' is no duration of a second or more",
            })
    void whatIsNoSchedule_isSaid(String schedule, String message) {
        assertThatThrownBy(() -> Schedule.parse(schedule))
                .isInstanceOf(ScheduleSyntaxException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7 * * * *", "*/7 3-5 1,15 * mon-fri", "@every 11m", "0 0 29 2 1"})
    void momentsFollowEachOther(String schedule) throws Exception {
        var parsed = Schedule.parse(schedule);
        var moments =
                Stream.iterate(
                                Instant.parse("2026-01-01T00:00:00Z"),
                                at -> parsed.next(at).orElseThrow())
                        .limit(500)
                        .collect(Collectors.toList());
        for (var i = 1; i < moments.size() - 1; i++) {
            var moment = moments.get(i);
            // Whatever lies between two of them is followed by the second.
            assertThat(parsed.next(moment.minusNanos(1))).contains(moment);
            assertThat(moment).isAfter(moments.get(i - 1));
        }
    }
}
