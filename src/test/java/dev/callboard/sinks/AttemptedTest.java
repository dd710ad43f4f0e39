package dev.callboard.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.pipelines.SinkConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a delivery that failed is tried again. */
class AttemptedTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    /** One that was tried so often before, and is given up a day after noon. */
    private static Delivery tried(int times) {
        return new Delivery(
                "d",
                "t",
                "T",
                "p",
                "pipeline",
                "sink",
                new SinkConfig.Result(),
                Map.of("Stage", "attempt"),
                SinksMessages.PENDING,
                times,
                NOON,
                NOON.plus(DeliveryRepository.PATIENCE),
                null,
                null,
                NOON,
                null);
    }

    private static @Nullable Duration pause(Attempted attempted, int times) {
        Instant next = attempted.next(tried(times), NOON);
        return next == null ? null : Duration.between(NOON, next);
    }

    @Test
    void pausesGrowToAnHourAndEndAfterADay() {
        Attempted failed = Attempted.failed("It is closed.");
        assertThat(pause(failed, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pause(failed, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(pause(failed, 4)).isEqualTo(Duration.ofSeconds(80));
        assertThat(pause(failed, 10)).isEqualTo(Duration.ofHours(1));
        assertThat(pause(failed, 10_000)).isEqualTo(Duration.ofHours(1));
        Instant late = NOON.plus(Duration.ofHours(23));
        assertThat(failed.next(tried(30), late)).isEqualTo(late.plus(Duration.ofHours(1)));
        assertThat(failed.next(tried(30), late.plusMillis(1))).isNull();
    }

    @Test
    void theReceiversWishCountsAndWhatLastsIsOver() {
        assertThat(pause(new Attempted("Later.", false, Duration.ofSeconds(90)), 0))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(pause(new Attempted("Sooner.", false, Duration.ofSeconds(1)), 3))
                .isEqualTo(Duration.ofSeconds(40));
        assertThat(pause(new Attempted("In two days.", false, Duration.ofDays(2)), 0))
                .isNull();
        assertThat(pause(Attempted.refused("It is gone."), 0)).isNull();
        assertThat(pause(Attempted.DELIVERED, 0)).isNull();
    }
}
