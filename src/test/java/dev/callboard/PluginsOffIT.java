package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Chunks;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plugins.enabled: false}, the way back to the built-in stages alone, with the real plugins and pipelines. */
class PluginsOffIT {
    private static final List<String> PLUGIN_PIPELINES = List.of("auto", "web", "pdf-two-phase");
    private static final String[] STAGES = {
        "ingest", "download", "parse", "ir-validation", "chunk", "embed", "index", "extract", "knowledge-graph"
    };
    private static final Map<String, Object> GO = Map.of("conditions", Map.of("field", "go", "exists", true));
    private static final String OFF = "Plugins are switched off (plugins.enabled: false).";

    @TempDir
    Path folder;

    @BeforeEach
    void plugins() throws IOException {
        FirstPartyPlugins.copyTo(folder);
    }

    @Test
    void switchedOffTheyAreUnavailableWithReasonsAndOnAgainAllGoesOn() {
        String held;
        JsonNode document;
        try (TestServer server = TestServer.start(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages(STAGES);
            Map<String, Object> gate = Map.of("name", "hold", "type", "gate", "config", GO);
            assertThat(server.http()
                            .put("/api/pipelines/builtin", Map.of("name", "builtin", "stages", List.of(gate)))
                            .status())
                    .isEqualTo(201);
            String id = tasks.start("auto", Map.of("text", "The tide rises. The tide falls."));
            tasks.until(id, "completed");
            document = tasks.output(id, "parse");
            held = tasks.start("pdf-two-phase", Map.of("text", "stands for a PDF"));
            tasks.waiting(held);
        }
        try (TestServer server = TestServer.start(folder, Map.of("plugins.enabled", "false"))) {
            withoutPlugins(server.http(), held, document);
        }
        try (TestServer server = TestServer.start(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages(STAGES);
            for (String name : PLUGIN_PIPELINES) {
                assertThat(server.http()
                                .get("/api/pipelines/" + name)
                                .at("/available")
                                .asBoolean())
                        .as(name)
                        .isTrue();
            }
            tasks.call(held, "retry", Map.of());
            tasks.until(held, "completed");
            Chunks.cut(tasks.output(held, "chunk"), document);
            tasks.until(tasks.start("auto", Map.of("text", "The tide turns.")), "completed");
        }
    }

    private static void withoutPlugins(Http http, String held, JsonNode document) {
        Tasks tasks = new Tasks(http);
        assertThat(http.get("/api/plugins").at("/items")).hasSize(3).allSatisfy(plugin -> assertThat(plugin.toString())
                .contains("\"disabled\"", OFF));
        for (String type : STAGES) {
            JsonNode entry = http.get("/api/vp/stages/" + type).json();
            assertThat(entry.path("available").asBoolean(true)).as(type).isFalse();
            assertThat(entry.path("reason").asText()).as(type).isNotEmpty();
            assertThat(entry.path("origin").asText()).isEqualTo("builtin");
        }
        for (String name : PLUGIN_PIPELINES) {
            assertThat(http.get("/api/pipelines/" + name).at("/available").asBoolean(true))
                    .as(name)
                    .isFalse();
            Reply refused = http.post(
                    "/api/tasks",
                    Map.of("title", "T", "pipeline", name, "auto_start", true, "input", List.of(Map.of("text", "x"))));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("pipeline_unavailable");
        }
        String builtin = tasks.start("builtin");
        tasks.waiting(builtin);
        tasks.ledger(builtin, Map.of("go", 1));
        tasks.until(builtin, "completed");

        String sha256 = tasks.blob(document.toString().getBytes(StandardCharsets.UTF_8), "application/json");
        tasks.ledger(held, Map.of("document", Map.of("blob", sha256), "pdf_ir_ready", true));
        JsonNode failed = tasks.until(held, "failed");
        assertThat(tasks.attempt(held, "pdf_ir_ready").path("status").asText())
                .as("the gate is built in and passes")
                .isEqualTo("completed");
        assertThat(failed.path("error").asText()).contains("ir-validation");
    }
}
