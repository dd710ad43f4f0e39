package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to running tasks when the server stops, in good order or not. */
class ResumeTest {
    @TempDir
    Path dir;

    private final AtomicInteger firstRuns = new AtomicInteger();
    private final AtomicInteger secondRuns = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);

    private TaskServer server(boolean block) throws IOException {
        return new TaskServer(dir)
                .stage("first", (context, input) -> firstRuns.incrementAndGet())
                .stage("second", (context, input) -> {
                    secondRuns.incrementAndGet();
                    if (block) {
                        release.await();
                    }
                    return context.attempt();
                })
                .chain("p", "first", "second")
                .pipeline(
                        """
                        name: once
                        policies: {once: {max_attempts: 1}}
                        stages: [{name: second, type: second, policy: once}]
                        """);
    }

    @Test
    void aTaskThatRanWhenTheProcessDiedGoesOn() throws IOException {
        TaskServer first = server(true).start();
        String id = first.run("p").id();
        await().untilAtomic(secondRuns, org.hamcrest.Matchers.is(1));
        first.crash();

        try (TaskServer second = server(false).start()) {
            TaskView done = second.until(id, "completed");
            assertThat(done.stages()).extracting(TaskView.Stage::status).containsOnly("completed");
            assertThat(second.executions(id))
                    .extracting(ExecutionView::status)
                    .containsExactly("completed", "failed", "completed");
            assertThat(second.executions(id).get(1).errorCode()).isEqualTo("interrupted");
            assertThat(second.executions(id).get(2).output()).isEqualTo(2);
            assertThat(firstRuns).hasValue(1);
        }
    }

    @Test
    void aTaskThatWasMadeButNotStartedWhenTheProcessDiedIsStarted() throws IOException {
        TaskServer first = server(false);
        first.startWithoutEngine();
        assertThat(first.run("p").status()).isEqualTo("pending");
        String left = first.create(Map.of("title", "T", "pipeline", "p")).id();
        first.crash();

        try (TaskServer second = server(false).start()) {
            await().untilAtomic(secondRuns, org.hamcrest.Matchers.is(1));
            // One that was not to start waits for a person, as before.
            assertThat(second.task(left).status()).isEqualTo("pending");
        }
        try (TaskServer third = server(false).start()) {
            assertThat(third.task(left).status()).isEqualTo("pending");
            assertThat(secondRuns).hasValue(1);
        }
    }

    @Test
    void aStageThatMayRunOnlyOnceIsNotRunAgain() throws IOException {
        TaskServer first = server(true).start();
        String id = first.run("once").id();
        await().untilAtomic(secondRuns, org.hamcrest.Matchers.is(1));
        first.crash();

        try (TaskServer second = server(false).start()) {
            assertThat(second.until(id, "failed").error()).contains("server stopped");
            assertThat(secondRuns).hasValue(1);
        }
    }

    @Test
    void stoppingPutsARunningStageBack() throws IOException {
        TaskServer first = server(true).start();
        String id = first.run("p").id();
        await().untilAtomic(secondRuns, org.hamcrest.Matchers.is(1));
        first.close();

        try (TaskServer second = server(false).start()) {
            second.until(id, "completed");
            assertThat(secondRuns).hasValue(2);
        }
    }

    @Test
    void stoppingWaitsForAStageThatIsAboutToFinish() throws IOException {
        TaskServer first = server(true);
        first.options =
                new ExecutionVerticle.Options(4, java.time.Duration.ofSeconds(30), java.time.Duration.ofSeconds(20));
        first.start();
        String id = first.run("p").id();
        await().untilAtomic(secondRuns, org.hamcrest.Matchers.is(1));
        first.vertx.setTimer(300, timer -> release.countDown());
        first.close();

        try (TaskServer second = server(false).start()) {
            assertThat(second.task(id).status()).isEqualTo("completed");
            assertThat(second.executions(id)).hasSize(2);
        }
    }
}
