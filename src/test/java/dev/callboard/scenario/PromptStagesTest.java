package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.config.ModelApi;
import dev.callboard.executors.ModelStub;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code prompt} stages over HTTP: they choose among the configured models, and one without a prompt does not start. */
class PromptStagesTest {
    private final ModelStub usual = new ModelStub(ModelApi.OPENAI);
    private final ModelStub other = new ModelStub(ModelApi.OLLAMA);
    private TestServer server;
    private Http http;
    private Tasks tasks;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("callboard.yaml"),
                """
                models:
                  provider: openai
                  base_url: "%s/v1"
                  model: small
                  price_output: 1
                  providers:
                    local:
                      provider: ollama
                      base_url: "%s"
                      model: large
                      models: [larger]
                      max_output_tokens: 500
                      price_output: 100
                      currency: EUR
                """
                        .formatted(usual.server.baseUrl(), other.server.baseUrl()));
        usual.answers(usual.says("From the usual one."));
        other.answers(other.says("From the other one."));
        server = TestServer.start(folder);
        http = server.http();
        tasks = new Tasks(http);
    }

    @AfterEach
    void stop() {
        server.close();
        usual.close();
        other.close();
    }

    @Test
    void aStageRunsWithTheModelThatItChooses() {
        JsonNode prompt = http.get("/api/vp/executors").at("/items").findParents("executor").stream()
                .filter(each -> each.path("executor").asText().equals("prompt"))
                .findFirst()
                .orElseThrow();
        assertThat(prompt.at("/config_schema/1").findValuesAsText("value"))
                .containsExactly("small", "local/large", "local/larger");
        Reply refused = add("sums-up", Map.of("prompt", "Sum up: {{input}}", "model", "local/small"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/executor_config/model");
        assertThat(refused.at("/errors/0/detail").asText()).contains("small, local/large, local/larger");
        Reply tooLong = add("sums-up", Map.of("prompt", "Sum up.", "model", "local/large", "max_output_tokens", 501));
        assertThat(tooLong.at("/errors/0/pointer").asText()).isEqualTo("/executor_config/max_output_tokens");

        Reply added = add(
                "sums-up",
                Map.of(
                        "prompt",
                        "Sum up: {{input}}",
                        "model",
                        "local/larger",
                        "temperature",
                        0,
                        "max_output_tokens",
                        500));
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        assertThat(added.json().has("warnings")).isFalse();
        pipeline(Map.of("name", "sums-up", "type", "sums-up"));
        String task = tasks.start(task());
        tasks.until(task, "completed");
        JsonNode execution = http.get("/api/tasks/" + task + "/executions").at("/items/0");
        assertThat(execution.path("output").asText()).isEqualTo("From the other one.");
        assertThat(execution.at("/usage/model").asText()).isEqualTo("larger");
        assertThat(execution.at("/usage/cost").decimalValue()).isEqualByComparingTo("0.0034");
        assertThat(usual.server.getAllServeEvents()).isEmpty();
    }

    @Test
    void aStageWithoutAPromptSaysWhatItNeedsAndDoesNotStart() {
        Reply added = add("says-nothing", Map.of());
        assertThat(added.at("/warnings/0/pointer").asText()).isEqualTo("/executor_config/prompt");
        JsonNode entry = http.get("/api/vp/stages/says-nothing").json();
        assertThat(entry.path("available").asBoolean()).isTrue();
        assertThat(entry.path("needs_prompt").asBoolean()).isTrue();
        Map<String, Object> again = new HashMap<>(definition("says-nothing", Map.of("prompt", "Say something.")));
        again.put("needs_prompt", true);
        assertThat(http.put("/api/vp/stages/says-nothing-else", again).status()).isEqualTo(404);

        Reply saved = pipeline(Map.of("name", "says-nothing", "type", "says-nothing"));
        assertThat(saved.json().toString()).contains("has no prompt");
        Reply refused = http.post("/api/tasks", task());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("stage_unavailable");
        assertThat(refused.at("/detail").asText()).contains("says-nothing", "prompt_template");

        pipeline(Map.of("name", "says-nothing", "type", "says-nothing", "prompt_template", "Answer: {{input}}"));
        String task = tasks.start(task());
        tasks.until(task, "completed");

        Reply replaced = http.put("/api/vp/stages/says-nothing", again);
        assertThat(replaced.status()).as(replaced.toString()).isEqualTo(200);
        entry = http.get("/api/vp/stages/says-nothing").json();
        assertThat(entry.has("needs_prompt")).isFalse();
        assertThat(usual.server.getAllServeEvents()).hasSize(1);
    }

    private Reply add(String id, Map<String, Object> config) {
        return http.post("/api/vp/stages", definition(id, config));
    }

    private static Map<String, Object> definition(String id, Map<String, Object> config) {
        return Stages.of(id, "prompt", config);
    }

    private Reply pipeline(Map<String, Object> stage) {
        Reply saved = http.put("/api/pipelines/answers", Map.of("name", "answers", "stages", List.of(stage)));
        assertThat(saved.status()).as(saved.toString()).isIn(200, 201);
        return saved;
    }

    private static Map<String, Object> task() {
        return Map.of(
                "title",
                "T",
                "pipeline",
                "answers",
                "input",
                List.of(Map.of("text", "The tide rises.")),
                "auto_start",
                true);
    }
}
