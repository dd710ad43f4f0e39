package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.WorkMessages;
import dev.callboard.engine.WorkMessages.BeatWork;
import dev.callboard.engine.WorkMessages.CompleteWork;
import dev.callboard.engine.WorkMessages.End;
import dev.callboard.engine.WorkMessages.ProgressWork;
import dev.callboard.engine.WorkMessages.ReleaseWork;
import dev.callboard.engine.WorkMessages.TakeWork;
import dev.callboard.engine.WorkMessages.Work;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.testing.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a lease lasts, by a clock that the test moves. */
class WorkLeasesTest extends TaskServerFixture {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();

    @BeforeEach
    void start() throws IOException {
        server.clock = clock;
        server.options = new ExecutionVerticle.Options(1, Duration.ofMinutes(10), Duration.ofMillis(200), LEASE, true);
        server.worker("job").chain("p", "job").start();
    }

    private Work take(String worker) {
        return await().until(
                        () -> server.ask(WorkMessages.TAKE, new TakeWork(List.of("job"), worker, false))
                                .work(),
                        work -> work != null);
    }

    private void complete(Work work) {
        server.ask(WorkMessages.COMPLETE, new CompleteWork(work.executionId(), work.lease(), "done"));
    }

    @Test
    void aBeatProlongsIt() {
        String task = server.run("p").id();
        Work work = take("w");
        for (int i = 0; i < 5; i++) {
            clock.forward(LEASE.minusMillis(1));
            assertThat(server.ask(WorkMessages.BEAT, new BeatWork(work.executionId(), work.lease()))
                            .until())
                    .isEqualTo(clock.instant().plus(LEASE));
        }
        complete(work);
        server.until(task, "completed");
        assertThat(server.executions(task)).hasSize(1);
    }

    @Test
    void withoutOneAnotherAttemptIsMadeUntilThereWereEnough() {
        String task = server.run("p").id();
        for (int attempt = 1; attempt <= 5; attempt++) {
            Work work = take("w" + attempt);
            assertThat(work.attempt()).isEqualTo(attempt);
            clock.forward(LEASE);
            await().until(() -> server.executions(task).stream()
                    .anyMatch(each -> each.id().equals(work.executionId()) && "worker_lost".equals(each.errorCode())));
            assertThatThrownBy(() -> complete(work)).hasMessageContaining("lease_lost");
        }
        assertThat(server.until(task, "failed").error()).contains("The worker 'w5' was lost");
    }

    @Test
    void itEndsWithTheTimeLimitHoweverManyBeatsThereAre() {
        String task = server.run("p").id();
        Work work = take("w");
        assertThat(work.deadline()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
        BeatWork beat = new BeatWork(work.executionId(), work.lease());
        for (int i = 0; i < 20; i++) {
            assertThat(server.ask(WorkMessages.BEAT, beat).end()).isNull();
            clock.forward(LEASE.minusSeconds(1));
        }
        server.ask(WorkMessages.BEAT, beat);
        clock.forward(Duration.ofSeconds(20));
        server.until(task, "failed");
        assertThat(server.ask(WorkMessages.BEAT, beat).end()).isEqualTo(End.TIMEOUT);
        assertThat(server.executions(task)).extracting(ExecutionView::errorCode).containsExactly("timeout");
    }

    @Test
    void afterARestartItLastsOnceMoreFromWhenWorkersCanReachTheServer() throws IOException {
        String task = server.run("p").id();
        String other = server.run("p").id();
        Work kept = take("kept");
        Work gone = take("gone");
        String fresh = server.run("p").id();
        server.crash();
        server.start();
        take("fresh");
        // The start takes as long as a lease: that of this server ends, those of the one before do not.
        clock.forward(LEASE.multipliedBy(2));
        await().until(() -> server.executions(fresh).stream().anyMatch(each -> "worker_lost".equals(each.errorCode())));
        server.bus.publish(WorkMessages.REACHABLE, new WorkMessages.Reachable());
        await().until(() -> server.ask(
                        WorkMessages.PROGRESS, new ProgressWork(gone.executionId(), gone.lease(), 1, 2, null))
                .until()
                .equals(clock.instant().plus(LEASE)));
        clock.forward(LEASE.minusMillis(1));
        server.ask(WorkMessages.BEAT, new BeatWork(kept.executionId(), kept.lease()));
        clock.forward(Duration.ofMillis(1));
        await().until(() -> server.executions(other).stream().anyMatch(each -> "worker_lost".equals(each.errorCode())));
        complete(kept);
        server.until(task, "completed");
        assertThat(server.executions(task)).hasSize(1);
    }

    @Test
    void whatWorkersHaveTakesNobodysPlace() throws IOException {
        server.run("p");
        server.run("p");
        take("w1");
        take("w2");
        // There is one place, and two more tasks get through it.
        String third = server.run("p").id();
        await().until(() -> server.task(third).waitingFor() != null);
        String fourth = server.run("p").id();
        await().until(() -> server.task(fourth).waitingFor() != null);
    }

    @Test
    void whatWasMadeFirstIsGivenFirst() {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String task = server.run("p").id();
            await().until(() -> server.task(task).waitingFor() != null);
            tasks.add(task);
            clock.forward(Duration.ofSeconds(1));
        }
        for (String task : tasks) {
            assertThat(take("w").taskId()).isEqualTo(task);
        }
    }

    @Test
    void workThatIsGivenBackWaitsAgain() {
        String task = server.run("p").id();
        Work first = take("w");
        server.ask(WorkMessages.RELEASE, new ReleaseWork(first.executionId(), first.lease()));
        await().until(() -> server.task(task).waitingFor() != null);
        assertThatThrownBy(() -> complete(first)).hasMessageContaining("lease_lost");
        Work second = take("other");
        assertThat(second.executionId()).isEqualTo(first.executionId());
        assertThat(second.lease()).isNotEqualTo(first.lease());
        complete(second);
        server.until(task, "completed");
        assertThat(server.executions(task)).hasSize(1);
    }
}
