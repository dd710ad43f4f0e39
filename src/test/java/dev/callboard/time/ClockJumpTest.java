package dev.callboard.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.dispatch.TaskServer;
import dev.callboard.engine.LedgerMessages;
import dev.callboard.engine.LedgerMessages.WriteLedger;
import dev.callboard.process.MachineStart;
import dev.callboard.spi.StageFailure;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.WaitingFor;
import dev.callboard.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set while tasks wait: none goes on early or late, over a restart too. */
class ClockJumpTest {
    private static final Duration UPTIME = Duration.ofHours(5);

    @TempDir
    Path dir;

    private final TestClock machine = new TestClock();
    private final AtomicLong nanos = new AtomicLong();
    private TaskServer server;
    private SteadyClock clock;

    @BeforeEach
    void start() throws IOException {
        clock = new SteadyClock(machine, nanos::get, machine.instant());
        server = server(clock);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private TaskServer server(Clock time) throws IOException {
        TaskServer made = new TaskServer(dir)
                .coreStages()
                .stage("now", (context, input) -> "done")
                .stage("flaky", (context, input) -> {
                    if (context.attempt() == 1) {
                        throw StageFailure.retryable("busy", "The service is busy.", null);
                    }
                    return "done";
                })
                .chain("other", "now")
                .pipeline("name: retried\npolicies: {x: {max_attempts: 2, delay_seconds: 30, jitter: 0}}\n"
                        + "stages: [{name: s, type: flaky, policy: x}]\n")
                .pipeline(
                        "name: gated\nstages: [{name: g, type: gate, config: {conditions: [{field: go, equals: true}],"
                                + " timeout_seconds: 40}}]\n");
        made.clock = time;
        return made.start();
    }

    /** As time passes for both clocks. */
    private void pass(Duration time) {
        machine.forward(time);
        nanos.addAndGet(time.toNanos());
    }

    private String waiting(String pipeline) {
        String id = server.create(Map.of("title", pipeline, "pipeline", pipeline, "auto_start", true))
                .id();
        await().until(() -> server.task(id).waitingFor() != null);
        return id;
    }

    /** A gate that is looked at, and a task that goes through the queue: whatever is due has had its turn then. */
    private void expectBothToWait(String gated, String retried) {
        String value = "at " + nanos.get() + " " + machine.instant();
        TaskServer.get(server.bus.ask(LedgerMessages.WRITE, new WriteLedger(gated, Map.of("go", value))));
        await().until(() -> {
            TaskView task = server.task(gated);
            return task.waitingFor() == null || task.waitingFor().reason().contains(value);
        });
        TaskView other = server.create(Map.of("title", "o", "pipeline", "other", "auto_start", true));
        server.until(other.id(), "completed");
        assertThat(server.task(gated).waitingFor()).isNotNull();
        assertThat(server.task(retried).waitingFor())
                .isNotNull()
                .extracting(WaitingFor::kind)
                .isEqualTo("retry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D"})
    void noneGoesOnEarlyOrLate(Duration jump) {
        String gated = waiting("gated");
        String retried = waiting("retried");
        machine.forward(jump);
        pass(Duration.ofSeconds(29));
        expectBothToWait(gated, retried);

        pass(Duration.ofSeconds(1));
        server.until(retried, "completed");
        pass(Duration.ofSeconds(9));
        assertThat(server.task(gated).status()).isEqualTo("running");
        pass(Duration.ofSeconds(1));
        assertThat(server.until(gated, "failed").error()).contains("timed out after 40 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D"})
    void nextServerGoesOnWithWhatIsLeft(Duration jump) throws IOException {
        String gated = waiting("gated");
        String retried = waiting("retried");
        WaitingFor before = Objects.requireNonNull(server.task(gated).waitingFor());
        Optional<StoredTime> stored = Optional.of(StoredTime.of(clock, Optional.of(new MachineStart("a", UPTIME))));
        server.close();

        machine.forward(jump);
        pass(Duration.ofSeconds(20));
        Optional<MachineStart> start = Optional.of(new MachineStart("a", UPTIME.plusSeconds(20)));
        clock = new SteadyClock(machine, nanos::get, ServerTime.begin(stored, machine, start));
        server = server(clock);
        TaskServer.get(ServerTime.settle(clock, server.database));
        await().until(() -> server.task(gated).waitingFor() != null);
        assertThat(server.task(gated).waitingFor().since()).isEqualTo(before.since());
        assertThat(server.task(gated).waitingFor().until()).isEqualTo(before.until());
        pass(Duration.ofSeconds(9));
        expectBothToWait(gated, retried);

        pass(Duration.ofSeconds(1));
        server.until(retried, "completed");
        pass(Duration.ofSeconds(10));
        assertThat(server.until(gated, "failed").error()).contains("timed out after 40 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void theMachinesTimeIsTakenWhenNothingWaits(Duration jump) {
        String retried = waiting("retried");
        machine.forward(jump);
        TaskServer.get(ServerTime.settle(clock, server.database));
        assertThat(clock.ahead()).isEqualTo(jump);

        pass(Duration.ofSeconds(30));
        server.until(retried, "completed");
        TaskServer.get(ServerTime.settle(clock, server.database));
        assertThat(clock.ahead()).isZero();
    }
}
