package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.RedoTask;
import dev.callboard.engine.ExecutionMessages.RetryTask;
import dev.callboard.spi.StageFailure;
import dev.callboard.taskmodel.ExecutionView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person adds to an attempt, and how attempts are counted. */
class AddedWordsTest extends TaskServerFixture {
    private final AtomicInteger failures = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server.stage("flaky", (context, input) -> {
                    if (failures.decrementAndGet() >= 0) {
                        throw StageFailure.retryable("busy", "It is busy.", null);
                    }
                    return 1;
                })
                .pipeline(
                        """
                        name: p
                        policies: {twice: {max_attempts: 2, delay_seconds: 0}}
                        stages:
                          - {name: a, type: flaky, policy: twice}
                          - {name: b, type: flaky, depends_on: [a]}
                          - {name: c, type: flaky, depends_on: [a]}
                        """)
                .start();
    }

    private void redo(String id, String words) {
        server.ask(
                ExecutionMessages.REDO,
                new RedoTask(id, server.task(id).stages().get(0).id(), words));
    }

    private List<String> ofFirst(String id) {
        return server.executions(id).stream()
                .filter(execution -> execution.stage().equals("a"))
                .map(execution -> execution.status() + " " + execution.userInput())
                .toList();
    }

    @Test
    void whatAPersonAddedStaysUntilTheStageIsDoneAgain() {
        failures.set(3);
        String id = server.create(Map.of("title", "T", "pipeline", "p")).id();
        redo(id, "go");
        server.until(id, "failed");
        assertThat(ofFirst(id)).containsExactly("failed go", "failed go");
        server.ask(ExecutionMessages.RETRY, new RetryTask(id));
        server.until(id, "completed");
        assertThat(ofFirst(id)).containsExactly("failed go", "failed go", "failed go", "completed go");
        redo(id, null);
        server.until(id, "completed");
        assertThat(ofFirst(id)).containsExactly("failed go", "failed go", "failed go", "stale go", "completed null");
        failures.set(2);
        redo(id, "once more");
        server.until(id, "failed");
        redo(id, "otherwise");
        server.until(id, "completed");
        assertThat(ofFirst(id).subList(5, 8))
                .as("a failure that is tried again stays one")
                .containsExactly("failed once more", "failed once more", "completed otherwise");
    }

    @Test
    void numbersCountAStageAndFencesTheTask() {
        failures.set(1);
        String id = server.run("p").id();
        server.until(id, "completed");
        redo(id, null);
        server.until(id, "completed");
        assertThat(server.executions(id))
                .extracting(ExecutionView::stage)
                .containsExactly("a", "a", "b", "c", "a", "b", "c");
        assertThat(server.executions(id)).extracting(ExecutionView::attempt).containsExactly(1, 2, 1, 1, 3, 2, 2);
        assertThat(fences(id)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    private List<Long> fences(String task) {
        return TaskServer.get(server.database.read(transaction -> transaction
                .execute("SELECT fence FROM stage_executions WHERE task_id = '" + task + "' ORDER BY fence")
                .map(rows -> {
                    List<Long> fences = new ArrayList<>();
                    rows.forEach(row -> fences.add(row.getLong("fence")));
                    return fences;
                })));
    }
}
