package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.FakeTime;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Stages;
import dev.callboard.testing.Tasks;
import dev.callboard.workers.WorkerStages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a running server's machine is set, by an hour or a day, back and forth. Needs libfaketime, else it is skipped. */
class ClockJumpIT {
    private static final long TIMEOUT_MS = 20_000;

    /** What a busy machine may add, the start of a server included; a clock that is set would add or take an hour. */
    private static final long BUSY_MS = Patience.LONG.toMillis();

    private static final Map<String, Duration> AHEAD = Map.of(
            "+1h",
            Duration.ofHours(1),
            "-1h",
            Duration.ofHours(-1),
            "+1d",
            Duration.ofDays(1),
            "-1d",
            Duration.ofDays(-1));

    @TempDir
    Path folder;

    private FakeTime time;

    @BeforeEach
    void install() throws IOException {
        Optional<FakeTime> found = FakeTime.in(folder);
        assumeTrue(found.isPresent(), "libfaketime is not installed (apt-get install faketime)");
        time = found.get();
    }

    private JarProcess serve() throws IOException {
        return JarProcess.serve(folder, time.environment());
    }

    /** Sets the clock, and waits until the server has noticed. */
    private void jump(Http http, String ahead, Duration expected) throws IOException {
        time.set(ahead);
        await().until(() -> Math.abs(ahead(http) - expected.toMillis()) < 2_000);
    }

    private static long ahead(Http http) {
        return http.get("/health/ready").at("/checks/clock/machine_ahead_ms").asLong();
    }

    private static void gate(Http http) {
        new Definitions(http)
                .pipelineOf(
                        "gated",
                        Map.of(
                                "name",
                                "Gate",
                                "type",
                                "gate",
                                "config",
                                Map.of(
                                        "conditions",
                                        List.of(Map.of("field", "go", "equals", true)),
                                        "timeout_seconds",
                                        TIMEOUT_MS / 1_000,
                                        "poll_interval_seconds",
                                        3)));
    }

    @Test
    void noTaskGoesOnEarlyOrLate() throws Exception {
        try (JarProcess server = serve()) {
            Http http = server.http();
            Tasks tasks = new Tasks(http);
            gate(http);
            WorkerStages workers = new WorkerStages(http)
                    .stage("kept", Map.of())
                    .stage(
                            "retried",
                            Map.of(
                                    "policy",
                                    "twice",
                                    "policies",
                                    Map.of("twice", Map.of("max_attempts", 2, "delay_seconds", 20, "jitter", 0))));
            String kept = workers.start("kept", "a");
            JsonNode work = workers.take("worker", "kept");
            String retried = workers.start("retried", "b");
            workers.said(
                    "fail",
                    workers.take("worker", "retried"),
                    Map.of("error", "Busy.", "code", "busy", "retryable", true));
            String gated = tasks.start(Map.of("pipeline", "gated"));
            tasks.waiting(gated);

            for (String ahead : List.of("+1h", "-1h", "+1d", "-1d")) {
                jump(http, ahead, AHEAD.get(ahead));
                assertThat(http.get("/health/ready").at("/status").asText()).isEqualTo("degraded");
                workers.said("beat", work, Map.of());
            }

            tasks.until(gated, "failed");
            assertThat(tasks.attempt(gated, "Gate").path("duration_ms").asLong())
                    .isBetween(TIMEOUT_MS, TIMEOUT_MS + BUSY_MS);
            JsonNode again = workers.take("worker", "retried");
            List<JsonNode> attempts = tasks.attempts(retried, "Only");
            assertThat(Duration.between(at(attempts.get(0), "completed_at"), at(attempts.get(1), "started_at"))
                            .toMillis())
                    .isBetween(TIMEOUT_MS, TIMEOUT_MS + BUSY_MS);
            workers.complete(again, "done");
            tasks.until(retried, "completed");
            jump(http, "+0", Duration.ZERO);
            workers.said("beat", work, Map.of());
            workers.complete(work, "done");
            tasks.until(kept, "completed");
            assertThat(server.errors()).contains("s ahead of the", "s behind the", "agrees with");
            assertThat(server.terminate(10)).isZero();
        }
    }

    private static Instant at(JsonNode attempt, String member) {
        return Instant.parse(attempt.path(member).asText());
    }

    @Test
    void nextServerGoesOnWithWhatIsLeftAndTakesTheMachinesTimeOnceNothingWaits() throws Exception {
        String gated;
        String until;
        try (JarProcess server = serve()) {
            gate(server.http());
            Tasks tasks = new Tasks(server.http());
            gated = tasks.start(Map.of("pipeline", "gated"));
            until = tasks.waiting(gated).path("until").asText();
            jump(server.http(), "+1h", Duration.ofHours(1));
            server.kill();
        }
        time.set("-1d");
        try (JarProcess server = serve()) {
            Tasks tasks = new Tasks(server.http());
            assertThat(tasks.waiting(gated).path("until").asText()).isEqualTo(until);
            assertThat(ahead(server.http())).isBetween(-86_402_000L, -86_398_000L);
            tasks.until(gated, "failed");
            assertThat(tasks.attempt(gated, "Gate").path("duration_ms").asLong())
                    .isBetween(TIMEOUT_MS, TIMEOUT_MS + BUSY_MS);
            server.kill();
        }
        try (JarProcess server = serve()) {
            assertThat(Math.abs(ahead(server.http()))).isLessThan(1_000);
            assertThat(server.terminate(10)).isZero();
        }
    }

    @Test
    void schedulesFollowTheMachinesClock() throws Exception {
        try (JarProcess server = serve()) {
            Http http = server.http();
            http.post("/api/vp/stages", Stages.manual("look"));
            new Definitions(http)
                    .pipeline(
                            "ticking",
                            Map.of(
                                    "sources",
                                    List.of(Map.of(
                                            "name",
                                            "in",
                                            "type",
                                            "schedule",
                                            "config",
                                            Map.of("cron", "* * * * * *", "overlap", "start", "missed", "none"))),
                                    "stages",
                                    List.of(Map.of("name", "Look", "type", "look"))));
            fires(http, Duration.ZERO);
            jump(http, "+1d", Duration.ofDays(1));
            fires(http, Duration.ofDays(1));
            // Set back by so much, it does not wait for the times that it has had.
            jump(http, "+0", Duration.ZERO);
            fires(http, Duration.ZERO);
            assertThat(server.terminate(10)).isZero();
        }
    }

    /** Waits for a task that was due now by a clock that is so far ahead. */
    private static void fires(Http http, Duration ahead) {
        Instant from = Instant.now().plus(ahead);
        await().until(() -> {
            for (JsonNode task :
                    http.get("/api/tasks?limit=100&pipeline=ticking").at("/items")) {
                Instant due = at(task.path("trigger"), "due_at");
                if (due.isAfter(from) && due.isBefore(from.plusSeconds(3_600))) {
                    return true;
                }
            }
            return false;
        });
    }
}
