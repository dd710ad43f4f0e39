package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.dispatch.PolicyState.PolicySignal;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.AttemptSchedule;
import dev.callboard.engine.PolicyUse;
import dev.callboard.pipelines.PolicyReader;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.WaitingFor;
import dev.callboard.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is next. */
class AttemptQueueTest {
    private final TestClock clock = new TestClock();
    private final AttemptQueue queue = new AttemptQueue(clock);

    private static PolicyUse oneAtATime(String project, String name) {
        return new PolicyUse(project, name, PolicyReader.stored(Map.of("max_concurrent", 1)));
    }

    private static Attempt attempt(String id, boolean waits, @Nullable Instant notBefore, @Nullable PolicyUse policy) {
        return new Attempt(
                id,
                "task-" + id,
                "template",
                1,
                1,
                waits ? ExecutionStatus.RUNNING : ExecutionStatus.PENDING,
                null,
                null,
                waits,
                new AttemptSchedule(1, notBefore, policy));
    }

    private void add(String id, @Nullable PolicyUse policy) {
        queue.add(attempt(id, false, null, policy));
    }

    private Optional<String> next() {
        return queue.next().map(Attempt::id);
    }

    @Test
    void theOneThatCameFirstStartsFirstAcrossLanes() {
        add("a", oneAtATime("p", "x"));
        add("b", null);
        add("c", oneAtATime("p", "y"));
        add("d", null);
        assertThat(queue.ready()).isEqualTo(4);
        for (String id : new String[] {"a", "b", "c", "d"}) {
            assertThat(next()).contains(id);
        }
        assertThat(next()).isEmpty();
        assertThat(queue.ready()).isZero();
    }

    @Test
    void aLaneThatIsHeldBackHoldsUpNoOther() {
        add("a", oneAtATime("p", "x"));
        add("b", oneAtATime("p", "x"));
        add("c", oneAtATime("p", "x"));
        add("d", null);
        assertThat(next()).contains("a");
        assertThat(next()).contains("d");
        assertThat(next()).isEmpty();
        assertThat(queue.held("b"))
                .hasValueSatisfying(held -> assertThat(held.kind()).isEqualTo(WaitingFor.CONCURRENCY));
        assertThat(queue.held("d")).isEmpty();
        queue.ended("d", PolicySignal.WORKS);
        assertThat(next()).as("another lane's end gives it no place").isEmpty();
        queue.ended("a", PolicySignal.WORKS);
        queue.ended("a", PolicySignal.WORKS);
        assertThat(next()).contains("b");
        assertThat(next())
                .as("the second word on one attempt counts for nothing")
                .isEmpty();
    }

    @Test
    void projectsDoNotShareLimits() {
        add("a", oneAtATime("p", "x"));
        add("b", oneAtATime("q", "x"));
        assertThat(next()).contains("a");
        assertThat(next()).contains("b");
    }

    @Test
    void aDelayedOneJoinsItsLaneWhenItsTimeHasCome() {
        queue.add(attempt("a", false, clock.instant().plusSeconds(10), null));
        add("b", null);
        assertThat(queue.ready()).isEqualTo(1);
        assertThat(next()).contains("b");
        assertThat(next()).isEmpty();
        add("c", null);
        clock.forward(Duration.ofSeconds(10));
        assertThat(next()).as("it joins behind what came before its time").contains("c");
        assertThat(next()).contains("a");
    }

    @Test
    void oneThatWaitedGoesOnPastItsPolicy() {
        PolicyUse policy = oneAtATime("p", "x");
        add("a", policy);
        assertThat(next()).contains("a");
        queue.add(attempt("b", true, clock.instant().plusSeconds(10), policy));
        add("c", policy);
        assertThat(next()).contains("b");
        assertThat(next()).isEmpty();
    }

    @Test
    void whatHasEndedIsForgotten() {
        Attempt delayed = attempt("a", false, clock.instant().plusSeconds(10), null);
        Attempt ready = attempt("b", false, null, oneAtATime("p", "x"));
        queue.add(delayed);
        queue.add(ready);
        queue.remove(delayed);
        queue.remove(ready);
        clock.forward(Duration.ofSeconds(10));
        assertThat(next()).isEmpty();
    }
}
