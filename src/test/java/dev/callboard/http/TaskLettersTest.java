package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.ServerFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the contract says of tasks, to the letter. */
class TaskLettersTest extends ServerFixture {
    private static final Map<String, Object> TASK = Map.of("title", "T", "pipeline", "dev-task");

    @Test
    void theProjectOfATaskIsOneThatCanBeReadOrNone() {
        assertThat(http.post("/api/tasks", TASK).at("/project").isNull()).isTrue();
        String project =
                http.post("/api/projects", Map.of("name", "P")).at("/id").asText();
        String named = http.post("/api/tasks", Map.of("title", "T", "project", project))
                .at("/project")
                .asText();
        assertThat(http.get("/api/projects/" + named).status()).isEqualTo(200);
        assertThat(http.get("/api/tasks").at("/items").findValues("project")).anyMatch(JsonNode::isNull);
    }

    @Test
    void noSelectionIsDistinguishedFromAWholeOne() {
        String task = create();
        Reply none = http.get("/api/tasks/" + task + "/stages");
        assertThat(none.at("/all").asBoolean()).isTrue();
        Reply put = http.put("/api/tasks/" + task + "/stages", Map.of("stages", members(none)));
        assertThat(put.at("/all").isBoolean() && !put.at("/all").asBoolean())
                .as(put.toString())
                .isTrue();
        assertThat(put.at("/stages").size()).isEqualTo(none.at("/stages").size());
        assertThat(http.put("/api/tasks/" + task + "/stages", Map.of("stages", List.of()))
                        .at("/all")
                        .asBoolean())
                .isTrue();
    }

    private static List<Map<String, String>> members(Reply selection) {
        return selection.at("/stages").findValuesAsText("stage_template_id").stream()
                .map(id -> Map.of("stage_template_id", id))
                .toList();
    }

    /** Nothing selected is not the same as nothing said: the first would start all of it. */
    @Test
    void aTaskIsNotMadeWithAnEmptyListOfStages() {
        Reply refused = http.post(
                "/api/tasks", Map.of("title", "T", "pipeline", "dev-task", "stages", List.of(), "auto_start", true));
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/stages");
        assertThat(refused.at("/errors/0/detail").asText()).startsWith("must name at least one stage");
    }

    @Test
    void redoOfAPendingTaskStartsIt() {
        String task = create();
        String second = http.get("/api/tasks/" + task).at("/stages/1/id").asText();
        assertThat(http.post("/api/tasks/" + task + "/redo", Map.of("stage", second))
                        .code())
                .isEqualTo("wrong_status");
        Reply redone = http.post("/api/tasks/" + task + "/redo", Map.of("user_input", "go"));
        assertThat(redone.status()).as(redone.toString()).isEqualTo(200);
        waits(task);
        assertThat(http.get("/api/tasks/" + task + "/executions")
                        .at("/items/0/user_input")
                        .asText())
                .isEqualTo("go");
    }

    @Test
    void anOutputHasAnEtag() {
        String task = create();
        assertThat(http.post("/api/tasks/" + task + "/run", Map.of()).status()).isEqualTo(200);
        waits(task);
        String execution =
                http.get("/api/tasks/" + task + "/executions").at("/items/0/id").asText();
        Reply approved = http.post(
                "/api/tasks/" + task + "/approve",
                Map.of(
                        "execution_id",
                        execution,
                        "decision",
                        Map.of("output", Map.of("research", "R", "questions", List.of()))));
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        Reply output = http.get("/api/executions/" + execution + "/output");
        assertThat(output.at("/research").asText()).isEqualTo("R");
        assertThat(output.header("ETag")).isNotEmpty();
        assertThat(http.get("/api/executions/" + execution + "/output", "If-None-Match", output.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    private String create() {
        return http.post("/api/tasks", TASK).at("/id").asText();
    }

    private void waits(String task) {
        await().until(() ->
                http.get("/api/tasks/" + task).at("/status").asText().equals("awaiting_approval"));
    }
}
