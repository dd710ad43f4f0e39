package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.CancelTask;
import dev.callboard.engine.ExecutionMessages.GetLog;
import dev.callboard.spi.StageWait;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.LogLine;
import dev.callboard.taskmodel.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Stages that wait: they look again when told to, remember, and never miss a write to their ledger. */
class WaitingTest extends WaitFixture {
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
    void aLookThatChangesNothingWritesNothing() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        server.stage("poller", (context, input) -> {
                    looks.incrementAndGet();
                    throw StageWait.until("the world", Duration.ofSeconds(20), null, Map.of("kept", "the same"));
                })
                .chain("q", "poller")
                .start();
        String id = waiting(server.run("q").id()).id();
        List<String> told = new CopyOnWriteArrayList<>();
        server.bus.listen(
                ExecutionMessages.CHANGED, event -> told.add(event.execution().status()));
        server.bus.listen(ExecutionMessages.TASK_MOVED, event -> told.add(event.status()));
        long task = server.task(id).revision();
        long attempt = server.executions(id).get(0).revision();
        for (int look = 2; look <= 5; look++) {
            clock.forward(Duration.ofSeconds(20));
            int expected = look;
            await().until(() -> looks.get() == expected);
        }
        // The look before the last has been stored: else there had been no last one.
        assertThat(server.task(id).revision()).isEqualTo(task);
        assertThat(server.executions(id).get(0).revision()).isEqualTo(attempt);
        assertThat(told).isEmpty();
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
    void aDeadlineThatHasPassedAlreadyIsDueAtOnceAndOnce() throws IOException {
        Instant begun = clock.instant();
        List<Instant> looks = new CopyOnWriteArrayList<>();
        server.stage("late", (context, input) -> {
                    looks.add(context.now());
                    if (context.now().isBefore(begun.plusSeconds(30))) {
                        throw StageWait.until("the past", Duration.ofSeconds(30), Instant.MIN, Map.of());
                    }
                    return 1;
                })
                .chain("q", "late")
                .start();
        String id = server.run("q").id();
        await().until(() -> looks.size() == 2);
        assertThat(waiting(id).waitingFor().until()).isEqualTo(Instant.parse("0000-01-01T00:00:00Z"));
        clock.forward(Duration.ofSeconds(29));
        clock.forward(Duration.ofSeconds(1));
        server.until(id, "completed");
        assertThat(looks).containsExactly(begun, begun, begun.plusSeconds(30));
    }

    @Test
    void aDeadlineBeyondAllTimestampsIsNone() throws IOException {
        server.stage("patient", (context, input) -> {
                    throw StageWait.until("ever", Duration.ofSeconds(30), Instant.MAX, Map.of());
                })
                .chain("q", "patient")
                .start();
        assertThat(waiting(server.run("q").id()).waitingFor().until()).isNull();
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
        server.ask(ExecutionMessages.CANCEL, new CancelTask(id));
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
}
