package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Gates and the ledger over HTTP, on a server without any plugin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateApiTest {
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path pipelines = Files.createDirectories(folder.resolve("config").resolve("pipelines"));
        pipeline(pipelines, "simple", "{conditions: [{field: pdf_ir_ready, equals: true}], take: pdf_ir}");
        pipeline(pipelines, "strict", "{conditions: {field: n, gt: 3}, timeout_seconds: 0}");
        pipeline(pipelines, "wrong", "{conditions: [{field: n, gt: three}]}");
        pipeline(pipelines, "unknown", "{conditions: [{field: n, gt: 3}], patience: 3}");
        server = TestServer.start(folder, Map.of("plugins.enabled", "false"));
    }

    private static void pipeline(Path folder, String name, String config) throws IOException {
        Files.writeString(
                folder.resolve(name + ".yaml"),
                "name: " + name + "\nstages:\n  - {name: gate, type: gate, config: " + config + "}\n");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String run(String pipeline) {
        Reply reply = server.http().post("/api/tasks", Map.of("title", "T", "pipeline", pipeline, "auto_start", true));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.at("/id").asText();
    }

    private Reply task(String id) {
        return server.http().get("/api/tasks/" + id);
    }

    private JsonNode until(String id, String status) {
        await().until(() -> task(id).at("/status").asText().equals(status));
        return task(id).json();
    }

    private void untilWaiting(String id) {
        await().until(() -> task(id).at("/waiting_for").isObject());
    }

    private Reply patch(String id, Object body, String... headers) {
        return server.http().send("PATCH", "/api/tasks/" + id + "/ledger", body, headers);
    }

    @Test
    void aPatchLetsAWaitingTaskPassAndEverybodySeesIt() {
        String id = run("simple");
        untilWaiting(id);
        JsonNode waiting = task(id).at("/waiting_for");
        JsonNode execution =
                server.http().get("/api/tasks/" + id + "/executions").at("/items/0");
        assertThat(execution.at("/waiting_for")).isEqualTo(waiting);
        assertThat(waiting.at("/stage").asText()).isEqualTo("gate");
        assertThat(waiting.at("/kind").asText()).isEqualTo("ledger");
        assertThat(waiting.at("/reason").asText())
                .isEqualTo("pdf_ir_ready to equal true (it is not set) and pdf_ir to be set (it is not set)");
        assertThat(waiting.at("/until").isNull()).isTrue();

        try (FeedClient feed = server.feed().subscribe("task:" + id)) {
            assertThat(feed.next().at("/data/task/waiting_for/stage").asText()).isEqualTo("gate");
            Reply first = patch(id, Map.of("pdf_ir_ready", true), "X-Callboard-Actor", "operator");
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.at("/ledger/pdf_ir_ready").asBoolean()).isTrue();
            assertThat(first.at("/revision").asLong()).isPositive();
            String reason = "";
            while (!reason.equals("pdf_ir to be set (it is not set)")) {
                reason = feed.next().at("/task/waiting_for/reason").asText();
            }
            patch(id, Map.of("pdf_ir", Map.of("blob", "abc")));
            String status = "";
            while (!status.equals("completed")) {
                status = feed.next().at("/task/status").asText();
            }
        }
        assertThat(task(id).at("/waiting_for").isNull()).isTrue();
        assertThat(server.http()
                        .get("/api/tasks/" + id + "/executions")
                        .at("/items/0/output/blob")
                        .asText())
                .isEqualTo("abc");
        JsonNode timeline = server.http().get("/api/tasks/" + id + "/timeline").at("/items");
        assertThat(timeline.findValuesAsText("kind"))
                .containsExactlyInAnyOrder("created", "started", "waiting", "ledger", "ledger", "completed");
        assertThat(timeline)
                .filteredOn(item -> item.at("/kind").asText().equals("ledger"))
                .extracting(item ->
                        item.at("/actor").asText() + " " + item.at("/detail").asText())
                .containsExactly("operator pdf_ir_ready", "local pdf_ir");
    }

    @Test
    void aTimeoutSaysTheValuesAndRetryWorks() {
        String id = run("strict");
        assertThat(until(id, "failed").at("/error").asText())
                .contains("timed out after 0 s waiting for n to be greater than 3 (it is not set)");
        assertThat(server.http()
                        .get("/api/tasks/" + id + "/executions")
                        .at("/items/0/error_code")
                        .asText())
                .isEqualTo("gate_timeout");
        patch(id, Map.of("n", 4));
        assertThat(server.http().post("/api/tasks/" + id + "/retry", Map.of()).status())
                .isEqualTo(200);
        until(id, "completed");
    }

    @Test
    void conditionsThatCannotBeReadAreRefusedBeforeATaskStarts() {
        for (String[] each :
                new String[][] {{"wrong", "/stages/0/config/conditions/0/gt"}, {"unknown", "/stages/0/config/patience"}
                }) {
            JsonNode errors = server.http().get("/api/pipelines/" + each[0]).at("/errors");
            assertThat(errors.findValuesAsText("pointer")).containsExactly(each[1]);
            assertThat(server.http()
                            .post("/api/tasks", Map.of("title", "T", "pipeline", each[0]))
                            .status())
                    .isEqualTo(400);
        }
        Reply own = server.http()
                .post(
                        "/api/tasks",
                        Map.of("title", "T", "pipeline", "simple", "settings", Map.of("gate", Map.of("take", "a.b"))));
        assertThat(own.code()).isEqualTo("invalid_settings");
        assertThat(own.at("/errors/0/pointer").asText()).isEqualTo("/settings/gate/take");
    }

    @Test
    void aWrongWriteIsReportedWithItsPlaceAndChangesNothing() {
        String id = run("simple");
        untilWaiting(id);
        Reply wrong = patch(id, Map.of("Bad/Key", 1, "long", "x".repeat(10_000), "good", 1));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.code()).isEqualTo("invalid_ledger");
        assertThat(wrong.at("/errors").findValuesAsText("pointer")).containsExactlyInAnyOrder("/Bad~1Key", "/long");
        assertThat(task(id).at("/ledger").isEmpty()).isTrue();
        assertThat(patch(id, "[1]").status()).isEqualTo(400);
        assertThat(patch("nobody", Map.of("a", 1)).code()).isEqualTo("unknown_task");

        long revision = task(id).at("/revision").asLong();
        Map<String, Object> entries = new HashMap<>(Map.of("a", 1, "b", Map.of("c", 2)));
        Reply first = patch(id, entries, "Idempotency-Key", "k1");
        assertThat(patch(id, entries, "Idempotency-Key", "k1").json()).isEqualTo(first.json());
        assertThat(first.at("/revision").asLong()).isEqualTo(revision + 1);
        entries.put("a", null);
        Reply second = patch(id, entries);
        assertThat(second.at("/ledger").has("a")).isFalse();
        assertThat(second.at("/ledger/b/c").asInt()).isEqualTo(2);
        assertThat(patch(id, Map.of()).at("/ledger")).isEqualTo(second.at("/ledger"));

        server.http().post("/api/tasks/" + id + "/cancel", Map.of());
        assertThat(patch(id, Map.of("after", 1)).status()).isEqualTo(200);
        server.http().delete("/api/tasks/" + id);
        Reply archived = patch(id, Map.of("a", 1));
        assertThat(archived.status()).isEqualTo(409);
        assertThat(archived.code()).isEqualTo("wrong_status");
    }

    @Test
    void theGateIsInThePaletteWithItsSettings() {
        JsonNode entry = server.http().get("/api/vp/stages/gate").json();
        assertThat(entry.at("/available").asBoolean()).isTrue();
        assertThat(entry.at("/settings_schema").findValuesAsText("key"))
                .containsExactly("conditions", "timeout_seconds", "poll_interval_seconds", "take");
    }
}
