package dev.callboard.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When schedules are due, where clocks are changed too. Berlin: 29 March 2026 at 02:00, and 25 October 2026 at 03:00. */
class ScheduleTest {
    private static List<String> next(String cron, String zone, String from, int count) {
        Schedule schedule = Schedule.of(cron, ZoneId.of(zone));
        return Stream.iterate(schedule.after(Instant.parse(from)).orElseThrow(), due -> schedule.after(due)
                        .orElseThrow())
                .limit(count)
                .map(due -> due.toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    * * * * *       | 2026-11-29T10:01:00Z | 2026-11-29T10:02:00Z
                    */5 * * * * *   | 2026-11-29T10:00:05Z | 2026-11-29T10:00:10Z
                    0 9 * * MON-FRI | 2026-11-30T09:00:00Z | 2026-12-01T09:00:00Z
                    0 9 * * 1-5     | 2026-11-30T09:00:00Z | 2026-12-01T09:00:00Z
                    0 9 * * 0       | 2026-12-06T09:00:00Z | 2026-12-13T09:00:00Z
                    0 0 9 * * 7     | 2026-12-06T09:00:00Z | 2026-12-13T09:00:00Z
                    0 0 29 2 *      | 2028-02-29T00:00:00Z | 2032-02-29T00:00:00Z
                    0 0 13 * 5      | 2026-12-04T00:00:00Z | 2026-12-11T00:00:00Z
                    """)
    void theNextTwoTimesAreAsCronHasThem(String cron, String first, String second) {
        assertThat(next(cron, "UTC", "2026-11-29T10:00:00Z", 2)).containsExactly(first, second);
    }

    @Test
    void aTimeThatTheClocksLeaveOutIsDueWhenTheyGoForward() {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(next("0,30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
                .as("one moment, however many times are left out")
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
    }

    @Test
    void aTimeThatComesTwiceIsDueOnce() {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("15 2 * * *", "Europe/Berlin", "2026-10-25T01:05:00Z", 1))
                .as("asked in the second of the two hours")
                .containsExactly("2026-10-26T01:15:00Z");
    }

    @Test
    void whatCountsHoursGoesByRealTime() {
        assertThat(next("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
        assertThat(next("*/30 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", 4))
                .as("02:00 and 02:30 come twice")
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "@daily",
                "61 * * * *",
                "* 25 * * *",
                "*/0 * * * *",
                "a b c d e",
                "0 9 L * *",
                "0 0 0 0 0"
            })
    void whatIsNoCronExpressionIsRefusedWithWhatItMustBe(String cron) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.of(cron, ZoneId.of("UTC")))
                .withMessageContaining("5 fields");
    }

    @Test
    void aDayThatNeverComesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.of("0 0 31 4,6 *", ZoneId.of("UTC")))
                .withMessage("names a day that never comes");
    }
}
