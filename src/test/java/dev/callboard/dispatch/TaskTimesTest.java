package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.PutSelection;
import dev.callboard.engine.ExecutionMessages.RedoTask;
import dev.callboard.engine.ExecutionMessages.RunTask;
import dev.callboard.engine.LedgerMessages;
import dev.callboard.engine.LedgerMessages.WriteLedger;
import dev.callboard.spi.StageFailure;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.ArchiveTask;
import dev.callboard.tasks.TaskBoardMessages.ChangeTask;
import dev.callboard.tasks.TaskBoardMessages.RestoreTask;
import dev.callboard.testing.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The times, the error and the revision of a task, by a clock that the test moves. */
class TaskTimesTest extends TaskServerFixture {
    private final TestClock clock = new TestClock();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void prepareClock() {
        server.clock = clock;
    }

    @AfterEach
    void release() {
        goOn.countDown();
    }

    /** The second stage takes its time when it is done again. */
    private String completed() throws IOException {
        server.stage("a", (context, input) -> 1)
                .stage("b", (context, input) -> {
                    if (context.attempt() > 1) {
                        goOn.await();
                    }
                    return 2;
                })
                .chain("p", "a", "b")
                .start();
        String id = server.create(Map.of("title", "T", "pipeline", "p")).id();
        clock.forward(Duration.ofSeconds(10));
        server.ask(ExecutionMessages.RUN, new RunTask(id, null));
        server.until(id, "completed");
        clock.forward(Duration.ofSeconds(10));
        return id;
    }

    private void redoSecond(String id) {
        server.ask(
                ExecutionMessages.REDO,
                new RedoTask(id, server.task(id).stages().get(1).id(), null));
    }

    @Test
    void aTaskThatIsOpenedAgainHasNoEnd() throws IOException {
        Instant started = clock.instant().plusSeconds(10);
        String id = completed();
        assertThat(server.task(id).startedAt()).isEqualTo(started);
        assertThat(server.task(id).completedAt()).isEqualTo(started);
        Instant again = clock.instant();
        redoSecond(id);
        TaskView open = server.task(id);
        assertThat(open.status()).isEqualTo("running");
        assertThat(open.startedAt()).isEqualTo(started);
        assertThat(open.completedAt()).isNull();
        assertThat(open.statusSince()).isEqualTo(again);
        clock.forward(Duration.ofSeconds(5));
        await().until(() -> server.executions(id).get(2).status().equals("running"));
        server.ask(LedgerMessages.WRITE, new WriteLedger(id, Map.of("key", 1)));
        server.ask(TaskBoardMessages.CHANGE, new ChangeTask(id, "Another", null, null, null));
        assertThat(server.task(id).statusSince()).isEqualTo(again);
        goOn.countDown();
        TaskView done = server.until(id, "completed");
        assertThat(done.startedAt()).isEqualTo(started);
        assertThat(done.completedAt()).isEqualTo(clock.instant());
        assertThat(done.statusSince()).isEqualTo(clock.instant());
        assertThat(server.executions(id)).extracting(ExecutionView::stage).containsExactly("a", "b", "b");
    }

    @Test
    void noStageIsDoneAgainWhileTheTaskRuns() throws IOException {
        String id = completed();
        redoSecond(id);
        await().until(() -> server.executions(id).get(2).status().equals("running"));
        List<ExecutionView> before = server.executions(id);
        assertThatThrownBy(() -> redoSecond(id)).hasMessageContaining("wrong_status");
        assertThat(server.executions(id)).isEqualTo(before);
    }

    @Test
    void theErrorIsThatOfTheFirstFailedStage() throws IOException {
        server.stage("start", (context, input) -> 1)
                .stage("late", (context, input) -> {
                    goOn.await();
                    throw StageFailure.permanent("late", "It is late.");
                })
                .stage("early", (context, input) -> {
                    throw StageFailure.permanent("early", "It is early.");
                })
                .pipeline(
                        """
                        name: q
                        stages:
                          - {name: start, type: start}
                          - {name: one, type: late, depends_on: [start]}
                          - {name: two, type: early, depends_on: [start]}
                        """)
                .start();
        String id = server.run("q").id();
        await().until(() -> server.executions(id).stream()
                .anyMatch(each -> each.stage().equals("two") && each.status().equals("failed")));
        assertThat(server.task(id).status()).isEqualTo("running");
        assertThat(server.task(id).error()).isNull();
        goOn.countDown();
        assertThat(server.until(id, "failed").error()).isEqualTo("Stage 'one' failed: It is late.");
    }

    @Test
    void everythingThatIsSeenIsARevision() throws IOException {
        server.coreStages()
                .stage("a", (context, input) -> 1)
                .pipeline(
                        "name: g\nstages: [{name: gate, type: gate, config: {conditions: [{field: ready, equals: true}]}},"
                                + " {name: a, type: a}]\n")
                .start();
        List<TaskView> seen = new ArrayList<>();
        TaskView task = server.create(Map.of("title", "T", "pipeline", "g"));
        String id = task.id();
        seen.add(task);
        server.ask(ExecutionMessages.RUN, new RunTask(id, null));
        await().until(() -> server.task(id).waitingFor() != null);
        seen.add(server.task(id));
        server.ask(ExecutionMessages.SELECT, new PutSelection(id, List.of(), null));
        server.ask(
                ExecutionMessages.SELECT,
                new PutSelection(
                        id,
                        List.of(new ExecutionMessages.Chosen(
                                task.stages().get(0).id(), 0)),
                        null));
        seen.add(server.task(id));
        server.ask(LedgerMessages.WRITE, new WriteLedger(id, Map.of("ready", true)));
        seen.add(server.until(id, "completed"));
        server.ask(ExecutionMessages.REDO, new RedoTask(id, null, null));
        seen.add(server.until(id, "completed"));
        server.ask(TaskBoardMessages.CHANGE, new ChangeTask(id, "Another", null, null, null));
        seen.add(server.task(id));
        server.ask(TaskBoardMessages.CHANGE, new ChangeTask(id, null, null, List.of("x"), null));
        seen.add(server.task(id));
        server.ask(TaskBoardMessages.ARCHIVE, new ArchiveTask(id));
        seen.add(server.task(id));
        server.ask(TaskBoardMessages.RESTORE, new RestoreTask(id));
        seen.add(server.task(id));
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i).revision())
                    .as(seen.get(i).toString())
                    .isGreaterThan(seen.get(i - 1).revision());
        }
    }
}
