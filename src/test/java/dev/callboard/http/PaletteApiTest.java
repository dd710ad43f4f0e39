package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of the palette, as the contract's table says. */
class PaletteApiTest {
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

    private static List<String> ids(String group) {
        List<String> ids = new ArrayList<>();
        server.palette().path(group).forEach(entry -> ids.add(entry.path("id").asText()));
        return ids;
    }

    @Test
    void aStageIsAddedReplacedAndRemovedEachOneRevisionFurther() {
        long before = server.revision();
        Reply added = http.post("/api/vp/stages", Stages.manual("life", "One"));
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.at("/ok").asBoolean()).isTrue();
        assertThat(added.at("/id").asText()).isEqualTo("life");
        assertThat(added.at("/revision").asLong()).isEqualTo(before + 1);

        Reply entry = http.get("/api/vp/stages/life");
        assertThat(entry.at("/origin").asText()).isEqualTo("custom");
        assertThat(entry.at("/custom").asBoolean()).isTrue();
        assertThat(entry.header("ETag")).isEqualTo("\"" + (before + 1) + "\"");

        Reply replaced = http.put("/api/vp/stages/life", Stages.manual("life", "Two"));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.at("/revision").asLong()).isEqualTo(before + 2);
        assertThat(http.get("/api/vp/stages/life").at("/name").asText()).isEqualTo("Two");

        Reply removed = http.delete("/api/vp/stages/life");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.at("/ok").asBoolean()).isTrue();
        assertThat(removed.at("/revision").asLong()).isEqualTo(before + 3);
        assertThat(http.get("/api/vp/stages/life").status()).isEqualTo(404);
        assertThat(server.revision()).isEqualTo(before + 3);
    }

    @Test
    void replacingByTheSameKeepsTheRevision() {
        server.add("same");
        long before = server.revision();
        assertThat(http.put("/api/vp/stages/same", Stages.manual("same"))
                        .at("/revision")
                        .asLong())
                .isEqualTo(before);
        assertThat(server.revision()).isEqualTo(before);
    }

    @Test
    void sourcesAndSinksCanBeAddedToo() {
        Map<String, Object> none = Map.of("inputs", List.of(), "outputs", List.of());
        assertThat(http.post("/api/vp/stages", Map.of("id", "my-source", "label", "S", "type", "source", "ports", none))
                        .status())
                .isEqualTo(200);
        assertThat(http.post("/api/vp/stages", Map.of("id", "my-sink", "label", "S", "type", "sink", "ports", none))
                        .status())
                .isEqualTo(200);
        assertThat(ids("sources")).contains("my-source");
        assertThat(ids("sinks")).contains("my-sink");
    }

    @Test
    void whatIsRefusedChangesNothing() throws IOException {
        server.add("there");
        String before = server.palette().toString();
        byte[] file = Files.readAllBytes(server.stagesFile());
        Map<String, Object> invalid = Stages.manual("UPPER");
        invalid.put("executor", "magic");
        refused(http.post("/api/vp/stages", invalid), 400, "invalid_stage");
        refused(http.post("/api/vp/stages", Stages.manual("ingest")), 400, "builtin_stage");
        refused(http.post("/api/vp/stages", Stages.manual("there")), 409, "stage_exists");
        refused(http.get("/api/vp/stages/nothing"), 404, "unknown_stage");
        refused(http.put("/api/vp/stages/nothing", Stages.manual("nothing")), 404, "unknown_stage");
        refused(http.put("/api/vp/stages/ingest", Stages.manual("ingest")), 400, "not_custom");
        refused(http.put("/api/vp/stages/there", Stages.manual("other")), 400, "invalid_stage");
        refused(http.put("/api/vp/stages/there", Map.of("id", "there")), 400, "invalid_stage");
        refused(http.delete("/api/vp/stages/ingest"), 400, "not_custom");
        refused(http.delete("/api/vp/stages/nothing"), 400, "unknown_stage");
        refused(http.post("/api/vp/restore", null), 409, "nothing_to_restore");
        Map<String, Object> java = Stages.manual("my-java");
        java.put("executor", "java");
        refused(http.post("/api/vp/stages", java), 400, "invalid_stage");
        assertThat(server.palette().toString()).isEqualTo(before);
        assertThat(Files.readAllBytes(server.stagesFile())).isEqualTo(file);
    }

    private static void refused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.at("/status").asInt()).isEqualTo(status);
        assertThat(reply.at("/title").asText()).isNotEmpty();
        assertThat(reply.at("/detail").asText()).isNotEmpty();
        assertThat(reply.at("/type").asText()).startsWith("urn:callboard:problem:");
        assertThat(reply.at("/instance").asText()).startsWith("urn:callboard:request:");
    }

    @Test
    void anInvalidStageIsAnsweredWithEveryViolationAndItsPlace() {
        Reply reply = http.post(
                "/api/vp/stages",
                Map.of(
                        "id",
                        "../x",
                        "name",
                        "A",
                        "type",
                        "stage",
                        "ports",
                        Map.of("inputs", List.of(Map.of("name", "")))));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/errors")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(reply.at("/errors").findValuesAsText("pointer")).contains("/id", "/ports/inputs/0/name");
    }

    @Test
    void ifMatchGuardsReplacingAndRemoving() {
        long first = server.add("guarded").at("/revision").asLong();
        String etag = "\"" + first + "\"";
        Reply replaced = http.put("/api/vp/stages/guarded", Stages.manual("guarded", "New"), "If-Match", etag);
        assertThat(replaced.status()).isEqualTo(200);
        refused(
                http.put("/api/vp/stages/guarded", Stages.manual("guarded", "Old"), "If-Match", etag),
                412,
                "stale_revision");
        refused(http.delete("/api/vp/stages/guarded", "If-Match", etag), 412, "stale_revision");
        refused(http.delete("/api/vp/stages/guarded", "If-Match", "rubbish"), 400, "invalid_if_match");
        assertThat(http.get("/api/vp/stages/guarded").at("/name").asText()).isEqualTo("New");
        String now = "\"" + replaced.at("/revision").asLong() + "\"";
        assertThat(http.delete("/api/vp/stages/guarded", "If-Match", now).status())
                .isEqualTo(200);
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
    void oneHundredAddsAtOnceAreOneHundredRevisions() {
        long before = server.revision();
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            replies.add(http.postLater("/api/vp/stages", Stages.manual("crowd-" + i)));
        }
        List<Long> revisions = replies.stream()
                .map(reply -> reply.join().at("/revision").asLong())
                .sorted()
                .toList();
        assertThat(revisions).doesNotHaveDuplicates().startsWith(before + 1).endsWith(before + 100);
        assertThat(server.revision()).isEqualTo(before + 100);
    }

    @Test
    void ofManyAddsOfOneIdOneWins() {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            replies.add(http.postLater("/api/vp/stages", Stages.manual("contested", "Name " + i)));
        }
        assertThat(replies.stream().map(reply -> reply.join().status()).sorted())
                .startsWith(200, 409)
                .containsOnly(200, 409);
        assertThat(replies.stream().filter(reply -> reply.join().status() == 200))
                .hasSize(1);
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
