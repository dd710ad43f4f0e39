package dev.callboard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.bus.Caller;
import dev.callboard.dispatch.TaskServer;
import dev.callboard.dispatch.TaskServerFixture;
import dev.callboard.dispatch.TestCommands;
import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.StageOutcome.Completed;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.palette.StageResolver;
import dev.callboard.palette.StageResolver.Resolved;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of one stage and the beginning of the next are one decision, and the first is stored whatever the second does. */
class BeginNextTest extends TaskServerFixture {
    private TaskCommands tasks;
    private String id;

    @BeforeEach
    void start() throws IOException {
        server.stage("a", (context, input) -> 1)
                .stage("b", (context, input) -> 2)
                .chain("p", "a", "b");
        server.startWithoutEngine();
        TaskView made = server.create(Map.of("title", "T", "pipeline", "p"));
        id = made.id();
        tasks = TestCommands.of(server);
    }

    /** Runs the first stage and stores what it gave. */
    private StoredTransition finishFirst(StageResolver resolver) {
        Claims claims = new Claims(server.database, tasks, task -> resolver, server.clock);
        Transitions transitions = new Transitions(server.database, tasks, claims, new Retries(() -> 0));
        Attempt first = TaskServer.get(
                        transitions.command(id, new Event.Run(), "started", null, Caller.ENGINE, task -> {}, false))
                .attempts()
                .get(0);
        TaskServer.get(tasks.decide(id, draft -> AttemptRules.begin(draft, first)));
        Completed outcome =
                new Completed(new StoredJson("1", null, 1), 1, Map.of(), Map.of(), new StageOutcome.Facts(0, null));
        return TaskServer.get(transitions.finish(first, outcome, Optional.empty(), List.of(), 1, true))
                .orElseThrow();
    }

    private List<ExecutionStatus> statuses() {
        return TaskServer.get(tasks.read(id)).attempts().values().stream()
                .map(AttemptRow::status)
                .toList();
    }

    @Test
    void theNextStageRunsWithTheCommitThatEndsTheOneBefore() {
        StoredTransition moved = finishFirst(type -> server.palette(type).map(entry -> new Resolved(entry, null)));
        assertThat(moved.begun()).isPresent();
        assertThat(moved.attempts()).isEmpty();
        assertThat(statuses()).containsExactly(ExecutionStatus.COMPLETED, ExecutionStatus.RUNNING);
    }

    @Test
    void whatKeepsTheNextStageFromBeginningDoesNotTouchTheResultOfTheOneBefore() {
        AtomicInteger looks = new AtomicInteger();
        StoredTransition moved = finishFirst(type -> {
            if (type.equals("b") && looks.incrementAndGet() > 1) {
                throw new IllegalStateException("the palette cannot be read");
            }
            return server.palette(type).map(entry -> new Resolved(entry, null));
        });
        assertThat(looks.get()).isGreaterThan(1);
        assertThat(moved.begun()).isEmpty();
        assertThat(moved.attempts()).hasSize(1);
        assertThat(statuses()).containsExactly(ExecutionStatus.COMPLETED, ExecutionStatus.PENDING);
    }
}
