package dev.callboard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.pipelines.PolicyReader;
import dev.callboard.taskmodel.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures are tried again, and when: a failure says how long another attempt is of no use. */
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

    @Test
    void onlyRetryableFailuresAreTriedAgainAndOnlySoOften() {
        Policy doubling = PolicyReader.stored(Map.of("max_attempts", 3, "delay_seconds", 2));
        Failed failed = new Failed("busy", "It is busy.", true);
        assertThat(retries.again(failed, AttemptSchedule.FIRST, doubling)).isTrue();
        AttemptSchedule second = retries.next(failed, AttemptSchedule.FIRST, doubling, NOW);
        assertThat(second).isEqualTo(new AttemptSchedule(2, NOW.plusSeconds(2), null));
        assertThat(retries.next(failed, second, doubling, NOW))
                .isEqualTo(new AttemptSchedule(3, NOW.plusSeconds(4), null));
        assertThat(retries.again(failed, new AttemptSchedule(3, null, null), doubling))
                .isFalse();
        assertThat(retries.again(new Failed("bad", "Bad.", false), AttemptSchedule.FIRST, doubling))
                .isFalse();
        assertThat(retries.again(failed, AttemptSchedule.FIRST, Policy.NONE)).isFalse();
    }
}
