package dev.callboard.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.pipelines.SourceConfig.Missed;
import dev.callboard.pipelines.SourceConfig.Overlap;
import dev.callboard.pipelines.SourceConfig.Timed;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tasks of a schedule are called. */
class ScheduleTitleTest {
    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-11-29T06:00:00Z, nightly, '2026-11-29 06:00 (UTC)'",
        "UTC, 2026-11-29T06:00:07Z, nightly, '2026-11-29 06:00:07 (UTC)'",
        "Europe/Berlin, 2026-07-01T22:30:00Z, late, '2026-07-02 00:30 (Europe/Berlin)'"
    })
    void theyHaveTheTimeOnTheClocksOfTheSchedule(ZoneId zone, Instant due, String source, String time) {
        Timed config = new Timed("0 6 * * *", zone, Overlap.SKIP, Missed.NONE);
        assertThat(ScheduleTurn.title(source, config, due)).isEqualTo(source + ", " + time);
    }
}
