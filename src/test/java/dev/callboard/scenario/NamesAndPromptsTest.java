package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Stages;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that mislead and placeholders that nothing fills are refused where they come in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesAndPromptsTest {
    private static final String KNOWN =
            "task_description, user_input, previous_output, prior_attempt_output, available_stages, stage_summaries,"
                    + " task.id, task.title, input, input.MEMBER";

    private ScenarioServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new ScenarioServer(folder);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private void refused(String method, String path, Map<String, ?> body, String pointer, String detail)
            throws Exception {
        Map<?, ?> problem = server.send(400, method, path, body);
        assertThat((List<?>) problem.get("errors"))
                .anyMatch(error -> error.equals(Map.of("pointer", pointer, "detail", detail)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202a", "\u202e", "\u2066", "\u2069"})
    void aNameThatTurnsTheDirectionOfTextIsRefused(String mark) throws Exception {
        String name = "pay" + mark + "fdp";
        String detail = "must not contain characters that turn the direction of text";
        refused("POST", "/api/tasks", Map.of("title", name, "pipeline", "dev-task"), "/title", detail);
        refused("POST", "/api/projects", Map.of("name", name), "/name", detail);
        Map<?, ?> problem = server.send(
                400,
                "PUT",
                "/api/pipelines/turned",
                Map.of("name", "turned", "stages", List.of(Map.of("name", name, "type", "parse"))));
        assertThat(problem.get("errors").toString()).contains("/stages/0/name");
        // Free text may have them.
        server.send(201, "POST", "/api/projects", Map.of("name", "ok " + (int) mark.charAt(0), "description", name));
    }

    @Test
    void theMarksOfRightToLeftScriptsBelongIntoTitles() throws Exception {
        String title = "\u05e9\u05dc\u05d5\u05dd\u200f (PDF)\u200e";
        Map<?, ?> task = server.send(201, "POST", "/api/tasks", Map.of("title", title, "pipeline", "dev-task"));
        assertThat(task.get("title")).isEqualTo(title);
        server.send(201, "POST", "/api/projects", Map.of("name", title));
    }

    @Test
    void aStageWithAnUnknownPlaceholderIsRefused() throws Exception {
        Map<String, Object> stage = new HashMap<>(Stages.manual("asks"));
        stage.put("executor", "prompt");
        stage.put("executor_config", Map.of("prompt", "Do {{task_description}} for {{ nosuch }}"));
        refused(
                "POST",
                "/api/vp/stages",
                stage,
                "/executor_config/prompt",
                "names {{nosuch}}, which never has a value; known are " + KNOWN);
        stage.put("executor_config", Map.of("prompt", "{{#user_input}}{{user_input}}"));
        Map<?, ?> problem = server.send(400, "POST", "/api/vp/stages", stage);
        assertThat(problem.get("errors").toString()).contains("/executor_config/prompt", "is not closed");
        stage.put(
                "executor_config",
                Map.of("prompt", "Do {{task_description}} {braces} {{#user_input}}!{{/user_input}}"));
        server.send(200, "POST", "/api/vp/stages", stage);
    }

    @Test
    void aStageTemplateWithAnUnknownPlaceholderIsRefused() throws Exception {
        String detail = "names {{nosuch}}, which never has a value; known are " + KNOWN;
        Object project =
                server.send(201, "POST", "/api/projects", Map.of("name", "P")).get("id");
        refused(
                "POST",
                "/api/projects/" + project + "/stage-templates",
                Map.of("name", "Own", "type", "planning", "prompt_template", "{{^nosuch}}x{{/nosuch}}"),
                "/prompt_template",
                detail);
        Map<String, Object> stage = Map.of("name", "Own", "type", "planning", "prompt_template", "{{nosuch}}");
        refused(
                "PUT",
                "/api/pipelines/asking",
                Map.of("name", "asking", "stages", List.of(stage)),
                "/stages/0/prompt_template",
                detail);
    }
}
