package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stages that people define without Java: what the dialog sends is what runs. */
class CustomStagesRunTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs wc and cat")
    void stagesMadeInTheDialogRunInATask() {
        try (TestServer server =
                TestServer.start(folder, Map.of("command.enabled", "true", "command.programs", "wc,cat"))) {
            Http http = server.http();
            Definitions definitions = new Definitions(http);
            definitions.stage(Stages.of("count-bytes", "command", Map.of("command", List.of("wc", "-c"))));
            definitions.stage(Stages.of("look-over", "manual", Map.of("instructions", "Look at the number.")));
            definitions.stage(Stages.of("sum-up", "prompt", Map.of("prompt", "Sum up: {{previous_output}}")));
            String project = http.post("/api/projects", Map.of("name", "P"))
                    .json()
                    .path("id")
                    .asText();
            http.get("/api/projects/" + project + "/stage-templates")
                    .json()
                    .path("items")
                    .forEach(template -> http.delete("/api/projects/" + project + "/stage-templates/"
                            + template.path("id").asText()));
            for (String type : List.of("count-bytes", "look-over", "sum-up")) {
                Reply made =
                        http.post("/api/projects/" + project + "/stage-templates", Map.of("name", type, "type", type));
                assertThat(made.status()).as(made.toString()).isEqualTo(201);
            }
            String task = http.post("/api/tasks", Map.of("title", "Abc", "project", project, "auto_start", true))
                    .json()
                    .path("id")
                    .asText();
            JsonNode attempts = decided(http, task, 4);
            assertThat(attempts.findValuesAsText("stage")).contains("count-bytes", "look-over", "sum-up");
            JsonNode counted = of(attempts, "count-bytes");
            assertThat(counted.path("output").asText().strip()).matches("[0-9]+");
            assertThat(of(attempts, "look-over").at("/input/prompt").asText()).startsWith("Look at the number.\n\nAbc");
            assertThat(of(attempts, "sum-up").at("/input/prompt").asText()).isEqualTo("Sum up: Seen.");
        }
    }

    /** Answers what waits until the task ends. */
    private static JsonNode decided(Http http, String task, int most) {
        for (int i = 0; i < most; i++) {
            JsonNode now = await().until(
                            () -> http.get("/api/tasks/" + task).json(),
                            each -> !each.path("status").asText().equals("running"));
            if (!now.path("status").asText().equals("awaiting_approval")) {
                assertThat(now.path("status").asText()).as(now.toString()).isEqualTo("completed");
                break;
            }
            JsonNode items =
                    http.get("/api/tasks/" + task + "/executions").json().path("items");
            JsonNode waiting = items.get(items.size() - 1);
            Object decision = waiting.path("output").isMissingNode()
                            || waiting.path("output").isNull()
                    ? Map.of("output", research(waiting))
                    : Map.of();
            Reply reply = http.post(
                    "/api/tasks/" + task + "/approve",
                    Map.of("execution_id", waiting.path("id").asText(), "decision", decision));
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        }
        return http.get("/api/tasks/" + task + "/executions").json().path("items");
    }

    private static Object research(JsonNode waiting) {
        return waiting.path("stage").asText().equals("Research")
                ? Map.of("research", "R", "questions", List.of())
                : "Seen.";
    }

    private static JsonNode of(JsonNode attempts, String stage) {
        for (JsonNode each : attempts) {
            if (each.path("stage").asText().equals(stage)) {
                return each;
            }
        }
        throw new AssertionError("no attempt at " + stage + " in " + attempts);
    }

    @Test
    void whatNoExecutorReadsIsRefusedWithItsPointer() {
        try (TestServer server = TestServer.start(folder)) {
            Map<String, Map<String, Object>> wrong = Map.of(
                    "manual", Map.of("prompt", "a"),
                    "prompt", Map.of("model", "large"),
                    "command", Map.of("command", List.of("cat"), "shell", true));
            wrong.forEach((executor, config) -> {
                Reply reply = server.http().post("/api/vp/stages", Stages.of("x", executor, config));
                assertThat(reply.status()).as(executor).isEqualTo(400);
                assertThat(reply.json().at("/errors/0/pointer").asText()).startsWith("/executor_config/");
            });
            Reply text = server.http().post("/api/vp/stages", Stages.of("x", "command", Map.of("command", "ls -l")));
            assertThat(text.json().at("/errors/0/pointer").asText()).isEqualTo("/executor_config/command");
        }
    }

    @Test
    void whatIsNotRunHereSaysWhy() {
        try (TestServer server = TestServer.start(folder)) {
            new Definitions(server.http()).stage(Stages.of("program", "command", Map.of("command", List.of("cat"))));
            assertThat(server.http()
                            .get("/api/vp/stages/program")
                            .json()
                            .path("reason")
                            .asText())
                    .contains("command.enabled");
        }
    }
}
