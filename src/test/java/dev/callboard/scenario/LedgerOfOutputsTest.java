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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stages of every executor write the ledger by what their definition says, and gates see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class LedgerOfOutputsTest {
    private TestServer server;
    private Http http;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, Map.of("command.enabled", "true", "command.programs", "sh"));
        http = server.http();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Map<String, Object> stage(
            String id, String executor, Map<String, Object> config, Map<String, ?> ledger) {
        Map<String, Object> stage = Stages.of(id, executor, config);
        stage.put("ledger", ledger);
        return stage;
    }

    /** Starts a task of the stage and a gate that waits for {@code passed: true}; its address. */
    private String start(Map<String, Object> stage) {
        Definitions definitions = new Definitions(http);
        String id = definitions.stage(stage);
        Map<String, Object> gate = Map.of(
                "name",
                "wait",
                "type",
                "gate",
                "config",
                Map.of("conditions", List.of(Map.of("field", "passed", "equals", true))));
        Map<String, Object> first = new HashMap<>(Map.of("name", id, "type", id));
        if (stage.get("executor").equals("command")) {
            first.put("output_schema", Map.of("type", "object"));
        }
        definitions.pipelineOf(id, first, gate);
        return "/api/tasks/" + new Tasks(http).start(id, Map.of("text", "go"));
    }

    private JsonNode when(String task, String status) {
        return await().until(
                        () -> http.get(task).json(),
                        each -> each.path("status").asText().equals(status));
    }

    @Test
    void anExpressionWritesItAndTheGateOpens() {
        String task = start(stage(
                "judge",
                "expression",
                Map.of("expression", "{'review': {'ok': input = 'go', 'score': 0.9}, 'list': [1, 2]}"),
                Map.of("passed", "review.ok", "second", "list.1", "all", ".", "missing", "review.none")));
        JsonNode ledger = when(task, "completed").path("ledger");
        assertThat(ledger.path("passed").asBoolean()).isTrue();
        assertThat(ledger.path("second").asInt()).isEqualTo(2);
        assertThat(ledger.at("/all/review/score").asDouble()).isEqualTo(0.9);
        assertThat(ledger.has("missing")).isFalse();
    }

    @Test
    void aProgramWritesItAndTheGateOpens() {
        String task = start(stage(
                "checks",
                "command",
                Map.of("command", List.of("sh", "-c", "echo '{\"passed\": true, \"n\": 3}'")),
                Map.of("passed", "passed", "n", "n")));
        assertThat(when(task, "completed").path("ledger").path("n").asInt()).isEqualTo(3);
    }

    @Test
    void aPersonWritesItAndTheGateOpens() {
        String task = start(stage("sign", "manual", Map.of(), Map.of("passed", "signed")));
        when(task, "awaiting_approval");
        Reply approved = http.post(task + "/approve", Map.of("decision", Map.of("output", Map.of("signed", true))));
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        assertThat(when(task, "completed").path("ledger").path("passed").asBoolean())
                .isTrue();
    }

    @Test
    void aPromptThatAPersonAnswersWritesIt() {
        String task = start(stage("ask", "prompt", Map.of("prompt", "Is {{input}} right?"), Map.of("passed", "yes")));
        when(task, "awaiting_approval");
        http.post(task + "/approve", Map.of("decision", Map.of("output", Map.of("yes", true))));
        assertThat(when(task, "completed").path("ledger").path("passed").asBoolean())
                .isTrue();
    }

    @Test
    void aValueThatIsTooLongFailsTheStage() {
        String task =
                start(stage("long", "expression", Map.of("expression", "$pad('a', 20000)"), Map.of("passed", ".")));
        assertThat(when(task, "failed").path("ledger").has("passed")).isFalse();
        assertThat(http.get(task + "/executions").json().at("/items/0/error").asText())
                .contains("does not fit the ledger: ledger value of 'passed'")
                .contains("10000 characters for one value of the ledger")
                .doesNotContain("output_characters", "cannot be kept", "cannot be stored");
    }

    @Test
    void aDefinitionThatIsWrongIsRefused() {
        Map<String, ?> wrong = Map.of("Not A Key", "a", "path", "a..b", "number", 5);
        Reply refused = http.post("/api/vp/stages", stage("wrong", "manual", Map.of(), wrong));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/ledger/Not A Key", "/ledger/path", "/ledger/number");
        assertThat(http.get("/api/vp/stages/wrong").status()).isEqualTo(404);
    }

    @Test
    void theDefinitionIsShownAsItWasStored() {
        http.post("/api/vp/stages", stage("kept", "manual", Map.of(), Map.of("passed", "a.b")));
        JsonNode entry = http.get("/api/vp/stages/kept").json();
        assertThat(entry.at("/ledger/passed").asText()).isEqualTo("a.b");
        assertThat(entry.has("warnings")).isFalse();
    }
}
