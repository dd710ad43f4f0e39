package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting of a stage that has none is no error, but nobody would notice that it is mistyped. */
class UncheckedSettingsTest {
    private static final String IGNORED = "the stage type 'bare' has no settings; 'a/b' is ignored";

    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Path pipelines = folder.resolve("config/pipelines");
        Files.createDirectories(pipelines);
        Files.writeString(
                pipelines.resolve("p.yaml"),
                "name: p\nstages: [{name: One / Two, type: bare}, {name: Three, type: full}]\n");
        server = TestServer.start(folder);
        assertThat(server.add("bare").status()).isEqualTo(200);
        Map<String, Object> full = Stages.manual("full");
        full.put("settings_schema", List.of(Map.of("key", "a", "type", "integer")));
        assertThat(server.http().post("/api/vp/stages", full).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply task(Map<String, ?> settings) {
        return server.http().post("/api/tasks", Map.of("title", "T", "pipeline", "p", "settings", settings));
    }

    @Test
    void aTaskThatSetsOneIsWarned() {
        Reply made = task(Map.of("One / Two", Map.of("a/b", 1), "Three", Map.of("a", 1)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.at("/warnings")).hasSize(1);
        assertThat(made.at("/warnings/0/pointer").asText()).isEqualTo("/settings/One ~1 Two/a~1b");
        assertThat(made.at("/warnings/0/detail").asText()).isEqualTo(IGNORED);
        assertThat(server.http()
                        .get("/api/tasks/" + made.at("/id").asText())
                        .json()
                        .has("warnings"))
                .isFalse();
        assertThat(task(Map.of("Three", Map.of("a", 1))).at("/warnings")).isEmpty();
    }

    @Test
    void aPipelineThatIsStoredWithOneIsWarned() {
        Reply put = server.http()
                .put(
                        "/api/pipelines/q",
                        Map.of(
                                "name",
                                "q",
                                "stages",
                                List.of(Map.of("name", "s", "type", "bare", "config", Map.of("a/b", 1)))));
        assertThat(put.status()).as(put.toString()).isEqualTo(201);
        assertThat(put.at("/warnings/0/pointer").asText()).isEqualTo("/stages/0/config/a~1b");
        assertThat(put.at("/warnings/0/detail").asText()).isEqualTo(IGNORED);
    }

    @Test
    void soIsADrawnGraph() {
        Map<String, Object> graph = Map.of(
                "nodes",
                List.of(
                        Map.of("id", "n", "type", "stage", "stage_id", "bare", "settings", Map.of("a/b", 1)),
                        Map.of("id", "m", "type", "stage", "stage_id", "full", "settings", Map.of("a", 1))),
                "edges",
                List.of());
        Reply checked = server.http().post("/api/vp/validate", graph);
        assertThat(checked.status()).as(checked.toString()).isEqualTo(200);
        assertThat(checked.at("/errors").findValuesAsText("code")).containsExactly("no_source");
        assertThat(checked.at("/warnings")).hasSize(1);
        assertThat(checked.at("/warnings/0/code").asText()).isEqualTo("unchecked_setting");
        assertThat(checked.at("/warnings/0/message").asText()).isEqualTo("Node 'n': " + IGNORED + ".");
        assertThat(checked.at("/warnings/0/pointer").asText()).isEqualTo("/nodes/0/settings/a~1b");
        assertThat(checked.at("/warnings/0/node_id").asText()).isEqualTo("n");
    }
}
