package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.GetTimeline;
import dev.callboard.engine.ExecutionMessages.RetryTask;
import dev.callboard.engine.ExecutionMessages.TimelineItem;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.WaitingFor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Gates in running tasks: they pass, fail and time out, and a restart changes nothing about it. */
class GateRunTest extends WaitFixture {
    @Test
    void aGateWaitsAndAWriteLetsItPassAtOnce() throws IOException {
        gate("{conditions: " + READY + "}").start();
        TaskView task = waiting(server.run("p").id());
        ExecutionView before = server.executions(task.id()).get(0);
        assertThat(task.status()).isEqualTo("running");
        assertThat(task.waitingFor())
                .isEqualTo(new WaitingFor(
                        before.stageTemplateId(),
                        "gate",
                        before.id(),
                        "ledger",
                        "ready to equal true (it is not set)",
                        clock.instant(),
                        null,
                        clock.instant().plusSeconds(30)));
        assertThat(before.status()).isEqualTo("running");
        assertThat(before.waitingFor()).isEqualTo(task.waitingFor());

        clock.forward(Duration.ofSeconds(5));
        write(task.id(), Map.of("ready", "not yet"));
        await().until(() -> waiting(task.id()).waitingFor().reason().equals("ready to equal true (it is \"not yet\")"));
        assertThat(server.task(task.id()).waitingFor().since())
                .isEqualTo(task.waitingFor().since());
        write(task.id(), Map.of("ready", true));
        TaskView done = server.until(task.id(), "completed");
        assertThat(done.waitingFor()).isNull();
        ExecutionView after = server.executions(task.id()).get(0);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.waitingFor()).isNull();
        assertThat(after.durationMs()).isEqualTo(5_000);
        assertThat(server.executions(task.id())).hasSize(2);
        assertThat(server.ask(ExecutionMessages.TIMELINE, new GetTimeline(task.id()))
                        .items())
                .extracting(TimelineItem::kind)
                .containsExactlyInAnyOrder("created", "started", "waiting", "ledger", "ledger", "completed");
    }

    @Test
    void theWriteOfAnotherStageWakesAGate() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        server.stage("writer", (context, input) -> {
                    release.await();
                    context.writeLedger("ready", true);
                    context.writeLedger("value", List.of(1, 2));
                    return 1;
                })
                .pipeline(
                        """
                        name: p
                        stages:
                          - {name: writer, type: writer}
                          - {name: gate, type: gate, depends_on: [], config: {conditions: [{field: ready, equals: true}], take: value}}
                          - {name: other, type: gate, depends_on: [], config: {conditions: {field: value.1, gte: 2}}}
                          - {name: after, type: after, depends_on: [gate, other]}
                        """)
                .start();
        TaskView task = server.run("p");
        await().until(() -> server.executions(task.id()).stream()
                        .filter(execution -> execution.waitingFor() != null)
                        .count()
                == 2);
        assertThat(server.task(task.id()).waitingFor().stage()).isEqualTo("gate");
        release.countDown();
        TaskView done = server.until(task.id(), "completed");
        ExecutionView after = server.executions(done.id()).get(3);
        assertThat(((Map<?, ?>) after.output()).get("gate")).isEqualTo(List.of(1, 2));
    }

    @Test
    void aTimeoutFailsWithTheValuesAndRetryWaitsAfresh() throws IOException {
        gate("{conditions: [{field: n, gt: 3}], timeout_seconds: 40}").start();
        String id = waiting(server.run("p").id()).id();
        write(id, Map.of("n", 2));
        assertThat(server.task(id).waitingFor().until())
                .isEqualTo(clock.instant().plusSeconds(40));
        clock.forward(Duration.ofSeconds(40));
        TaskView failed = server.until(id, "failed");
        assertThat(server.executions(id).get(0).errorCode()).isEqualTo("gate_timeout");
        assertThat(failed.error())
                .contains("The gate timed out after 40 s waiting for n to be greater than 3 (it is 2).");

        server.ask(ExecutionMessages.RETRY, new RetryTask(id));
        assertThat(waiting(id).waitingFor().until()).isEqualTo(clock.instant().plusSeconds(40));
        write(id, Map.of("n", 4));
        server.until(id, "completed");
        assertThat(server.executions(id)).extracting(ExecutionView::attempt).startsWith(1, 2);
    }

    @Test
    void aChangeIsMeasuredFromTheBeginningOverARestart() throws IOException {
        gate("{conditions: [{field: n, changed: true}]}").start();
        TaskView created = server.create(Map.of("title", "T", "pipeline", "p"));
        write(created.id(), Map.of("n", 1));
        server.ask(ExecutionMessages.RUN, new ExecutionMessages.RunTask(created.id(), null));
        WaitingFor before = waiting(created.id()).waitingFor();
        server.crash();

        clock.forward(Duration.ofSeconds(12));
        server = fresh();
        server.start();
        write(created.id(), Map.of("n", 1.0));
        assertThat(server.task(created.id()).waitingFor()).isEqualTo(before);
        write(created.id(), Map.of("n", 2));
        server.until(created.id(), "completed");
        assertThat(server.executions(created.id())).hasSize(2);
        assertThat(server.executions(created.id()).get(0).id()).isEqualTo(before.executionId());
        assertThat(server.executions(created.id()).get(0).durationMs()).isEqualTo(12_000);
    }

    @Test
    void stoppingLeavesAWaitAsItIsAndADeadlineMayPassMeanwhile() throws IOException {
        gate("{conditions: " + READY + ", timeout_seconds: 10}").start();
        String id = waiting(server.run("p").id()).id();
        server.close();

        clock.forward(Duration.ofMinutes(1));
        server = fresh();
        server.start();
        TaskView failed = server.until(id, "failed");
        assertThat(server.executions(id)).hasSize(1);
        assertThat(failed.error()).contains("timed out after 10 s");
    }
}
