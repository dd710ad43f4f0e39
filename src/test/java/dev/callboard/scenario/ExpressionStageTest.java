package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Stages of the executor {@code expression}, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressionStageTest {
    private TestServer server;
    private Http http;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, Map.of());
        http = server.http();
        // The process of expressions starts with the first one, which a busy machine may answer with 504.
        await().until(
                        () -> http.post("/api/vp/stages", stage("first", "$eval(1)"))
                                .status(),
                        status -> status == 400);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Map<String, Object> stage(String id, String expression, Object... settings) {
        return Stages.of(id, "expression", Map.of("expression", expression), settings);
    }

    private void store(Map<String, Object> stage) {
        new Definitions(http).stage(stage);
    }

    /** Runs stages after each other; their attempts in order, when all have ended. */
    private List<JsonNode> run(String pipeline, Map<String, Object> config, String input, String... types) {
        List<Map<String, Object>> stages = new ArrayList<>();
        for (String type : types) {
            stages.add(Map.of("name", type, "type", type, "config", config));
        }
        new Definitions(http).pipelineOf(pipeline, stages.toArray());
        String task = new Tasks(http)
                .start(Map.of(
                        "title",
                        "Sums",
                        "description",
                        "Adds {{input}}",
                        "pipeline",
                        pipeline,
                        "input",
                        List.of(Map.of("text", input))));
        String address = "/api/tasks/" + task;
        await().until(() -> List.of("completed", "failed")
                .contains(http.get(address).json().path("status").asText()));
        List<JsonNode> executions = new ArrayList<>();
        http.get(address + "/executions").json().path("items").forEach(executions::add);
        return executions;
    }

    @Test
    void itSeesInputSettingsTaskAndStages() {
        store(stage("read-list", "{'numbers': $split(input, ',').$number()}"));
        store(stage(
                "add-up",
                "{'sum': $sum(input.numbers) * settings.factor, 'title': task.title, 'about': task.description,"
                        + " 'first': stages.`read-list`.numbers[0], 'id': $length(task.id) > 0}",
                Map.of("key", "factor", "type", "number", "label", "Factor")));
        List<JsonNode> ran = run("adding", Map.of("factor", 2), "1,2,3.5", "read-list", "add-up");
        JsonNode last = ran.stream()
                .filter(each -> each.path("output").has("sum"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(ran.toString()));
        assertThat(last.path("output").toString())
                .isEqualTo("{\"sum\":13,\"title\":\"Sums\",\"about\":\"Adds {{input}}\",\"first\":1,\"id\":true}");
    }

    @Test
    void aFaultOfSyntaxIsRefusedWhenItIsStored() {
        Reply refused = http.post("/api/vp/stages", stage("broken", "{\n  \"a\": input.(\n}"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/executor_config/expression");
        assertThat(refused.json().at("/errors/0/detail").asText()).contains("line 3");
        assertThat(http.post("/api/vp/stages", stage("evil", "$eval(input)"))
                        .json()
                        .at("/errors/0/detail")
                        .asText())
                .contains("$eval cannot be used here");
        assertThat(http.post("/api/vp/stages", stage("empty", "")).status()).isEqualTo(400);
        Map<String, Object> without = stage("without", "1");
        without.put("executor_config", Map.of());
        assertThat(http.post("/api/vp/stages", without)
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/executor_config/expression");
    }

    @Test
    void aSettingThatIsNotThereIsRefusedAsInATemplate() {
        Map<String, Object> factor = Map.of("key", "factor", "type", "number", "label", "Factor");
        Reply refused = http.post("/api/vp/stages", stage("mistyped", "input * settings.fcator", factor));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/executor_config/expression");
        assertThat(refused.json().at("/errors/0/detail").asText())
                .isEqualTo("names settings.fcator, which never has a value; known are settings.factor");
        assertThat(http.post("/api/vp/stages", stage("none", "settings.any"))
                        .json()
                        .at("/errors/0/detail")
                        .asText())
                .contains("names settings.any", "the stage has no settings");
        store(stage("others", "input.settings.any & $string(settings) & settings.factor", factor));
    }

    @Test
    void aSecretIsRefused() {
        Reply named = http.post(
                "/api/vp/stages",
                stage("shows", "settings.token", Map.of("key", "token", "type", "secret", "label", "Token")));
        assertThat(named.status()).isEqualTo(400);
        assertThat(named.json().at("/errors/0/pointer").asText()).isEqualTo("/executor_config/expression");
        Reply whole = http.post(
                "/api/vp/stages", stage("all", "settings", Map.of("key", "token", "type", "secret", "label", "Token")));
        assertThat(whole.status()).isEqualTo(400);
        assertThat(whole.json().at("/errors/0/pointer").asText()).isEqualTo("/settings_schema/0/type");
    }

    @Test
    void whatFailsSaysWhere() {
        store(stage("adds-text", "{'a': 1} & (input + 1)"));
        JsonNode failed = run("failing", Map.of(), "text", "adds-text").get(0);
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("error").asText()).contains("near character 19: ", "must evaluate to a number");
    }

    @Test
    void itIsListedAsAvailable() {
        JsonNode listed = null;
        for (JsonNode each : http.get("/api/vp/executors").json().path("items")) {
            listed = each.path("executor").asText().equals("expression") ? each : listed;
        }
        assertThat(listed).isNotNull();
        assertThat(listed.path("available").asBoolean()).isTrue();
        assertThat(listed.at("/config_schema/0/type").asText()).isEqualTo("text");
    }
}
