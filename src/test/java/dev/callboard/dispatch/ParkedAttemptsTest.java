package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.engine.Attempt;
import dev.callboard.engine.AttemptSchedule;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long the attempts that wait have waited, whatever becomes of the others. */
class ParkedAttemptsTest {
    private static final Instant NOON = Instant.parse("2020-01-01T12:00:00Z");

    private final ParkedAttempts parked = new ParkedAttempts();

    private static Attempt attempt(String id, String task) {
        return new Attempt(
                id, task, "template", 1, 1, ExecutionStatus.RUNNING, null, null, true, AttemptSchedule.FIRST);
    }

    private Attempt park(String id, String task, int since, int due) {
        Attempt attempt = attempt(id, task);
        Instant deadline = NOON.plusSeconds(due);
        parked.park(
                attempt,
                new Wait("ledger", "for rain", NOON.plusSeconds(since), deadline, Duration.ZERO, Map.of()),
                NOON);
        return attempt;
    }

    @Test
    void theOldestIsTheOneThatBeganToWaitFirst() {
        assertThat(parked.oldest()).isNull();
        Attempt later = park("a", "t1", 20, 100);
        Attempt first = park("b", "t1", 10, 300);
        park("c", "t2", 10, 200);
        assertThat(parked.oldest()).isEqualTo(NOON.plusSeconds(10));

        parked.forget(first);
        assertThat(parked.oldest()).isEqualTo(NOON.plusSeconds(10));
        assertThat(parked.due(NOON.plusSeconds(200))).extracting(Attempt::id).containsExactly("a", "c");
        assertThat(parked.oldest()).isNull();

        park("a", "t1", 30, 400);
        park("a", "t1", 40, 400);
        assertThat(parked.size()).isEqualTo(1);
        assertThat(parked.oldest()).isEqualTo(NOON.plusSeconds(40));
        assertThat(parked.ofTask("t1")).containsExactly(later);
        assertThat(parked.oldest()).isNull();
    }
}
