package dev.callboard.taskmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private static Wait wait(@Nullable Instant deadline, long pollSeconds) {
        return new Wait("ledger", "x to be set", SINCE, deadline, Duration.ofSeconds(pollSeconds), Map.of("a", 1));
    }

    private static Instant at(long seconds) {
        return SINCE.plusSeconds(seconds);
    }

    @Test
    void itLooksAgainAfterEachIntervalAndAtTheDeadline() {
        assertThat(wait(null, 30).next(SINCE)).isEqualTo(at(30));
        assertThat(wait(null, 30).next(at(29))).isEqualTo(at(30));
        assertThat(wait(null, 30).next(at(30))).isEqualTo(at(60));
        assertThat(wait(at(40), 30).next(at(31))).isEqualTo(at(40));
        assertThat(wait(at(40), 30).next(at(40))).isEqualTo(at(60));
        assertThat(wait(at(40), 0).next(at(1))).isEqualTo(at(40));
        assertThat(wait(null, 0).next(at(1))).isNull();
        assertThat(wait(null, 30).next(SINCE.minusSeconds(90))).isEqualTo(at(30));
    }

    @Test
    void itIsReadAsItWasStored() {
        assertThat(Wait.of(wait(at(40), 30).stored())).isEqualTo(wait(at(40), 30));
        assertThat(Wait.of(wait(null, 0).stored())).isEqualTo(wait(null, 0));
    }
}
