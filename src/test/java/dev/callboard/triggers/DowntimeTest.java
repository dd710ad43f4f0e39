package dev.callboard.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.cron.Schedule;
import dev.callboard.pipelines.SourceConfig.Missed;
import dev.callboard.pipelines.SourceConfig.Overlap;
import dev.callboard.pipelines.SourceConfig.Timed;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** What becomes of what was due while the server was down, by the setting {@code missed}. */
class DowntimeTest {
    private static final Instant DUE = Instant.parse("2026-11-29T03:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-29T06:20:00Z");

    private static Downtime hourly(Missed missed) {
        return Downtime.over(new Timed("0 * * * *", ZoneId.of("UTC"), Overlap.SKIP, missed), DUE, NOW);
    }

    @Test
    void noneIsMadeUpFor() {
        Downtime downtime = hourly(Missed.NONE);
        assertThat(downtime.next()).isEqualTo("2026-11-29T07:00:00Z");
        assertThat(downtime.catchUpUntil()).isNull();
        assertThat(downtime.skipped()).contains("03:00").contains("06:00");
    }

    @Test
    void theLastOneIsMadeUpFor() {
        Downtime downtime = hourly(Missed.LAST);
        assertThat(downtime.next()).isEqualTo("2026-11-29T06:00:00Z");
        assertThat(downtime.catchUpUntil()).isEqualTo("2026-11-29T06:00:00Z");
        assertThat(downtime.skipped()).contains("03:00");
    }

    @Test
    void allAreMadeUpForInTurn() {
        Downtime downtime = hourly(Missed.ALL);
        assertThat(downtime.next()).isEqualTo(DUE);
        assertThat(downtime.catchUpUntil()).isEqualTo("2026-11-29T06:00:00Z");
        assertThat(downtime.skipped()).isNull();
    }

    @Test
    void oneThatWasMissedAloneIsTheLastOne() {
        Downtime downtime =
                Downtime.over(new Timed("0 3 * * *", ZoneId.of("UTC"), Overlap.SKIP, Missed.LAST), DUE, NOW);
        assertThat(downtime.next()).isEqualTo(DUE);
        assertThat(downtime.skipped()).isNull();
    }

    @Test
    void theLastOfManyIsFoundAtOnce() {
        Schedule everySecond = Schedule.of("* * * * * *", ZoneId.of("UTC"));
        assertThat(everySecond.lastBetween(DUE.minusSeconds(30L * 86_400), NOW)).contains(NOW);
        assertThat(Schedule.of("0 3 * * *", ZoneId.of("UTC")).lastBetween(DUE, NOW))
                .isEmpty();
    }
}
