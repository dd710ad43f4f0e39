package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Entries of the palette are added, replaced and removed, each one revision further, or refused without a trace. */
class PaletteEditsTest extends PaletteApiFixture {
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
}
