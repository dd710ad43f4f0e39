package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Programs take the work of stages by long poll, and say what became of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkersTest {
    private TestServer server;
    private Http http;
    private WorkerStages workers;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        http = server.http();
        workers = new WorkerStages(http);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aTaskWaitsForAWorkerAndGoesOnWithWhatItPutOut() {
        workers.stage(
                "translate",
                Map.of("config", Map.of("tone", "{{task.id}} dry")),
                Map.of("key", "tone", "type", "string", "label", "Tone"));
        String task = workers.start("translate", "Guten Tag");
        JsonNode waiting = workers.tasks().waiting(task);
        assertThat(waiting.path("kind").asText()).isEqualTo("worker");
        assertThat(waiting.path("reason").asText()).isEqualTo("a worker that offers 'translate'");
        assertThat(waiting.path("next_check").isNull()).isTrue();

        JsonNode work = workers.take("w-1", "translate");
        assertThat(work.path("kind").asText()).isEqualTo("work");
        assertThat(work.path("task_id").asText()).isEqualTo(task);
        assertThat(work.path("stage").asText()).isEqualTo("Only");
        assertThat(work.path("stage_type").asText()).isEqualTo("translate");
        assertThat(work.path("attempt").asInt()).isEqualTo(1);
        assertThat(work.path("input").asText()).isEqualTo("Guten Tag");
        assertThat(work.at("/settings/tone").asText()).isEqualTo("{{task.id}} dry");
        assertThat(work.path("lease_ms").asInt()).isEqualTo(30_000);
        assertThat(work.path("deadline").asText()).isGreaterThan("20");
        assertThat(workers.tasks().task(task).path("waiting_for").isNull()).isTrue();
        assertThat(workers.ask(0, "w-2", "translate").status()).isEqualTo(204);

        assertThat(workers.said("beat", work, Map.of()).path("cancel").isNull()).isTrue();
        workers.said("log", work, Map.of("lines", List.of("looking", "words")));
        workers.said("progress", work, Map.of("done", 1, "total", 2, "message", "half"));
        await().until(() -> workers.tasks()
                .attempt(task, "Only")
                .at("/progress/message")
                .asText()
                .equals("half"));
        JsonNode done = workers.said("complete", work, Map.of("output", Map.of("text", "Good day")));
        assertThat(done.path("status").asText()).isEqualTo("completed");
        workers.tasks().until(task, "completed");
        assertThat(workers.tasks().output(task, "Only").path("text").asText()).isEqualTo("Good day");
        String log = http.get("/api/executions/" + work.path("execution_id").asText() + "/log")
                .text();
        assertThat(log).contains("Taken by the worker 'w-1'.", "looking", "words");
        assertThat(workers.complete(work, "again").code()).isEqualTo("lease_lost");
    }

    @Test
    void whoWaitsGetsWorkAsSoonAsItComes() {
        workers.stage("later", Map.of());
        CompletableFuture<Reply> asked =
                http.postLater("/api/work/take?wait=30", Map.of("types", List.of("later", "later"), "name", "patient"));
        await().until(() -> http.get("/api/workers").text().contains("\"patient\""));
        String task = workers.start("later", "x");
        JsonNode work = asked.join().json();
        assertThat(work.path("task_id").asText()).isEqualTo(task);
        JsonNode shown = http.get("/api/workers").at("/items");
        assertThat(shown.findValuesAsText("name")).contains("patient");
        await().until(() -> http.get("/api/workers").text().contains("\"leases\":1"));
        assertThat(workers.complete(work, null).status()).isEqualTo(200);
        assertThat(workers.tasks().until(task, "completed").path("status").asText())
                .isEqualTo("completed");
    }

    @Test
    void aFailureIsTriedAgainAsThePolicySays() {
        workers.stage(
                "flaky",
                Map.of("policy", "twice", "policies", Map.of("twice", Map.of("max_attempts", 2, "delay_seconds", 0))));
        String task = workers.start("flaky", "x");
        JsonNode first = workers.take("w", "flaky");
        JsonNode failed = workers.said("fail", first, Map.of("error", "The far side is down.", "code", "far_down"));
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        JsonNode second = workers.take("w", "flaky");
        assertThat(second.path("attempt").asInt()).isEqualTo(2);
        assertThat(second.path("execution_id")).isNotEqualTo(first.path("execution_id"));
        workers.said("fail", second, Map.of("error", "It cannot be read.", "retryable", false));
        JsonNode ended = workers.tasks().until(task, "failed");
        assertThat(ended.path("error").asText()).contains("It cannot be read.");
        assertThat(workers.tasks()
                        .attempts(task, "Only")
                        .get(0)
                        .path("error_code")
                        .asText())
                .isEqualTo("far_down");
    }

    @Test
    void anOutputThatDoesNotFitTheSchemaIsAFailure() {
        workers.stage("counted", Map.of("output_schema", Map.of("type", "object", "required", List.of("count"))));
        String task = workers.start("counted", "x");
        JsonNode done = workers.said("complete", workers.take("w", "counted"), Map.of("output", Map.of("sum", 1)));
        assertThat(done.path("status").asText()).isEqualTo("failed");
        assertThat(done.path("error").asText()).contains("does not fit the output schema");
        workers.tasks().until(task, "failed");
    }

    @Test
    void aCancelledTaskReachesItsWorker() {
        workers.stage("endless", Map.of());
        String task = workers.start("endless", "x");
        JsonNode work = workers.take("w", "endless");
        workers.tasks().call(task, "cancel", Map.of());
        assertThat(workers.said("beat", work, Map.of()).path("cancel").asText()).isEqualTo("cancelled");
        Reply late = workers.complete(work, "late");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.at("/detail").asText()).contains("its task was cancelled");
        assertThat(workers.tasks().task(task).path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void aTimeLimitReachesTheWorker() {
        workers.stage(
                "slow",
                Map.of(
                        "policy",
                        "short",
                        "policies",
                        Map.of("short", Map.of("max_attempts", 1, "timeout_seconds", 0.3))));
        String task = workers.start("slow", "x");
        JsonNode work = workers.take("w", "slow");
        JsonNode ended = workers.tasks().until(task, "failed");
        assertThat(ended.path("error").asText()).contains("time limit of 0.3 s");
        assertThat(workers.said("beat", work, Map.of()).path("cancel").asText()).isEqualTo("timeout");
        assertThat(workers.complete(work, "late").code()).isEqualTo("lease_lost");
    }

    @Test
    void onlyStagesForWorkersAreGivenAndOnlyToPrograms() {
        assertThat(server.add("by-hand").status()).isEqualTo(200);
        for (String type : List.of("by-hand", "gate", "no-such-stage", "<b>", "\u202e")) {
            Reply refused = workers.ask(0, "w", type);
            assertThat(refused.status()).as(type).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("not_a_worker_stage");
        }
        Map<String, Object> body = Map.of("types", List.of("translate"), "name", "w");
        for (String origin : List.of(server.uri().toString(), "http://evil.example", "null")) {
            Reply refused = http.post("/api/work/take", body, "Origin", origin);
            assertThat(refused.status()).as(origin).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("foreign_origin");
        }
        assertThat(http.post("/api/work/x/beat", Map.of("lease", "y")).code()).isEqualTo("lease_lost");
        for (String name : List.of("", " ", "a b", "<i>", "\u202ex", "x\u0000", "n".repeat(65), "-x", "é")) {
            Reply refused = http.post("/api/work/take", Map.of("types", List.of("translate"), "name", name));
            assertThat(refused.status()).as(name).isEqualTo(400);
        }
    }

    @Test
    void aStageWithoutWorkersIsAvailableAndWorkersNeverChangeThePalette() {
        workers.stage("steady", Map.of());
        JsonNode before = http.get("/api/vp/stages/steady").json();
        assertThat(before.path("available").asBoolean()).isTrue();
        Reply palette = http.get("/api/vp/stages");
        assertThat(workers.ask(0, "come-and-go", "steady").status()).isEqualTo(204);
        await().until(() -> http.get("/api/workers").text().contains("come-and-go"));
        assertThat(http.get("/api/vp/stages/steady").json()).isEqualTo(before);
        assertThat(http.get("/api/vp/stages").header("ETag")).isEqualTo(palette.header("ETag"));
        JsonNode executors = http.get("/api/vp/executors").at("/items");
        executors.forEach(each -> {
            if (each.path("executor").asText().equals("worker")) {
                assertThat(each.path("available").asBoolean()).isTrue();
                assertThat(each.toString()).contains("/api/work/take");
            }
        });
    }
}
