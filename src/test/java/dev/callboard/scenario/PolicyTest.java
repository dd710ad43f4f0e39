package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Policies by name with the stages of a plugin, over HTTP and the feed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyTest {

    /** Set while what the stage {@code service} uses does not work. */
    private static final String BROKEN = "dev.callboard.test.broken";

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        PluginJars.of("Policies", "flaky", "wrong", "service", "alone", "quick")
                .body(
                        """
                        static final java.util.concurrent.atomic.AtomicInteger running =
                            new java.util.concurrent.atomic.AtomicInteger();
                        static StageRegistration stage(String type, Stage stage) {
                            return new StageRegistration(StageMetadata.builder(type).build(), () -> stage);
                        }
                        static Object work(long millis) {
                            int now = running.incrementAndGet();
                            java.util.concurrent.locks.LockSupport.parkNanos(millis * 1_000_000);
                            running.decrementAndGet();
                            return now;
                        }
                        static Object flaky(StageContext context) throws StageFailure {
                            if (context.attempt() < 3) {
                                throw StageFailure.retryable("busy", "Busy " + context.attempt() + ".", null);
                            }
                            return context.attempt();
                        }
                        static Object service() throws StageFailure {
                            if (System.getProperty("dev.callboard.test.broken") != null) {
                                throw StageFailure.retryable("down", "The service is down.", null);
                            }
                            return "up";
                        }
                        static Object wrong() throws StageFailure {
                            throw StageFailure.permanent("wrong", "The input is wrong.");
                        }
                        """)
                .registering("stage(\"flaky\", (context, input) -> flaky(context)), "
                        + "stage(\"wrong\", (context, input) -> wrong()), "
                        + "stage(\"service\", (context, input) -> service()), "
                        + "stage(\"alone\", (context, input) -> work(150)), "
                        + "stage(\"quick\", (context, input) -> \"done\")")
                .write(folder.resolve("plugins"), "policies.jar");
        pipeline(folder, "retried", "flaky", "{max_attempts: 3, backoff: linear, delay_seconds: 0.1}");
        pipeline(folder, "exhausted", "flaky", "{max_attempts: 2, backoff: none, delay_seconds: 0}");
        pipeline(folder, "permanent", "wrong", "{max_attempts: 5, delay_seconds: 0}");
        pipeline(folder, "broken", "service", "{circuit_breaker: {failures: 2, open_seconds: 4}}");
        pipeline(folder, "other", "quick", "{circuit_breaker: {failures: 2, open_seconds: 4}}");
        pipeline(folder, "limited", "quick", "{rate_limit: {permits: 2, per_seconds: 2}}");
        pipeline(folder, "single", "alone", "{max_concurrent: 1}");
        server = TestServer.start(folder);
    }

    @AfterAll
    void stop() {
        System.clearProperty(BROKEN);
        server.close();
    }

    private static void pipeline(Path folder, String name, String type, String policy) throws IOException {
        Path pipelines = Files.createDirectories(folder.resolve("config").resolve("pipelines"));
        Files.writeString(
                pipelines.resolve(name + ".yaml"),
                "name: " + name + "\npolicies: {x: " + policy + "}\nstages: [{name: s, type: " + type
                        + ", policy: x}]\n");
    }

    private String run(String pipeline) {
        Reply made =
                server.http().post("/api/tasks", Map.of("title", pipeline, "pipeline", pipeline, "auto_start", true));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.at("/id").asText();
    }

    private JsonNode task(String id) {
        return server.http().get("/api/tasks/" + id).json();
    }

    private JsonNode until(String id, String pointer, String value) {
        await().until(() -> task(id).at(pointer).asText(), value::equals);
        return task(id);
    }

    private List<JsonNode> executions(String id) {
        List<JsonNode> items = new ArrayList<>();
        server.http().get("/api/tasks/" + id + "/executions").at("/items").forEach(items::add);
        return items;
    }

    private static List<String> texts(List<JsonNode> nodes, String member) {
        return nodes.stream().map(node -> node.path(member).asText()).toList();
    }

    @Test
    void aStageIsTriedAgainUntilItSucceeds() {
        String id = run("retried");
        until(id, "/status", "completed");
        List<JsonNode> executions = executions(id);
        assertThat(texts(executions, "status")).containsExactly("failed", "failed", "completed");
        assertThat(texts(executions, "attempt")).containsExactly("1", "2", "3");
        assertThat(executions.get(0).path("error").asText()).isEqualTo("Busy 1.");
        JsonNode policy = task(id).at("/policies/0");
        assertThat(policy.path("name").asText()).isEqualTo("x");
        assertThat(policy.at("/stages/0").asText())
                .isEqualTo(executions.get(0).path("stage_template_id").asText());
        assertThat(policy.path("max_attempts").asInt()).isEqualTo(3);
        assertThat(policy.path("backoff").asText()).isEqualTo("linear");
        assertThat(server.http().get("/api/tasks/" + id + "/timeline").text())
                .contains("\"retry\"", "s (busy): Busy 1. Attempt 2 of 3 at ");
    }

    @Test
    void theLastReasonStaysWhenAllAttemptsFailed() {
        String id = run("exhausted");
        assertThat(until(id, "/status", "failed").path("error").asText()).contains("Busy 2.");
        assertThat(texts(executions(id), "status")).containsExactly("failed", "failed");
    }

    @Test
    void aFailureThatWouldComeAgainIsNotTriedAgain() {
        String id = run("permanent");
        until(id, "/status", "failed");
        assertThat(executions(id)).hasSize(1);
    }

    @Test
    void aBreakerHoldsBackItsTasksAndNoOthersUntilOneSucceeds() {
        System.setProperty(BROKEN, "yes");
        String first = run("broken");
        until(first, "/status", "failed");
        FeedClient feed = server.feed().subscribe("task:" + first);
        assertThat(feed.next()
                        .at("/data/task/policies/0/circuit_breaker/failures")
                        .asInt())
                .isEqualTo(1);
        until(run("broken"), "/status", "failed");
        JsonNode pushed = feed.next();
        while (!pushed.at("/task/policies/0/circuit_breaker/state").asText().equals("open")) {
            pushed = feed.next();
        }
        assertThat(pushed.at("/task/policies/0/circuit_breaker/open_until").asText())
                .isNotEmpty();

        List<String> held = List.of(run("broken"), run("broken"), run("broken"));
        JsonNode waiting = until(held.get(2), "/waiting_for/kind", "circuit_breaker");
        assertThat(waiting.path("status").asText()).isEqualTo("running");
        assertThat(waiting.at("/waiting_for/until").asText()).isNotEmpty();
        assertThat(executions(held.get(2)).get(0).at("/waiting_for/kind").asText())
                .isEqualTo("circuit_breaker");
        assertThat(until(run("other"), "/status", "completed")
                        .at("/policies/0/circuit_breaker/state")
                        .asText())
                .isEqualTo("closed");
        assertThat(texts(executions(held.get(0)), "status")).containsExactly("pending");

        System.clearProperty(BROKEN);
        held.forEach(id -> until(id, "/status", "completed"));
        assertThat(task(first).at("/policies/0/circuit_breaker/state").asText()).isEqualTo("closed");
        Instant opened = Instant.parse(waiting.at("/waiting_for/until").asText());
        assertThat(Instant.parse(
                        executions(held.get(0)).get(0).path("started_at").asText()))
                .isAfterOrEqualTo(opened.minusMillis(50));
        await().until(() -> feed.next()
                .at("/task/policies/0/circuit_breaker/state")
                .asText()
                .equals("closed"));
    }

    @Test
    void onlySoManyAttemptsStartInASpanOfTime() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(run("limited"));
        }
        JsonNode last = until(ids.get(5), "/waiting_for/kind", "rate_limit");
        assertThat(last.at("/policies/0/rate_limit/permits").asInt()).isEqualTo(2);
        assertThat(last.at("/policies/0/rate_limit/waiting").asInt()).isPositive();
        until(run("other"), "/status", "completed");
        List<Instant> started = ids.stream()
                .map(id -> {
                    until(id, "/status", "completed");
                    return Instant.parse(
                            executions(id).get(0).path("started_at").asText());
                })
                .sorted()
                .toList();
        // Two spans lie between the first pair and the third; half of one is left for a machine that is busy.
        assertThat(Duration.between(started.get(0), started.get(4))).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void attemptsOfAPolicyForOneDoNotOverlap() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(run("single"));
        }
        assertThat(until(ids.get(4), "/waiting_for/kind", "concurrency")
                        .at("/policies/0/concurrency/max")
                        .asInt())
                .isEqualTo(1);
        ids.forEach(id -> {
            until(id, "/status", "completed");
            assertThat(executions(id).get(0).path("output").asInt()).isEqualTo(1);
        });
    }
}
