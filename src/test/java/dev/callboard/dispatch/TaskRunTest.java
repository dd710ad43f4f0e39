package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.CancelTask;
import dev.callboard.engine.ExecutionMessages.GetLog;
import dev.callboard.engine.ExecutionMessages.GetOutput;
import dev.callboard.engine.ExecutionMessages.RetryTask;
import dev.callboard.engine.ExecutionMessages.RunTask;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.LogLine;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a task goes through its stages: order, branches, failure and retry, cancelling, large outputs, progress. */
class TaskRunTest extends TaskServerFixture {
    @Test
    void aTaskGoesThroughItsStagesInOrderAndEachGetsTheOutputBefore() throws IOException {
        server.stage("first", (context, input) -> Map.of("got", input, "n", 1))
                .stage("second", (context, input) -> {
                    context.log("two\nlines");
                    context.writeLedger("ready", true);
                    return List.of(input, context.state().keySet().stream().toList());
                })
                .stage("third", (context, input) -> Map.of("ledger", context.ledger(), "last", input))
                .chain("p", "first", "second", "third")
                .start();
        TaskView created = server.create(
                Map.of("title", " Title ", "pipeline", "p", "input", List.of(Map.of("text", "hello", "name", "a.md"))));
        assertThat(created.status()).isEqualTo("pending");
        assertThat(created.title()).isEqualTo("Title");
        assertThat(created.stages()).extracting(TaskView.Stage::number).containsExactly(1, 2, 3);
        assertThat(created.input().get(0).toString()).contains("text/markdown", "a.md", "size=5");

        server.ask(ExecutionMessages.RUN, new RunTask(created.id(), null));
        TaskView done = server.until(created.id(), "completed");

        assertThat(done.currentStageId()).isNull();
        assertThat(done.stages()).extracting(TaskView.Stage::status).containsOnly("completed");
        assertThat(done.stateKeys()).containsOnlyKeys("first", "second", "third");
        assertThat(done.ledger()).containsEntry("ready", true);
        assertThat(done.completedAt()).isNotNull();
        List<ExecutionView> executions = server.executions(done.id());
        assertThat(executions).extracting(ExecutionView::stage).containsExactly("first", "second", "third");
        assertThat(executions).allSatisfy(execution -> {
            assertThat(execution.status()).isEqualTo("completed");
            assertThat(execution.attempt()).isEqualTo(1);
            assertThat(execution.outputCount()).isEqualTo(1);
            assertThat(execution.durationMs()).isNotNull();
            assertThat(execution.startedAt()).isBeforeOrEqualTo(execution.completedAt());
        });
        assertThat(executions.get(0).input()).isEqualTo(Map.of("task_input", true));
        assertThat(executions.get(1).input())
                .isEqualTo(
                        Map.of("executions", Map.of("first", executions.get(0).id())));
        assertThat(executions.get(1).output().toString()).contains("n=1", "[first]");
        assertThat(executions.get(2).output().toString()).contains("ready=true");
        var log = server.ask(ExecutionMessages.LOG, new GetLog(executions.get(1).id(), 0, 10));
        assertThat(log.lines()).extracting(LogLine::text).containsExactly("two", "lines");
        assertThat(log.lines()).extracting(LogLine::seq).containsExactly(1L, 2L);
    }

    @Test
    void branchesRunAtOnceAndAJoinGetsBothByName() throws IOException {
        CountDownLatch both = new CountDownLatch(2);
        server.stage("start", (context, input) -> 1)
                .stage("branch", (context, input) -> {
                    both.countDown();
                    both.await();
                    return context.stageName();
                })
                .stage("join", (context, input) -> input)
                .pipeline(
                        """
                        name: diamond
                        stages:
                          - {name: start, type: start}
                          - {name: left, type: branch, depends_on: [start]}
                          - {name: right, type: branch, depends_on: [start]}
                          - {name: join, type: join, depends_on: [left, right]}
                        """)
                .start();
        TaskView task = server.until(server.run("diamond").id(), "completed");
        List<ExecutionView> executions = server.executions(task.id());
        assertThat(executions.get(3).output()).isEqualTo(Map.of("left", "left", "right", "right"));
    }

    @Test
    void aFailureIsToldAndARetryKeepsWhatIsDone() throws IOException {
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger firstRuns = new AtomicInteger();
        server.stage("first", (context, input) -> firstRuns.incrementAndGet())
                .stage("second", (context, input) -> {
                    context.writeLedger("half", 1);
                    if (broken.get()) {
                        throw StageFailure.permanent("bad_input", "The file is not a letter.");
                    }
                    return "attempt " + context.attempt();
                })
                .chain("p", "first", "second")
                .start();
        TaskView task = server.run("p");
        TaskView failed = server.until(task.id(), "failed");
        assertThat(failed.error()).isEqualTo("Stage 'second' failed: The file is not a letter.");
        assertThat(failed.ledger()).isEmpty();
        assertThat(failed.currentStageId()).isEqualTo(failed.stages().get(1).id());
        ExecutionView attempt = server.executions(task.id()).get(1);
        assertThat(attempt.error()).isEqualTo("The file is not a letter.");
        assertThat(attempt.errorCode()).isEqualTo("bad_input");
        assertThatThrownBy(() -> server.ask(ExecutionMessages.RUN, new RunTask(task.id(), null)))
                .hasMessageContaining("wrong_status");

        broken.set(false);
        server.ask(ExecutionMessages.RETRY, new RetryTask(task.id()));
        server.until(task.id(), "completed");
        assertThat(firstRuns).hasValue(1);
        assertThat(server.executions(task.id()))
                .extracting(ExecutionView::status)
                .containsExactly("completed", "failed", "completed");
        assertThat(server.executions(task.id()).get(2).output()).isEqualTo("attempt 2");
        assertThat(server.task(task.id()).error()).isNull();
    }

    @Test
    void aCancelledTaskInterruptsItsStageAndDropsItsResult() throws IOException {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        server.stage("slow", (context, input) -> {
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(context.cancelled());
                    }
                    return "late";
                })
                .chain("p", "slow")
                .start();
        TaskView task = server.run("p");
        await().until(() -> running.getCount() == 0);
        server.ask(ExecutionMessages.CANCEL, new CancelTask(task.id()));
        await().untilTrue(interrupted);
        TaskView cancelled = server.task(task.id());
        assertThat(cancelled.status()).isEqualTo("cancelled");
        assertThat(server.executions(task.id())).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo("cancelled");
            assertThat(execution.output()).isNull();
        });
        assertThatThrownBy(() -> server.ask(ExecutionMessages.CANCEL, new CancelTask(task.id())))
                .hasMessageContaining("wrong_status");
    }

    @Test
    void aStageWithoutStateKeyMayPutOutNothing() throws IOException {
        server.stage(
                        "quiet",
                        () -> (context, input) -> null,
                        List.of(),
                        StageMetadata.builder("quiet").build())
                .chain("p", "quiet")
                .start();
        TaskView done = server.until(server.run("p").id(), "completed");
        assertThat(done.stateKeys()).isEmpty();
        assertThat(server.executions(done.id()).get(0).outputCount()).isZero();
    }

    @Test
    void largeOutputsGoThroughTheBlobFolder() throws IOException {
        List<Integer> numbers = IntStream.range(0, 30_000).boxed().toList();
        server.stage("make", (context, input) -> numbers)
                .stage(
                        "take",
                        (context, input) -> List.of(
                                ((List<?>) input).size(),
                                ((List<?>) context.state().get("make")).size()))
                .chain("p", "make", "take")
                .start();
        TaskView done = server.until(server.run("p").id(), "completed");
        List<ExecutionView> executions = server.executions(done.id());
        assertThat(executions.get(0).output()).isNull();
        assertThat(executions.get(0).outputRef().size()).isGreaterThan(64 * 1024);
        assertThat(executions.get(1).output()).isEqualTo(List.of(30_000, 30_000));
        assertThat(done.stateKeys().get("make").toString()).contains("output_ref");
        var output = server.ask(
                ExecutionMessages.OUTPUT, new GetOutput(executions.get(0).id()));
        assertThat(server.blobs.size(output.blob())).isEqualTo(output.size());
    }

    @Test
    void progressAndLogLinesAreToldWhileAStageRuns() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        List<ExecutionView> seen = new CopyOnWriteArrayList<>();
        List<LogLine> lines = Collections.synchronizedList(new ArrayList<>());
        List<String> statuses = new CopyOnWriteArrayList<>();
        server.stage("work", (context, input) -> {
                    context.progress(1, 2, "half");
                    context.log("working");
                    go.await();
                    return 1;
                })
                .chain("p", "work")
                .start();
        server.bus.listen(ExecutionMessages.CHANGED, event -> seen.add(event.execution()));
        server.bus.listen(ExecutionMessages.LOG_ADDED, event -> lines.addAll(event.lines()));
        server.bus.listen(
                TaskMessages.CHANGED, event -> statuses.add(event.task().status()));
        TaskView task = server.run("p");
        await().until(() -> seen.stream().anyMatch(view -> view.progress() != null));
        await().until(() -> !lines.isEmpty());
        assertThat(server.executions(task.id()).get(0).progress().message()).isEqualTo("half");
        go.countDown();
        server.until(task.id(), "completed");
        await().until(() -> statuses.contains("completed"));
        assertThat(statuses).startsWith("running");
        assertThat(seen).extracting(ExecutionView::status).contains("running", "completed");
        assertThat(lines).extracting(LogLine::text).containsExactly("working");
    }
}
