package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that was to start and lacks something says what, wherever one looks, and starts as soon as that is there. */
class LateStartTest {
    private static final String MISSING = "there is no secret 'api-token'";

    @TempDir
    Path folder;

    /** A stage for workers that needs a secret. */
    static Map<String, Object> stage() {
        return Stages.named(
                "far", "Far", "worker", Map.of(), Map.of("key", "token", "type", "secret", "required", true));
    }

    private static void pipeline(Http http, List<?> sources) {
        assertThat(http.post("/api/vp/stages", stage()).status()).isEqualTo(200);
        Reply put = http.put(
                "/api/pipelines/calls",
                Map.of(
                        "sources",
                        sources,
                        "stages",
                        List.of(Map.of("name", "Call", "type", "far", "config", Map.of("token", "secret:api-token")))));
        assertThat(put.status()).as(put.toString()).isEqualTo(201);
    }

    private static String task(Http http) {
        Reply made = http.post("/api/tasks", Map.of("title", "T", "pipeline", "calls", "auto_start", true));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.at("/warnings/0/pointer").asText()).isEqualTo("/auto_start");
        assertThat(made.at("/waiting_for/kind").asText()).isEqualTo("secret");
        return made.at("/id").asText();
    }

    private static Reply get(Http http, String task) {
        return http.get("/api/tasks/" + task);
    }

    private static void give(Http http) {
        assertThat(http.put("/api/secrets/api-token", Map.of("value", "sesame-open"))
                        .status())
                .isEqualTo(201);
    }

    private static void awaitStart(Http http, String task) {
        await().until(() -> get(http, task).at("/waiting_for/kind").asText().equals("worker"));
        assertThat(get(http, task).at("/status").asText()).isEqualTo("running");
    }

    @Test
    void aTaskSaysWhichSecretIsMissingAndStartsWhenItComes() {
        try (TestServer server = TestServer.start(folder)) {
            pipeline(server.http(), List.of());
            String task = task(server.http());
            Reply waits = get(server.http(), task);
            assertThat(waits.at("/status").asText()).isEqualTo("pending");
            assertThat(waits.at("/waiting_for/stage").asText()).isEqualTo("Call");
            assertThat(waits.at("/waiting_for/execution_id").isNull()).isTrue();
            assertThat(waits.at("/waiting_for/reason").asText()).contains(MISSING);
            assertThat(server.http().get("/api/tasks").at("/items/0/waiting_for"))
                    .isEqualTo(waits.at("/waiting_for"));
            give(server.http());
            awaitStart(server.http(), task);
        }
    }

    @Test
    void aServerThatStartsAnewGoesOnWaiting() {
        try (TestServer server = TestServer.start(folder)) {
            pipeline(server.http(), List.of());
            String task = task(server.http());
            server.restart();
            assertThat(get(server.http(), task).at("/waiting_for/reason").asText())
                    .contains(MISSING);
            give(server.http());
            awaitStart(server.http(), task);
        }
    }

    @Test
    void aTaskThatIsCancelledMeanwhileDoesNotStart() {
        try (TestServer server = TestServer.start(folder)) {
            pipeline(server.http(), List.of());
            String cancelled = task(server.http());
            String other = task(server.http());
            server.http().post("/api/tasks/" + cancelled + "/cancel", null);
            assertThat(get(server.http(), cancelled).at("/waiting_for").isNull())
                    .isTrue();
            give(server.http());
            // They are tried in the order in which they came.
            awaitStart(server.http(), other);
            assertThat(get(server.http(), cancelled).at("/status").asText()).isEqualTo("cancelled");
        }
    }

    @Test
    void aStageThatIsGoneMeanwhileIsWaitedForToo() {
        try (TestServer server = TestServer.start(folder)) {
            pipeline(server.http(), List.of());
            String task = task(server.http());
            assertThat(server.http().delete("/api/vp/stages/far").status()).isBetween(200, 204);
            await().until(() ->
                    get(server.http(), task).at("/waiting_for/kind").asText().equals("stage"));
            give(server.http());
            assertThat(server.http().post("/api/vp/stages", stage()).status()).isEqualTo(200);
            awaitStart(server.http(), task);
        }
    }

    @Test
    void oneThatIsRestoredGoesOnWaiting() {
        try (TestServer server = TestServer.start(folder)) {
            Http http = server.http();
            pipeline(http, List.of());
            String task = task(http);
            assertThat(http.delete("/api/tasks/" + task).status()).isEqualTo(200);
            server.restart();
            assertThat(server.http()
                            .post("/api/tasks/" + task + "/restore", null)
                            .status())
                    .isEqualTo(200);
            await().until(() ->
                    get(server.http(), task).at("/waiting_for/kind").asText().equals("secret"));
            give(server.http());
            awaitStart(server.http(), task);
        }
    }

    private static JsonNode trigger(Http http) {
        return http.get("/api/triggers?pipeline=calls").at("/items/0");
    }

    @Test
    void aScheduleSaysWhyItsTaskHasNotStartedAndGoesOn() {
        try (TestServer server = TestServer.start(folder)) {
            pipeline(
                    server.http(),
                    List.of(Map.of("name", "in", "type", "schedule", "config", Map.of("cron", "* * * * * *"))));
            await().until(() -> trigger(server.http()).at("/skipped").asText().contains(MISSING));
            server.restart();
            await().until(() -> trigger(server.http()).at("/skipped").asText().contains(MISSING));
            String task = trigger(server.http()).at("/last_task").asText();
            give(server.http());
            awaitStart(server.http(), task);
            await().until(() -> !trigger(server.http()).at("/skipped").asText().contains(MISSING));
        }
    }

    @Test
    void aTaskOfAProjectStartsWhenItsStageIsCorrected() {
        try (TestServer server = TestServer.start(folder)) {
            Http http = server.http();
            pipeline(http, List.of());
            String project = http.post("/api/projects", Map.of("name", "P", "pipeline", "calls"))
                    .at("/id")
                    .asText();
            String task = http.post("/api/tasks", Map.of("title", "T", "project", project, "auto_start", true))
                    .at("/id")
                    .asText();
            await().until(() -> get(http, task).at("/waiting_for/kind").asText().equals("secret"));
            assertThat(http.put("/api/secrets/other", Map.of("value", "sesame-open"))
                            .status())
                    .isEqualTo(201);
            String templates = "/api/projects/" + project + "/stage-templates";
            Reply corrected = http.send(
                    "PATCH",
                    templates + "/" + http.get(templates).at("/items/0/id").asText(),
                    Map.of("config", Map.of("token", "secret:other")));
            assertThat(corrected.status()).as(corrected.toString()).isEqualTo(200);
            awaitStart(http, task);
        }
    }

    @Test
    void aPipelineIsWarnedAsLongAsTheSecretIsMissing() {
        try (TestServer server = TestServer.start(folder)) {
            pipeline(server.http(), List.of());
            assertThat(server.http().get("/api/pipelines/calls").at("/warnings").toString())
                    .contains("/stages/0/config/token", MISSING);
            give(server.http());
            assertThat(server.http().get("/api/pipelines/calls").at("/warnings").toString())
                    .doesNotContain("api-token");
        }
    }

    @Test
    void aWebhookWhoseSecretIsMissingIsInvalidUntilItComes() {
        try (TestServer server = TestServer.start(folder)) {
            pipeline(
                    server.http(),
                    List.of(Map.of(
                            "name",
                            "in",
                            "type",
                            "webhook",
                            "config",
                            Map.of("hmac_secret", "secret:api-token", "input", "body"))));
            await().until(() -> trigger(server.http()).at("/state").asText().equals("invalid"));
            assertThat(trigger(server.http()).at("/reason").asText()).contains(MISSING);
            // Nothing is wrong with firing it by hand: no signature is checked then.
            assertThat(trigger(server.http()).at("/can_fire").asBoolean()).isTrue();
            String id = trigger(server.http()).at("/id").asText();
            assertThat(server.http().post("/api/triggers/" + id + "/fire", null).status())
                    .isEqualTo(200);
            give(server.http());
            JsonNode active = trigger(server.http());
            assertThat(active.at("/state").asText()).isEqualTo("active");
            assertThat(active.at("/reason").isNull()).isTrue();
        }
    }
}
