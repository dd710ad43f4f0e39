package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the calls of the palette answer to readers, as the contract's table says. */
class PaletteApiTest extends PaletteApiFixture {
    @Test
    void theRemovalOfAStageNamesThePipelinesThatUseIt() {
        server.add("used-stage");
        for (String name : List.of("user-b", "user-a")) {
            Map<String, Object> pipeline =
                    Map.of("name", name, "stages", List.of(Map.of("name", "S", "type", "used-stage")));
            assertThat(server.http().put("/api/pipelines/" + name, pipeline).status())
                    .isEqualTo(201);
        }
        Reply removed = server.http().delete("/api/vp/stages/used-stage");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.at("/warnings")).hasSize(1);
        assertThat(removed.at("/warnings/0/detail").asText())
                .contains("'used-stage' is still used", "'user-a', 'user-b'");
        server.add("unused-stage");
        assertThat(server.http()
                        .delete("/api/vp/stages/unused-stage")
                        .at("/warnings")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void theServerSaysThatItIsReady() {
        Reply reply = http.get("/api/vp");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/status").asText()).isEqualTo("ready");
        assertThat(reply.at("/version").asText()).isNotEmpty();
        assertThat(reply.at("/message").asText()).isNotEmpty();
        assertThat(reply.at("/revision").asLong()).isPositive();
        assertThat(reply.at("/stages_file/status").asText()).isEqualTo("ok");
    }

    @Test
    void everyEntryHasWhatTheContractSays() {
        JsonNode palette = server.palette();
        assertThat(palette.path("epoch").asText()).isNotEmpty();
        assertThat(palette.path("revision").asLong()).isPositive();
        for (String group : List.of("stages", "sources", "sinks")) {
            assertThat(palette.path(group)).isNotEmpty();
            for (JsonNode entry : palette.path(group)) {
                assertThat(entry.path("type").asText() + "s").isEqualTo(group);
                for (String member : List.of(
                        "id",
                        "name",
                        "label",
                        "type",
                        "description",
                        "execution_type",
                        "ports",
                        "settings_schema",
                        "origin",
                        "custom",
                        "executor",
                        "version",
                        "available",
                        "revision")) {
                    assertThat(entry.has(member))
                            .as(entry.path("id") + " " + member)
                            .isTrue();
                }
                assertThat(entry.path("ports").path("inputs").isArray()).isTrue();
                assertThat(entry.path("ports").path("outputs").isArray()).isTrue();
                assertThat(entry.path("available").asBoolean() || entry.has("reason"))
                        .isTrue();
            }
        }
    }

    @Test
    void theCoreDeclaresItsStages() {
        assertThat(ids("stages"))
                .contains(
                        "ingest",
                        "parse",
                        "ir-validation",
                        "chunk",
                        "embed",
                        "index",
                        "extract",
                        "knowledge-graph",
                        "download",
                        "gate");
        assertThat(ids("sources")).contains("files", "text");
        assertThat(ids("sinks")).contains("result", "file");
    }

    @Test
    void everyReadHasAnEtagAndIsNotSentTwice() {
        for (String path : List.of("/api/vp", "/api/vp/stages", "/api/vp/stages/ingest", "/api/plugins")) {
            Reply reply = http.get(path);
            assertThat(reply.header("ETag")).as(path).matches("\"[^\"]+\"");
            Reply again = http.get(path, "If-None-Match", "\"other\", W/" + reply.header("ETag"));
            assertThat(again.status()).as(path).isEqualTo(304);
            assertThat(again.bytes()).isEmpty();
            assertThat(http.get(path, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        }
        String etag = http.get("/api/vp/stages").header("ETag");
        server.add("etag");
        assertThat(http.get("/api/vp/stages", "If-None-Match", etag).status()).isEqualTo(200);
    }

    @Test
    void thePaletteIsCompressedForWhoTakesIt() throws IOException {
        Reply reply = http.get("/api/vp/stages", "Accept-Encoding", "gzip");
        assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.bytes()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("{\"epoch\"");
        }
        assertThat(http.get("/api/vp/stages").header("Content-Encoding")).isEmpty();
    }

    @Test
    void aDrawnPipelineIsCheckedAndPlanned() {
        Map<String, Object> source = Map.of("id", "s", "type", "source", "source_type", "files");
        Map<String, Object> stage = Map.of("id", "a", "type", "stage", "stage_id", "ingest");
        Map<String, Object> edge = Map.of(
                "id", "e", "source_node", "s", "source_port", "files", "target_node", "a", "target_port", "files");
        Map<String, Object> graph = Map.of("nodes", List.of(source, stage), "edges", List.of(edge));
        assertThat(http.post("/api/vp/validate", graph).text()).isEqualTo("{\"valid\":true,\"errors\":[]}");
        Reply plan = http.post("/api/vp/compile", graph);
        assertThat(plan.at("/valid").asBoolean()).isTrue();
        assertThat(plan.at("/plan/main_path").toString()).isEqualTo("[\"s\",\"a\"]");
        assertThat(plan.at("/plan/side_taps").toString()).isEqualTo("[]");
        Map<String, Object> wrong = Map.of("nodes", List.of(stage), "edges", List.of(edge, edge));
        Reply errors = http.post("/api/vp/validate", wrong);
        assertThat(errors.status()).isEqualTo(200);
        assertThat(errors.at("/valid").asBoolean()).isFalse();
        assertThat(errors.at("/errors").findValuesAsText("message"))
                .anyMatch(message -> message.contains("2 inputs") && message.contains("max 1"))
                .anyMatch(message -> message.contains("needs a source"));
        assertThat(http.post("/api/vp/compile", wrong).at("/plan").isNull()).isTrue();
        refused(http.post("/api/vp/validate", "[]"), 400, "invalid_graph");
    }

    @Test
    void healthSaysWhatWorks() {
        assertThat(http.get("/health/live").at("/status").asText()).isEqualTo("up");
        Reply ready = http.get("/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.at("/checks/database/status").asText()).isEqualTo("up");
        assertThat(ready.at("/checks/palette/status").asText()).isEqualTo("up");
    }
}
