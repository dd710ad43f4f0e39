package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.config.ModelApi;
import dev.callboard.palette.ExecutorType;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that says the server's key back shows it to nobody. */
class ModelKeyTest {
    /** The key's variable is one that is set everywhere, with a long value: the stub takes every key. */
    private static final String VARIABLE = "PATH";

    private static final String KEY = System.getenv(VARIABLE);

    @TempDir
    Path folder;

    private static Reply stage(Http http, Map<String, Object> more) {
        Map<String, Object> stage = new HashMap<>(more);
        stage.put("id", "asks");
        stage.put("name", "asks");
        stage.put("type", "stage");
        stage.put("executor", "prompt");
        stage.put("executor_config", Map.of("prompt", "Say something."));
        stage.put("ports", Map.of("inputs", List.of(), "outputs", List.of(Map.of("name", "text", "type", "text"))));
        return http.post("/api/vp/stages", stage);
    }

    /** All that can be seen of a task that ran once. */
    private static String seen(Http http, String status) {
        String task = http.post("/api/tasks", Map.of("title", "T", "pipeline", "p", "auto_start", true))
                .at("/id")
                .asText();
        JsonNode ended = await().until(
                        () -> http.get("/api/tasks/" + task).json(),
                        now -> now.path("status").asText().equals(status));
        JsonNode executions = http.get("/api/tasks/" + task + "/executions").json();
        String id = executions.at("/items/0/id").asText();
        return ended.toString()
                + executions
                + http.get("/api/executions/" + id + "/output")
                + http.get("/api/executions/" + id + "/log");
    }

    @Test
    void itIsNeitherInAnOutputNorInALogNorInAnError() {
        try (ModelStub model = new ModelStub(ModelApi.OPENAI);
                TestServer server = TestServer.start(
                        folder,
                        Map.of(
                                "models.provider",
                                "openai",
                                "models.base_url",
                                model.server.baseUrl() + "/v1",
                                "models.model",
                                "small",
                                "models.api_key_env",
                                VARIABLE,
                                // Programs are not given what is the server's alone.
                                "command.environment",
                                "LANG"))) {
            Http http = server.http();
            assertThat(stage(http, Map.of("state_key", "said")).status()).isEqualTo(200);
            assertThat(http.put(
                                    "/api/pipelines/p",
                                    Map.of("name", "p", "stages", List.of(Map.of("name", "Ask", "type", "asks"))))
                            .status())
                    .isEqualTo(201);

            model.answers(model.says("The key is ", KEY, ".\nNo secret."));
            String answered = seen(http, "completed");
            assertThat(model.lastHeaders()).contains(KEY);
            assertThat(answered).doesNotContain(KEY).contains("The key is •••.", "No secret.");

            model.answers(model.status(400, "{\"error\": {\"message\": \"The key " + KEY + " is odd\"}}"));
            assertThat(seen(http, "failed")).doesNotContain(KEY).contains("is odd");

            Reply tried = http.post(
                    "/api/vp/try",
                    Map.of(
                            "definition",
                            Map.of(
                                    "id",
                                    "asks",
                                    "name",
                                    "asks",
                                    "type",
                                    "stage",
                                    "executor",
                                    "prompt",
                                    "executor_config",
                                    Map.of("prompt", "Say it."),
                                    "ports",
                                    Map.of("inputs", List.of(), "outputs", List.of())),
                            "input",
                            "x"));
            assertThat(tried.toString()).doesNotContain(KEY).contains("is odd");
        }
    }

    @Test
    void whereNoModelIsConfiguredThereIsNone() {
        assertThat(new PromptExecutor(ConfiguredModels.NONE)
                        .secrets(Requests.definition(ExecutorType.PROMPT, Map.of("prompt", "Say something."))))
                .isEmpty();
    }
}
