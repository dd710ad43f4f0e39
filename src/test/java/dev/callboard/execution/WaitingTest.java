package dev.callboard.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.execution.ExecutionMessages.CancelTask;
import dev.callboard.execution.ExecutionMessages.GetLog;
import dev.callboard.execution.ExecutionMessages.GetTimeline;
import dev.callboard.execution.ExecutionMessages.RetryTask;
import dev.callboard.execution.ExecutionMessages.TimelineItem;
import dev.callboard.execution.LedgerMessages.WriteLedger;
import dev.callboard.model.ExecutionView;
import dev.callboard.model.LogLine;
import dev.callboard.model.TaskView;
import dev.callboard.model.WaitingFor;
import dev.callboard.spi.StageWait;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.CreateTask;
import dev.callboard.tasks.TaskMessages.ListTasks;
import dev.callboard.tasks.TaskMessages.TasksReply;
import dev.callboard.testing.TestClock;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages that wait: durably, without a thread, and never past a write to their ledger. */
class WaitingTest {
    private static final String READY = "[{field: ready, equals: true}]";

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private TaskServer server;

    @BeforeEach
    void prepare() throws IOException {
        server = fresh();
    }

    private TaskServer fresh() throws IOException {
        TaskServer made = new TaskServer(dir).coreStages().stage("after", (context, input) -> input);
        made.clock = clock;
        return made;
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private TaskServer gate(String config) throws IOException {
        return server.pipeline("name: p\nstages:\n  - {name: gate, type: gate, config: " + config
                + "}\n  - {name: after, type: after}\n");
    }

    private void write(String task, Map<String, Object> entries) {
        server.ask(LedgerMessages.WRITE, new WriteLedger(task, entries, "tester"));
    }

    private TaskView waiting(String task) {
        await().atMost(Duration.ofSeconds(20)).until(() -> server.task(task).waitingFor() != null);
        return server.task(task);
    }

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
        assertThat(failed.error()).contains("The gate waited 40 s in vain for n to be greater than 3 (it is 2).");

        server.ask(ExecutionMessages.RETRY, new RetryTask(id, "tester"));
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
        server.ask(ExecutionMessages.RUN, new ExecutionMessages.RunTask(created.id(), null, "tester"));
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
        assertThat(failed.error()).contains("waited 10 s in vain");
    }

    @Test
    void itLooksAgainAfterThePollIntervalAndRemembers() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        List<Object> remembered = new ArrayList<>();
        server.stage("poller", (context, input) -> {
                    remembered.add(context.memory());
                    context.log("look");
                    if (looks.incrementAndGet() < 3) {
                        throw StageWait.until("the world", Duration.ofSeconds(20), null, Map.of("looks", looks.get()));
                    }
                    return context.idempotencyKey();
                })
                .chain("q", "poller")
                .start();
        String id = waiting(server.run("q").id()).id();
        clock.forward(Duration.ofSeconds(19));
        clock.forward(Duration.ofSeconds(1));
        await().untilAtomic(looks, org.hamcrest.Matchers.is(2));
        await().until(() ->
                waiting(id).waitingFor().nextCheck().equals(clock.instant().plusSeconds(20)));
        clock.forward(Duration.ofSeconds(20));
        server.until(id, "completed");
        assertThat(remembered).containsExactly(Map.of(), Map.of("looks", 1), Map.of("looks", 2));
        ExecutionView execution = server.executions(id).get(0);
        assertThat(execution.output()).isEqualTo(execution.id());
        assertThat(server.ask(ExecutionMessages.LOG, new GetLog(execution.id(), 0, 10))
                        .lines())
                .extracting(LogLine::seq)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void aWriteWhileAStageLooksIsNotLost() throws IOException {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();
        server.stage("slow", (context, input) -> {
                    seen.add(context.ledger());
                    if (context.ledger().isEmpty()) {
                        looking.countDown();
                        written.await();
                        throw StageWait.until("a write", Duration.ofDays(1), null, Map.of());
                    }
                    return 1;
                })
                .chain("q", "slow")
                .start();
        String id = server.run("q").id();
        await().until(() -> looking.getCount() == 0);
        write(id, Map.of("k", 1));
        written.countDown();
        server.until(id, "completed");
        assertThat(seen).containsExactly(Map.of(), Map.of("k", 1));
    }

    @Test
    void aCancelledTaskNeverWakes() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        server.stage("poller", (context, input) -> {
                    looks.incrementAndGet();
                    throw StageWait.until("ever", Duration.ofSeconds(1), null, Map.of());
                })
                .chain("q", "poller")
                .start();
        String id = waiting(server.run("q").id()).id();
        server.ask(ExecutionMessages.CANCEL, new CancelTask(id, "tester"));
        TaskView cancelled = server.task(id);
        assertThat(cancelled.status()).isEqualTo("cancelled");
        assertThat(cancelled.waitingFor()).isNull();
        int before = looks.get();
        clock.forward(Duration.ofSeconds(5));
        write(id, Map.of("k", 1));
        // Another task that goes all the way shows that the scheduler has looked since.
        String other = waiting(server.run("q").id()).id();
        clock.forward(Duration.ofSeconds(5));
        await().until(() -> looks.get() >= before + 2);
        assertThat(server.executions(id)).extracting(ExecutionView::status).containsExactly("cancelled");
        assertThat(looks.get()).isEqualTo(before + 2);
        assertThat(server.task(other).status()).isEqualTo("running");
    }

    @Test
    void whatCannotBeKeptFailsWithAReason() throws IOException {
        server.stage("hoarder", (context, input) -> {
                    throw StageWait.until("x", Duration.ofSeconds(1), null, Map.of("all", "x".repeat(70_000)));
                })
                .chain("q", "hoarder")
                .start();
        TaskView failed = server.until(server.run("q").id(), "failed");
        assertThat(server.executions(failed.id()).get(0).errorCode()).isEqualTo("wrong_wait");
        assertThat(failed.error()).contains("cannot be kept");
    }

    @Test
    void aThousandWaitingTasksTakeNoThreadsAndNoPlaces() throws IOException {
        server.options = new ExecutionVerticle.Options(2, Duration.ofSeconds(30), Duration.ofMillis(200), 1_000_000);
        gate("{conditions: " + READY + "}").chain("free", "after").start();
        List<String> ids = new CopyOnWriteArrayList<>();
        ids.add(waiting(server.run("p").id()).id());
        int threads = Thread.activeCount();
        Map<String, Object> request = Map.of("title", "T", "pipeline", "p", "auto_start", true);
        inBatches(999, i -> server.bus
                .ask(TaskMessages.CREATE, new CreateTask(request, "tester"), 20_000)
                .onSuccess(reply -> ids.add(reply.task().id())));
        await().atMost(Duration.ofSeconds(60)).until(() -> waitingTasks() == 1_000);
        assertThat(Thread.activeCount()).isLessThan(threads + 20);
        server.until(server.run("free").id(), "completed");
        assertThat(waitingTasks()).isEqualTo(1_000);

        inBatches(
                1_000,
                i -> server.bus.ask(
                        LedgerMessages.WRITE, new WriteLedger(ids.get(i), Map.of("ready", true), "tester"), 20_000));
        await().atMost(Duration.ofSeconds(60)).until(() -> all("completed").size() == 1_001);
    }

    /** Some at once: the database stores them together. */
    private static void inBatches(int count, IntFunction<Future<?>> one) {
        for (int start = 0; start < count; start += 50) {
            TaskServer.get(Future.all(IntStream.range(start, Math.min(count, start + 50))
                    .<Future<?>>mapToObj(one)
                    .toList()));
        }
    }

    private long waitingTasks() {
        return all("running").stream().filter(task -> task.waitingFor() != null).count();
    }

    private List<TaskView> all(String status) {
        List<TaskView> found = new ArrayList<>();
        String cursor = null;
        do {
            TasksReply page = server.ask(TaskMessages.LIST, new ListTasks(status, null, cursor, 200));
            found.addAll(page.tasks());
            cursor = page.next();
        } while (cursor != null);
        return found;
    }
}
