package dev.callboard.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's time goes on evenly whatever becomes of the machine's clock. */
class SteadyClockTest {
    private final TestClock machine = new TestClock();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Instant start = machine.instant();
    private final SteadyClock clock = new SteadyClock(machine, nanos::get, start);

    /** As time passes for both clocks. */
    private void pass(Duration time) {
        machine.forward(time);
        nanos.addAndGet(time.toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D"})
    void aJumpOfTheMachinesClockIsSeenAndMovesNothing(Duration jump) {
        pass(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(10));
        assertThat(clock.differs()).isFalse();

        machine.forward(jump);
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(10));
        assertThat(clock.ahead()).isEqualTo(jump);
        assertThat(clock.differs()).isTrue();

        pass(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(15));
    }

    @Test
    void smallCorrectionsAreNotNoticed() {
        machine.forward(Duration.ofMillis(-999));
        assertThat(clock.differs()).isFalse();
        machine.forward(Duration.ofMillis(-1));
        assertThat(clock.differs()).isTrue();
    }

    @Test
    void theTimeThatTheMachineSleptHasPassed() {
        // Asleep, the machine's clock goes on and its nanoseconds do not.
        machine.forward(Duration.ofHours(8));
        clock.slept(Duration.ofHours(8));
        assertThat(clock.instant()).isEqualTo(machine.instant());
        assertThat(clock.ahead()).isZero();
    }

    @Test
    void theMachinesTimeCanBeTakenOver() {
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(3));
        machine.forward(Duration.ofDays(-1));
        clock.adopt();
        assertThat(clock.instant()).isEqualTo(start.minus(Duration.ofDays(1)));
        assertThat(clock.differs()).isFalse();
    }

    @Test
    void whatPeopleReadSaysWhichWay() {
        assertThat(SteadyClock.sentence(Duration.ofHours(1))).contains("3600 s ahead of the server's time");
        assertThat(SteadyClock.sentence(Duration.ofHours(-1))).contains("3600 s behind the server's time");
    }
}
