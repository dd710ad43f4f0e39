package dev.callboard.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.execution.StageOutcome.Failed;
import dev.callboard.pipelines.PolicyReader;
import dev.callboard.taskmodel.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failure says how long another attempt is of no use. */
class RetryDelayTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /** By chance a delay is neither longer nor shorter. */
    private final Retries retries = new Retries(() -> 0.5);

    private final Policy policy =
            PolicyReader.stored(Map.of("max_attempts", 3, "delay_seconds", 10, "max_delay_seconds", 20));

    private Duration delay(Failed failed) {
        AttemptSchedule next = retries.next(failed, AttemptSchedule.FIRST, policy, NOW);
        assertThat(next.tries()).isEqualTo(2);
        return Duration.between(NOW, next.notBefore());
    }

    @ParameterizedTest
    @CsvSource({"PT3S, PT10S", "PT10S, PT10S", "PT10.5S, PT10.5S", "PT40S, PT40S", "PT1H, PT1H"})
    void theLongerDelayCounts(Duration wanted, Duration delay) {
        assertThat(delay(new Failed("busy", "It is busy.", true, wanted))).isEqualTo(delay);
    }

    @Test
    void aWishOfMoreThanAnHourIsAnHour() {
        assertThat(delay(new Failed("busy", "It is busy.", true, Duration.ofDays(9))))
                .isEqualTo(Duration.ofHours(1));
        assertThat(delay(new Failed("busy", "It is busy.", true, Duration.ofSeconds(Long.MAX_VALUE))))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void withoutAWishThePolicyDecides() {
        assertThat(delay(new Failed("busy", "It is busy.", true))).isEqualTo(Duration.ofSeconds(10));
    }
}
