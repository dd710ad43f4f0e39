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
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The settings of stages that people define reach what runs them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class SettingsArriveTest {
    private TestServer server;
    private Http http;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, Map.of("command.enabled", "true", "command.programs", "sh,printf"));
        http = server.http();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Runs one stage in a pipeline of its own until it has ended or waits; its last attempt. */
    private JsonNode run(Map<String, Object> stage, Map<String, Object> config, String input) {
        Definitions definitions = new Definitions(http);
        String id = definitions.stage(stage);
        definitions.pipelineOf(id, Map.of("name", "Only", "type", id, "config", config));
        String task = new Tasks(http)
                .start(Map.of(
                        "title", "Quick {{settings.tone}}", "pipeline", id, "input", List.of(Map.of("text", input))));
        String executions = "/api/tasks/" + task + "/executions";
        return await().until(
                        () -> http.get(executions).json().at("/items/0"), each -> !List.of("pending", "running", "")
                                .contains(each.path("status").asText()));
    }

    @Test
    void aProgramGetsThemAsVariablesAndAsWholeArguments() {
        Map<String, Object> stage = Stages.of(
                "told",
                "command",
                Map.of(
                        "command",
                        List.of(
                                "sh",
                                "-c",
                                "printf '%s|' \"$@\" \"$CALLBOARD_SETTING_TONE\" \"$CALLBOARD_SETTING_MAX_WORDS\""
                                        + " \"$CALLBOARD_SETTING_LIST\" \"$CALLBOARD_ATTEMPT\" \"${CALLBOARD_TASK_ID:+set}\"",
                                "sh",
                                "{{settings.tone}}",
                                "{{task.title}}",
                                "{{input}}")),
                Stages.setting("tone", "string"),
                Stages.setting("max-words", "integer"),
                Stages.setting("list", "json"));
        JsonNode ran = run(stage, Map.of("tone", "{{task.id}} $(id)", "max-words", 7, "list", List.of(1, "a")), "In");
        assertThat(ran.path("output").asText())
                .as(ran.toString())
                .isEqualTo("{{task.id}} $(id)|Quick {{settings.tone}}|In|{{task.id}} $(id)|7|[1,\"a\"]|1|set|");
    }

    @Test
    void aPersonSeesThem() {
        Map<String, Object> stage = Stages.of(
                "asked",
                "manual",
                Map.of("instructions", "In tone {{settings.tone}}."),
                Stages.setting("tone", "string"),
                Stages.setting("words", "integer"),
                Stages.setting("unset", "string"));
        JsonNode waits = run(stage, Map.of("tone", "dry", "words", 12), "In");
        assertThat(waits.at("/input/prompt").asText())
                .startsWith("In tone dry.\n\n- The words: 12\n\nQuick {{settings.tone}}");
    }

    @Test
    void aPromptNamesThemAndTheInput() {
        Map<String, Object> stage = Stages.of(
                "rewrite",
                "prompt",
                Map.of(
                        "prompt",
                        "Rewrite {{input}} in tone {{settings.tone}}{{#settings.none}}!{{/settings.none}} for"
                                + " {{task.title}}."),
                Stages.setting("tone", "string"),
                Stages.setting("none", "string"));
        JsonNode waits = run(stage, Map.of("tone", "dry"), "A {{user_input}}");
        assertThat(waits.at("/input/prompt").asText())
                .isEqualTo("Rewrite A {{user_input}} in tone dry for Quick {{settings.tone}}.");
    }

    @Test
    void aValueIsNeverAnOption() {
        Map<String, Object> open = Stages.of(
                "open", "command", Map.of("command", List.of("printf", "{{input}}")), Stages.setting("x", "string"));
        JsonNode failed = run(open, Map.of(), "-n");
        assertThat(failed.path("error").asText()).as(failed.toString()).contains("begins with '-'");
        Map<String, Object> closed =
                Stages.of("closed", "command", Map.of("command", List.of("printf", "--", "{{input}}")));
        assertThat(run(closed, Map.of(), "-n").path("output").asText()).isEqualTo("-n");
    }

    @Test
    void aNameThatIsNoSettingIsRefusedWithItsPointer() {
        refused(
                Stages.of("r1", "prompt", Map.of("prompt", "{{settings.tine}}"), Stages.setting("tone", "string")),
                "prompt",
                "settings.tone");
        refused(
                Stages.of("r2", "manual", Map.of("instructions", "{{settings.tone}}")),
                "instructions",
                "never has a value");
        refused(
                Stages.of("r3", "command", Map.of("command", List.of("sh", "{{settings.tine}}"))),
                "command/1",
                "never has a value");
        refused(
                Stages.of(
                        "r4",
                        "command",
                        Map.of("command", List.of("sh", "a{{settings.tone}}")),
                        Stages.setting("tone", "string")),
                "command/1",
                "an argument of its own");
        refused(
                Stages.of("r5", "prompt", Map.of("prompt", "{{settings.key}}"), Stages.setting("key", "secret")),
                "prompt",
                "a secret");
        Reply meet = http.post(
                "/api/vp/stages",
                Stages.of(
                        "r6",
                        "command",
                        Map.of("command", List.of("sh")),
                        Stages.setting("a-b", "string"),
                        Stages.setting("a.b", "string")));
        assertThat(meet.status()).isEqualTo(400);
        assertThat(meet.json().at("/errors/0/pointer").asText()).isEqualTo("/settings_schema/1/key");
    }

    private void refused(Map<String, Object> stage, String at, String detail) {
        Reply reply = http.post("/api/vp/stages", stage);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/executor_config/" + at);
        assertThat(reply.json().at("/errors/0/detail").asText()).contains(detail);
    }

    @Test
    void everyExecutorSaysWhetherItRunsHereAndWhatItReads() {
        List<String> words = new ArrayList<>();
        for (JsonNode each : http.get("/api/vp/executors").json().path("items")) {
            words.add(each.path("executor").asText());
            assertThat(each.path("available").asBoolean()).isNotEqualTo(each.has("reason"));
        }
        assertThat(words)
                .containsExactlyInAnyOrder("java", "expression", "http", "prompt", "command", "worker", "manual");
        JsonNode command = http.get("/api/vp/executors").json().at("/items/4");
        assertThat(command.path("executor").asText()).isEqualTo("command");
        assertThat(command.at("/config_schema/0/key").asText()).isEqualTo("command");
        assertThat(command.at("/config_schema/0/required").asBoolean()).isTrue();
    }

    @Test
    void storingWhatCannotRunHereWarns() {
        Reply reply = http.post(
                "/api/vp/stages", Stages.of("later", "command", Map.of("command", List.of("no-such-program"))));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/warnings/0/pointer").asText()).isEqualTo("/executor");
        assertThat(reply.json().at("/warnings/0/detail").asText()).contains("cannot run here now");
    }
}
