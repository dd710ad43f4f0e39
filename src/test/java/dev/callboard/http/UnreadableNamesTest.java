package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read a thing by can be read, wherever it is given. */
class UnreadableNamesTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Http http;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        http = server.http();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A bell, an escape, NUL, DEL; then nothing to be seen: zero width, marks of direction, fillers, a variation selector. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A\u0007",
                "\u001b[31mred",
                "A\u0000B",
                "A\u007f",
                "A\u0085B",
                "\u200b",
                "\u200b\u200d\ufeff",
                "\u200e\u200f",
                "\u3164",
                "\u2800",
                "\ufe0f",
                "\u034f"
            })
    void itIsRefusedWithItsPlace(String name) {
        refused(http.post("/api/tasks", Map.of("title", name, "pipeline", "dev-task")), "/title");
        refused(
                http.post("/api/tasks", Map.of("title", "T", "pipeline", "dev-task", "labels", List.of("a", name))),
                "/labels/1");
        String task = http.post("/api/tasks", Map.of("title", "T", "pipeline", "dev-task"))
                .at("/id")
                .asText();
        refused(http.send("PATCH", "/api/tasks/" + task, Map.of("title", name)), "/title");
        refused(http.send("PATCH", "/api/tasks/" + task, Map.of("labels", List.of(name))), "/labels/0");
        refused(http.post("/api/projects", Map.of("name", name)), "/name");
        String project =
                http.post("/api/projects", Map.of("name", "P")).at("/id").asText();
        refused(http.send("PATCH", "/api/projects/" + project, Map.of("name", name)), "/name");
        refused(
                http.post("/api/projects/" + project + "/stage-templates", Map.of("name", name, "type", "planning")),
                "/name");
        refused(
                http.put(
                        "/api/pipelines/unseen",
                        Map.of("name", "unseen", "stages", List.of(Map.of("name", name, "type", "planning")))),
                "/stages/0/name");
        refused(http.post("/api/vp/stages", Stages.manual("unseen", name)), "/name");
        Map<String, Object> labelled = new LinkedHashMap<>(Stages.manual("unseen"));
        labelled.put("label", name);
        refused(http.post("/api/vp/stages", labelled), "/label");
        labelled.put("label", "Seen");
        labelled.put("settings_schema", List.of(Map.of("key", "a", "type", "string", "label", name)));
        refused(http.post("/api/vp/stages", labelled), "/settings_schema/0/label");
    }

    private static void refused(Reply reply, String pointer) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.at("/errors").findValuesAsText("pointer"))
                .as(reply.text())
                .contains(pointer);
    }

    @Test
    void otherScriptsAndEmojiAreNames() {
        for (String title : List.of("שלום\u200f!", "مرحبا", "👩\u200d👩\u200d👧", "❤\ufe0f", "क\u094dष", "a\tb")) {
            Reply made = http.post("/api/tasks", Map.of("title", title, "pipeline", "dev-task"));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
        }
    }
}
