package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of custom stages that cannot be read is shown as such, never overwritten, mended by hand or restored. */
class UnreadableStagesFileTest extends StagesFileFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\n  \"stages\": [\n    {\"id\": }\n",
                "{\"stages\": {}}",
                "[]",
                "{\"stages\": [{\"id\": \"../x\", \"name\": \"X\", \"type\": \"stage\", \"ports\": {}}]}",
                "{\"stages\": [{\"id\": \"ingest\", \"name\": \"X\", \"type\": \"stage\", \"ports\": {}}]}",
                "{\"stages\": [{\"id\": \"x\", \"name\": \"X\", \"type\": \"stage\", \"ports\": {}},"
                        + " {\"id\": \"x\", \"name\": \"X\", \"type\": \"stage\", \"ports\": {}}]}",
                "{\"stages\": []} trailing",
                "\u0000\u0000\u0000\u0000"
            })
    void anUnreadableFileIsShownAsSuchAndNeverOverwritten(String text) throws IOException {
        server.add("a");
        FeedClient feed = server.feed().subscribe("status");
        feed.next();
        long revision = server.revision();
        edit(text);
        JsonNode status = feed.next().at("/data/stages_file");
        assertThat(status.path("status").asText()).isEqualTo("unreadable");
        assertThat(status.path("line").asInt()).isPositive();
        assertThat(status.path("column").asInt()).isPositive();
        assertThat(status.path("backup").asBoolean()).isTrue();
        assertThat(shown()).containsExactly("a");
        for (Reply reply : List.of(
                server.add("b"),
                http.put("/api/vp/stages/a", Stages.manual("a", "B")),
                http.delete("/api/vp/stages/a"))) {
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("stages_file_unreadable");
            assertThat(reply.at("/detail").asText()).contains("line ").contains("column ");
        }
        restart();
        assertThat(status()).isEqualTo("unreadable");
        assertThat(shown()).containsExactly("a");
        assertThat(server.revision()).isEqualTo(revision);
        assertThat(server.add("b").status()).isEqualTo(503);
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aFileFixedByHandIsTakenAgain() throws IOException {
        server.add("a");
        edit("{");
        await().until(this::status, "unreadable"::equals);
        editTo("a", "b");
        await().until(this::status, "ok"::equals);
        assertThat(shown()).containsExactly("a", "b");
        assertThat(server.add("c").status()).isEqualTo(200);
    }

    @Test
    void restoringBringsTheLastGoodStateBackAndKeepsTheUnreadableFile() throws IOException {
        server.add("a");
        long revision = server.revision();
        edit("{ broken");
        await().until(this::status, "unreadable"::equals);
        FeedClient feed = server.feed().subscribe("status");
        feed.next();
        Reply restored = http.post("/api/vp/restore", null);
        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.at("/revision").asLong()).isEqualTo(revision);
        assertThat(feed.next().at("/data/stages_file/status").asText()).isEqualTo("ok");
        assertThat(inFile()).containsExactly("a");
        try (Stream<Path> files = Files.list(file.getParent())) {
            List<Path> kept = files.filter(path -> path.getFileName().toString().contains(".corrupt-"))
                    .toList();
            assertThat(kept).singleElement().satisfies(path -> assertThat(path).hasContent("{ broken"));
        }
        assertThat(server.add("b").status()).isEqualTo(200);
        assertThat(http.post("/api/vp/restore", null).code()).isEqualTo("nothing_to_restore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "link to itself", "link to a folder"})
    void whatIsNoFileIsReportedAndMovedAside(String kind) throws IOException {
        server.add("a");
        long revision = server.revision();
        Files.delete(file);
        switch (kind) {
            case "folder" -> Files.writeString(Files.createDirectory(file).resolve("inside"), "kept");
            case "link to itself" -> Files.createSymbolicLink(file, file.getFileName());
            default -> Files.createSymbolicLink(file, Path.of("."));
        }
        await().until(this::status, "unreadable"::equals);
        JsonNode told = http.get("/api/vp").at("/stages_file");
        assertThat(told.path("detail").asText())
                .contains(kind.equals("link to itself") ? "It cannot be opened" : "It is a folder");
        assertThat(told.path("backup").asBoolean()).isTrue();
        assertThat(told.hasNonNull("line")).isFalse();
        Reply refused = server.add("b");
        assertThat(refused.code()).isEqualTo("stages_file_unreadable");
        assertThat(refused.at("/detail").asText())
                .contains("cannot be read: It ")
                .doesNotContain("null");
        assertThat(http.get("/health/ready").toString()).contains("degraded").doesNotContain("null");
        assertThat(shown()).containsExactly("a");
        restart();
        assertThat(status()).isEqualTo("unreadable");
        assertThat(shown()).containsExactly("a");

        Reply restored = http.post("/api/vp/restore", null);
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.at("/revision").asLong()).isEqualTo(revision);
        assertThat(status()).isEqualTo("ok");
        assertThat(file).isRegularFile();
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(inFile()).containsExactly("a");
        try (Stream<Path> files = Files.list(file.getParent())) {
            List<Path> kept = files.filter(path -> path.getFileName().toString().contains(".corrupt-"))
                    .toList();
            assertThat(kept).singleElement().satisfies(path -> {
                if (kind.equals("folder")) {
                    assertThat(path.resolve("inside")).hasContent("kept");
                } else {
                    assertThat(Files.isSymbolicLink(path)).isTrue();
                }
            });
        }
        assertThat(server.add("b").status()).isEqualTo(200);
    }
}
