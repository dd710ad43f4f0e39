package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.Chosen;
import dev.callboard.engine.ExecutionMessages.GetTimeline;
import dev.callboard.engine.ExecutionMessages.PutSelection;
import dev.callboard.engine.ExecutionMessages.TimelineItem;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.ArchiveTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next start makes of what an earlier process left. */
class ResumptionTest {
    @TempDir
    Path dir;

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void release() {
        never.countDown();
    }

    /** With one place. */
    private TaskServer server(boolean hangs) throws IOException {
        TaskServer server = new TaskServer(dir)
                .stage("s", (context, input) -> {
                    if (hangs) {
                        began.countDown();
                        never.await();
                    }
                    ran.add(context.taskId());
                    return context.attempt();
                })
                .chain("p", "s")
                .chain("other", "gone")
                .chain("both", "s", "gone");
        server.options = new ExecutionVerticle.Options(1, Duration.ofSeconds(30), Duration.ofMillis(200));
        return server;
    }

    private static List<TimelineItem> timeline(TaskServer server, String id) {
        return server.ask(ExecutionMessages.TIMELINE, new GetTimeline(id)).items();
    }

    @Test
    void anAttemptAfterACutOffIsNoRetry() throws Exception {
        TaskServer first = server(true).start();
        String id = first.run("p").id();
        began.await();
        first.crash();
        try (TaskServer second = server(false).start()) {
            second.until(id, "completed");
            assertThat(second.executions(id))
                    .extracting(ExecutionView::errorCode)
                    .containsExactly("interrupted", null);
            assertThat(timeline(second, id))
                    .extracting(TimelineItem::kind)
                    .containsExactlyInAnyOrder("created", "started", "completed");
        }
    }

    @Test
    void whatWaitedForAPlaceGoesOnInTheOrderOfTheTasks() throws Exception {
        TaskServer first = server(true).start();
        String running = first.run("p").id();
        began.await();
        List<String> waiting =
                List.of(first.run("p").id(), first.run("p").id(), first.run("p").id());
        first.crash();
        try (TaskServer second = server(false).start()) {
            second.until(running, "completed");
            waiting.forEach(id -> second.until(id, "completed"));
            assertThat(ran).containsSubsequence(waiting);
            waiting.forEach(id -> assertThat(second.executions(id)).hasSize(1));
        }
    }

    /** A task that was to start and did not, because there is no engine. */
    private static String unstarted(TaskServer server, String pipeline) {
        TaskView made = server.create(Map.of("title", "T", "pipeline", pipeline, "auto_start", true));
        assertThat(made.status()).isEqualTo("pending");
        return made.id();
    }

    @Test
    void oneThatCannotStartKeepsNoOtherFromIt() throws Exception {
        TaskServer first = server(false).stage("gone", (context, input) -> "back");
        first.startWithoutEngine();
        String cannot = unstarted(first, "other");
        String can = unstarted(first, "p");
        first.crash();
        try (TaskServer second = server(false).start()) {
            TaskView done = second.until(can, "completed");
            assertThat(second.task(cannot).status()).isEqualTo("pending");
            assertThat(timeline(second, can))
                    .filteredOn(item -> item.kind().equals("started"))
                    .extracting(TimelineItem::actor)
                    .containsExactly(done.createdBy())
                    .doesNotContain("engine");
        }
        try (TaskServer third =
                server(false).stage("gone", (context, input) -> "back").start()) {
            third.until(cannot, "completed");
        }
    }

    @Test
    void aSelectionWithoutWhatItLacksLetsItStart() throws Exception {
        TaskServer first = server(false).stage("gone", (context, input) -> "back");
        first.startWithoutEngine();
        String id = unstarted(first, "both");
        first.crash();
        try (TaskServer second = server(false).start()) {
            assertThat(second.task(id).status()).isEqualTo("pending");
            Chosen able = new Chosen(second.task(id).stages().get(0).id(), 0);
            second.ask(ExecutionMessages.SELECT, new PutSelection(id, List.of(able), null));
            second.until(id, "completed");
            assertThat(ran).containsExactly(id);
        }
    }

    @Test
    void anArchivedTaskIsNotStarted() throws Exception {
        TaskServer first = server(false);
        first.startWithoutEngine();
        String archived = unstarted(first, "p");
        first.ask(TaskBoardMessages.ARCHIVE, new ArchiveTask(archived));
        first.crash();
        try (TaskServer second = server(false).start()) {
            // What is to be started is when the server has.
            assertThat(second.task(archived).status()).isEqualTo("pending");
            assertThat(second.executions(archived)).isEmpty();
        }
    }
}
