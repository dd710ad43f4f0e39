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

/** A file goes through two programs: uploaded, changed by the first, read by the second. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class FilesOfProgramsTest {
    @TempDir
    Path folder;

    private static void stage(Http http, String id, String script) {
        new Definitions(http).stage(Stages.of(id, "command", Map.of("command", List.of("sh", "-c", script))));
    }

    @Test
    void anOutputWithFilesCanBeEditedUnderAStrictSchema() {
        try (TestServer server =
                TestServer.start(folder, Map.of("command.enabled", "true", "command.programs", "sh"))) {
            Http http = server.http();
            stage(http, "strict", "echo x > outputs/x.txt; echo '{\"n\": 1}'");
            Map<String, Object> schema = Map.of(
                    "type",
                    "object",
                    "additionalProperties",
                    false,
                    "properties",
                    Map.of("n", Map.of("type", "integer")));
            Map<String, Object> only =
                    Map.of("name", "Only", "type", "strict", "output_schema", schema, "approval", "approval");
            Reply stored = http.put("/api/pipelines/strict", Map.of("stages", List.of(only)));
            assertThat(stored.status()).as(stored.toString()).isEqualTo(201);
            String id = http.post("/api/tasks", Map.of("title", "T", "pipeline", "strict", "auto_start", true))
                    .at("/id")
                    .asText();
            await().until(() ->
                    http.get("/api/tasks/" + id).at("/status").asText().equals("awaiting_approval"));
            JsonNode waiting = http.get("/api/tasks/" + id + "/executions").at("/items/0");
            assertThat(edit(http, id, waiting, Map.of("n", "two")).status()).isEqualTo(400);
            assertThat(edit(http, id, waiting, Map.of("n", 2, "files", List.of()))
                            .status())
                    .isEqualTo(400);
            Reply edited = edit(http, id, waiting, Map.of("n", 2, "files", waiting.at("/output/files")));
            assertThat(edited.status()).as(edited.toString()).isEqualTo(200);
        }
    }

    private static Reply edit(Http http, String task, JsonNode waiting, Object output) {
        return http.post(
                "/api/tasks/" + task + "/approve",
                Map.of("execution_id", waiting.path("id").asText(), "decision", Map.of("output", output)));
    }

    @Test
    void aFileGoesIntoAProgramAndWhatItLeavesIntoTheNext() {
        try (TestServer server =
                TestServer.start(folder, Map.of("command.enabled", "true", "command.programs", "sh"))) {
            Http http = server.http();
            stage(
                    http,
                    "capitals",
                    "tr a-z A-Z < 'inputs/a note.csv' > outputs/loud.csv; grep -c media_type inputs/manifest.json");
            stage(http, "reads", "cat \"$CALLBOARD_INPUTS/loud.csv\"");
            http.put(
                    "/api/pipelines/loud",
                    Map.of(
                            "name",
                            "loud",
                            "stages",
                            List.of(
                                    Map.of("name", "First", "type", "capitals"),
                                    Map.of("name", "Second", "type", "reads"))));
            String blob = http.post("/api/blobs?name=a%20note.csv", "x,y", "Content-Type", "text/csv")
                    .json()
                    .path("sha256")
                    .asText();
            Reply task = http.post(
                    "/api/tasks",
                    Map.of(
                            "title",
                            "T",
                            "pipeline",
                            "loud",
                            "input",
                            List.of(Map.of("blob", blob, "name", "a note.csv")),
                            "auto_start",
                            true));
            String id = task.json().path("id").asText();
            JsonNode done = await().until(
                            () -> http.get("/api/tasks/" + id).json(), now -> List.of("completed", "failed")
                                    .contains(now.path("status").asText()));
            assertThat(done.path("status").asText()).as(done.toString()).isEqualTo("completed");
            JsonNode first = http.get("/api/tasks/" + id + "/executions").json().at("/items/0/output");
            assertThat(first.path("output").asText()).isEqualTo("1\n");
            assertThat(first.at("/files/0/name").asText()).isEqualTo("loud.csv");
            assertThat(first.at("/files/0/media_type").asText()).isEqualTo("text/csv");
            assertThat(http.get("/api/blobs/" + first.at("/files/0/blob").asText())
                            .text())
                    .isEqualTo("X,Y");
            assertThat(http.get("/api/tasks/" + id + "/executions")
                            .json()
                            .at("/items/1/output")
                            .asText())
                    .isEqualTo("X,Y");
        }
    }
}
