package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.CancelTask;
import dev.callboard.engine.ExecutionMessages.GetTimeline;
import dev.callboard.engine.ExecutionMessages.RetryTask;
import dev.callboard.engine.ExecutionMessages.TimelineItem;
import dev.callboard.spi.StageFailure;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.WaitingFor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What policies make of failures, over restarts too. */
class PolicyRunTest {
    @TempDir
    Path dir;

    private final AtomicInteger runs = new AtomicInteger();

    private TaskServer server(int failures, String policy) throws IOException {
        return new TaskServer(dir)
                .stage("flaky", (context, input) -> {
                    if (runs.incrementAndGet() <= failures) {
                        throw StageFailure.retryable("busy", "The service is busy.", null);
                    }
                    return context.attempt();
                })
                .pipeline("name: p\npolicies: {x: " + policy + "}\nstages: [{name: s, type: flaky, policy: x}]\n");
    }

    private static List<TimelineItem> retries(TaskServer server, String id) {
        return server.ask(ExecutionMessages.TIMELINE, new GetTimeline(id)).items().stream()
                .filter(item -> item.kind().equals("retry"))
                .toList();
    }

    private static TaskView untilWaiting(TaskServer server, String id) {
        await().until(() -> server.task(id).waitingFor() != null);
        return server.task(id);
    }

    @Test
    void aBackoffSurvivesARestart() throws IOException {
        TaskServer first =
                server(1, "{max_attempts: 3, delay_seconds: 3, jitter: 0}").start();
        String id = first.run("p").id();
        TaskView waiting = untilWaiting(first, id);
        assertThat(waiting.status()).isEqualTo("running");
        WaitingFor retry = Objects.requireNonNull(waiting.waitingFor());
        assertThat(retry.kind()).isEqualTo("retry");
        assertThat(retry.stage()).isEqualTo("s");
        assertThat(retry.reason()).contains("The service is busy.");
        assertThat(Duration.between(retry.since(), retry.until())).isEqualTo(Duration.ofSeconds(3));
        assertThat(retries(first, id)).singleElement().satisfies(item -> assertThat(item.detail())
                .startsWith("s (busy): The service is busy. Attempt 2 of 3 at "));
        first.crash();

        try (TaskServer second =
                server(1, "{max_attempts: 3, delay_seconds: 3, jitter: 0}").start()) {
            second.until(id, "completed");
            List<ExecutionView> executions = second.executions(id);
            assertThat(executions).extracting(ExecutionView::status).containsExactly("failed", "completed");
            assertThat(executions.get(1).id()).isEqualTo(retry.executionId());
            assertThat(executions.get(1).startedAt()).isAfterOrEqualTo(retry.until());
            assertThat(second.task(id).waitingFor()).isNull();
        }
    }

    @Test
    void aTaskMayBeCancelledWhileItWaits() throws IOException {
        try (TaskServer server =
                server(9, "{max_attempts: 3, delay_seconds: 2, jitter: 0}").start()) {
            String id = server.run("p").id();
            Instant due = Objects.requireNonNull(
                    Objects.requireNonNull(untilWaiting(server, id).waitingFor())
                            .until());
            server.ask(ExecutionMessages.CANCEL, new CancelTask(id));
            await().until(() -> Instant.now().isAfter(due.plusMillis(500)));
            assertThat(server.task(id).status()).isEqualTo("cancelled");
            assertThat(server.task(id).waitingFor()).isNull();
            assertThat(server.executions(id)).extracting(ExecutionView::status).containsExactly("failed", "cancelled");
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void aPersonsRetryCountsAnew() throws IOException {
        try (TaskServer server =
                server(3, "{max_attempts: 2, delay_seconds: 0}").start()) {
            String id = server.run("p").id();
            assertThat(server.until(id, "failed").error()).contains("The service is busy.");
            assertThat(runs).hasValue(2);
            server.ask(ExecutionMessages.RETRY, new RetryTask(id));
            server.until(id, "completed");
            assertThat(server.executions(id))
                    .extracting(ExecutionView::status)
                    .containsExactly("failed", "failed", "failed", "completed");
            assertThat(retries(server, id)).hasSize(2);
        }
    }

    @Test
    void aStageThatDoesNotEndIsGivenUpInTimeAndTriedAgain() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        TaskServer server = new TaskServer(dir)
                .stage("deaf", (context, input) -> {
                    while (context.attempt() == 1 && end.getCount() > 0) {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            context.log("not listening");
                        }
                    }
                    return context.attempt();
                })
                .pipeline(
                        """
                        name: p
                        policies: {x: {max_attempts: 2, delay_seconds: 0, timeout_seconds: 0.5}}
                        stages: [{name: s, type: deaf, policy: x}]
                        """)
                .start();
        try (server) {
            String id = server.run("p").id();
            server.until(id, "completed");
            end.countDown();
            List<ExecutionView> executions = server.executions(id);
            assertThat(executions).extracting(ExecutionView::errorCode).containsExactly("timeout", null);
            assertThat(executions.get(1).output()).isEqualTo(2);
        } finally {
            end.countDown();
        }
    }

    @Test
    void afterAFinalFailureElsewhereNothingIsTriedAgain() throws IOException {
        CountDownLatch failed = new CountDownLatch(1);
        TaskServer server = new TaskServer(dir)
                .stage("start", (context, input) -> 1)
                .stage("wrong", (context, input) -> {
                    throw StageFailure.permanent("wrong", "It is wrong.");
                })
                .stage("busy", (context, input) -> {
                    failed.await();
                    throw StageFailure.retryable("busy", "It is busy.", null);
                })
                .pipeline(
                        """
                        name: p
                        policies: {x: {max_attempts: 5, delay_seconds: 0}}
                        stages:
                          - {name: start, type: start}
                          - {name: a, type: wrong, policy: x, depends_on: [start]}
                          - {name: b, type: busy, policy: x, depends_on: [start]}
                        """)
                .start();
        try (server) {
            String id = server.run("p").id();
            await().until(() -> server.executions(id).stream()
                    .anyMatch(each -> each.stage().equals("a") && each.status().equals("failed")));
            failed.countDown();
            assertThat(server.until(id, "failed").error()).contains("It is wrong.");
            assertThat(server.executions(id)).extracting(ExecutionView::attempt).containsExactly(1, 1, 1);
        }
    }
}
