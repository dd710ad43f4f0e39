package dev.callboard.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.execution.ExecutionMessages.CancelTask;
import dev.callboard.execution.ExecutionMessages.GetLog;
import dev.callboard.execution.ExecutionMessages.GetOutput;
import dev.callboard.execution.ExecutionMessages.RetryTask;
import dev.callboard.execution.ExecutionMessages.RunTask;
import dev.callboard.model.ExecutionView;
import dev.callboard.model.LogLine;
import dev.callboard.model.ProblemException;
import dev.callboard.model.Setting;
import dev.callboard.model.TaskView;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.ArchiveTask;
import dev.callboard.tasks.TaskMessages.GetSelection;
import dev.callboard.tasks.TaskMessages.ListTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRunTest {
    @TempDir
    Path dir;

    private TaskServer server;

    @BeforeEach
    void prepare() throws IOException {
        server = new TaskServer(dir);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

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

        server.ask(ExecutionMessages.RUN, new RunTask(created.id(), null, "tester"));
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
    void aSelectionLeavesStagesOutAndBridgesThem() throws IOException {
        server.stage("a", (context, input) -> "from a")
                .stage("b", (context, input) -> "from b")
                .stage("c", (context, input) -> input)
                .chain("p", "a", "b", "c")
                .start();
        TaskView task =
                server.create(Map.of("title", "T", "pipeline", "p", "stages", List.of("c", "a"), "auto_start", true));
        TaskView done = server.until(task.id(), "completed");
        assertThat(done.stages()).extracting(TaskView.Stage::selected).containsExactly(true, false, true);
        assertThat(done.stages()).extracting(TaskView.Stage::number).containsExactly(1, null, 2);
        assertThat(server.executions(task.id()).get(1).output()).isEqualTo("from a");
        assertThat(server.ask(TaskMessages.SELECTION_GET, new GetSelection(task.id()))
                        .stages())
                .hasSize(2);
        assertThatThrownBy(() -> server.create(Map.of("title", "T", "pipeline", "p", "stages", List.of("zz"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("known are a, b, c");
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
        assertThatThrownBy(() -> server.ask(ExecutionMessages.RUN, new RunTask(task.id(), null, "x")))
                .hasMessageContaining("wrong_status");

        broken.set(false);
        server.ask(ExecutionMessages.RETRY, new RetryTask(task.id(), "tester"));
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
        server.ask(ExecutionMessages.CANCEL, new CancelTask(task.id(), "tester"));
        await().untilTrue(interrupted);
        TaskView cancelled = server.task(task.id());
        assertThat(cancelled.status()).isEqualTo("cancelled");
        assertThat(server.executions(task.id())).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo("cancelled");
            assertThat(execution.output()).isNull();
        });
        assertThatThrownBy(() -> server.ask(ExecutionMessages.CANCEL, new CancelTask(task.id(), "x")))
                .hasMessageContaining("wrong_status");
    }

    @Test
    void whateverAStageDoesWrongBecomesAFailureWithAReason() throws IOException {
        Map<String, dev.callboard.spi.Stage> bad = new java.util.LinkedHashMap<>();
        bad.put("overflow", (context, input) -> recurse(1));
        bad.put("linkage", (context, input) -> {
            throw new NoClassDefFoundError("org/missing/Thing");
        });
        bad.put("memory", (context, input) -> {
            throw new OutOfMemoryError("pretended");
        });
        bad.put("unchecked", (context, input) -> {
            throw new IllegalStateException("odd");
        });
        bad.put("nothing", (context, input) -> null);
        bad.put("object", (context, input) -> Map.of("at", new Object()));
        bad.put("endless", (context, input) -> {
            List<Object> list = new ArrayList<>();
            list.add(list);
            return list;
        });
        bad.put("infinite", (context, input) -> Double.NaN);
        bad.put("huge", (context, input) -> "x".repeat(1_000_001));
        bad.put("rude", (context, input) -> {
            throw new RuntimeException() {
                @Override
                public String getMessage() {
                    throw new IllegalStateException("not even this");
                }
            };
        });
        bad.put("ledger", (context, input) -> {
            context.writeLedger("No Key", 1);
            return 1;
        });
        bad.put("hangs", (context, input) -> {
            while (true) {
                Thread.onSpinWait();
                if (context.cancelled()) {
                    return 1;
                }
            }
        });
        for (var entry : bad.entrySet()) {
            server.stage(entry.getKey(), entry.getValue());
            server.pipeline(
                    "name: " + entry.getKey() + "\npolicies: {short: {timeout_seconds: 1}}\nstages: [{name: s, type: "
                            + entry.getKey() + ", policy: short}]\n");
        }
        server.stage(
                "none", () -> null, List.of(), StageMetadata.builder("none").build());
        server.chain("none", "none");
        server.stage(
                "handler",
                () -> (context, input) -> 1,
                List.of(),
                StageMetadata.builder("handler")
                        .stateKey("a")
                        .outputHandler((keys, output) -> Map.of("b", 1))
                        .build());
        server.chain("handler", "handler");
        server.start();
        Map<String, String> reasons = Map.ofEntries(
                Map.entry("overflow", "StackOverflowError"),
                Map.entry("linkage", "org/missing/Thing"),
                Map.entry("memory", "pretended"),
                Map.entry("unchecked", "IllegalStateException: odd"),
                Map.entry("nothing", "is null"),
                Map.entry("object", "java.lang.Object"),
                Map.entry("endless", "contains itself"),
                Map.entry("infinite", "number that JSON cannot hold"),
                Map.entry("huge", "limit of 1000000"),
                Map.entry("rude", "TaskRunTest"),
                Map.entry("ledger", "No Key"),
                Map.entry("hangs", "time limit of 1 s"),
                Map.entry("none", "gave no stage"),
                Map.entry("handler", "no state key"));
        Map<String, String> ids = new java.util.HashMap<>();
        reasons.keySet().forEach(name -> ids.put(name, server.run(name).id()));
        reasons.forEach((name, reason) -> assertThat(
                        server.until(ids.get(name), "failed").error())
                .as(name)
                .contains(reason));
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + depth;
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
        assertThat(statuses).startsWith("pending");
        assertThat(seen).extracting(ExecutionView::status).contains("pending", "running", "completed");
        assertThat(lines).extracting(LogLine::text).containsExactly("working");
    }

    @Test
    void settingsAreCheckedAndDefaultsFilledIn() throws IOException {
        Setting size = new Setting("size", Setting.Type.INTEGER, "Size", 5, 1, 10, List.of(), false);
        server.stage(
                        "cut",
                        () -> (context, input) -> context.settings(),
                        List.of(size),
                        StageMetadata.builder("cut").stateKey("cut").build())
                .chain("p", "cut")
                .start();
        TaskView done = server.until(server.run("p").id(), "completed");
        assertThat(server.executions(done.id()).get(0).output()).isEqualTo(Map.of("size", 5));
        TaskView own = server.create(Map.of(
                "title", "T", "pipeline", "p", "auto_start", true, "settings", Map.of("cut", Map.of("size", 7))));
        server.until(own.id(), "completed");
        assertThat(server.executions(own.id()).get(0).output()).isEqualTo(Map.of("size", 7));
        assertThatThrownBy(() -> server.create(
                        Map.of("title", "T", "pipeline", "p", "settings", Map.of("cut", Map.of("size", 11)))))
                .hasMessageContaining("at most 10");
    }

    @Test
    void aTaskThatCannotRunIsRefusedBeforeItStarts() throws IOException {
        server.stage("ok", (context, input) -> 1)
                .manual("person")
                .chain("p", "ok", "person")
                .chain("q", "ok", "nowhere");
        server.start();
        assertThatThrownBy(() -> server.run("p"))
                .hasMessageContaining("'person'")
                .hasMessageContaining("not available");
        assertThatThrownBy(() -> server.run("q")).hasMessageContaining("no stage type 'nowhere'");
        assertThatThrownBy(() -> server.run("zz")).hasMessageContaining("known are p, q");
        TaskView pending = server.create(Map.of("title", "T", "pipeline", "p"));
        assertThatThrownBy(() -> server.ask(ExecutionMessages.RUN, new RunTask(pending.id(), null, "x")))
                .hasMessageContaining("stage_unavailable");
        assertThat(server.ask(TaskMessages.LIST, new ListTasks(null, null, null, 50))
                        .tasks())
                .hasSize(1);
    }

    @Test
    void requestsAreCheckedAsAWhole() throws IOException {
        server.stage("ok", (context, input) -> 1)
                .pipeline("name: texts\napplicable_sources: [text/*]\nstages: [{name: ok, type: ok}]\n")
                .start();
        assertThatThrownBy(() -> server.create(
                        Map.of("titel", "x", "input", List.of(Map.of("url", "ftp://a/"), Map.of("text", 1)))))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(
                                problem.problem().violations())
                        .extracting("pointer")
                        .contains("/titel", "/title", "/input/0/url", "/input/1/text"));
        assertThatThrownBy(() -> server.create(Map.of("title", "T", "input", List.of(Map.of("blob", "../../etc")))))
                .hasMessageContaining("there is no blob");
        assertThat(server.create(Map.of("title", "T", "input", List.of(Map.of("text", "x"))))
                        .pipeline())
                .isEqualTo("texts");
        assertThatThrownBy(() -> server.create(Map.of("title", "T"))).hasMessageContaining("no_pipeline");
    }

    @Test
    void tasksAreListedInPagesAndArchivedOnesAreGone() throws IOException {
        server.stage("ok", (context, input) -> 1).chain("p", "ok").start();
        List<String> ids =
                IntStream.range(0, 5).mapToObj(i -> server.run("p").id()).toList();
        ids.forEach(id -> server.until(id, "completed"));
        var first = server.ask(TaskMessages.LIST, new ListTasks(null, null, null, 3));
        var second = server.ask(TaskMessages.LIST, new ListTasks("completed", null, first.next(), 3));
        List<String> listed = new ArrayList<>();
        first.tasks().forEach(task -> listed.add(task.id()));
        second.tasks().forEach(task -> listed.add(task.id()));
        assertThat(listed)
                .containsExactlyElementsOf(
                        ids.stream().sorted(Collections.reverseOrder()).toList());
        assertThat(second.next()).isNull();
        server.ask(TaskMessages.ARCHIVE, new ArchiveTask(ids.get(0), "tester"));
        assertThat(server.ask(TaskMessages.LIST, new ListTasks(null, null, null, 10))
                        .tasks())
                .hasSize(4);
    }
}
