package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The file of custom stages: written whole or not at all, and edited by hand while the server runs. */
class StagesFileTest extends StagesFileFixture {
    @Test
    void whatTheExecutorDoesNotReadIsKeptInTheFileButNotTakenAnew() throws IOException {
        Map<String, Object> stage = Stages.manual("older");
        stage.put("executor_config", Map.of("topic", "reviews"));
        edit(Json.writePretty(Map.of("stages", List.of(stage))));
        await().untilAsserted(() -> assertThat(shown()).containsExactly("older"));
        assertThat(status()).isEqualTo("ok");
        stage.put("id", "newer");
        assertThat(http.post("/api/vp/stages", stage).at("/errors/0/pointer").asText())
                .isEqualTo("/executor_config/topic");
    }

    @Test
    void aPlaceholderThatNothingFillsIsNoReasonToLoseAnOlderStage() throws IOException {
        Map<String, Object> stage = Stages.manual("older");
        stage.put("executor_config", Map.of("instructions", "Look at {{nosuch}}"));
        edit(Json.writePretty(Map.of("stages", List.of(stage))));
        await().untilAsserted(() -> assertThat(shown()).containsExactly("older"));
        assertThat(status()).isEqualTo("ok");
    }

    @Test
    void itIsSortedAndHasABackupAndNothingIsLeftBeside() throws IOException {
        for (String id : List.of("c", "a", "b")) {
            server.add(id);
        }
        assertThat(inFile()).containsExactly("a", "b", "c");
        assertThat(file.resolveSibling(file.getFileName() + ".bak")).hasSameBinaryContentAs(file);
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(
                            "custom_pipeline_stages.json", "custom_pipeline_stages.json.bak", "pipelines");
        }
    }

    @Test
    void anEditByHandIsPublishedAsChangesWithinASecond() throws IOException {
        server.add("gone");
        server.add("kept");
        FeedClient feed = server.feed().subscribe("palette");
        long revision = feed.next().path("revision").asLong();
        editTo("kept", "new");
        JsonNode removed = feed.next();
        JsonNode added = feed.next();
        assertThat(removed.path("kind").asText() + " " + removed.at("/stage/id").asText())
                .isEqualTo("removed gone");
        assertThat(added.path("kind").asText() + " " + added.at("/stage/id").asText())
                .isEqualTo("added new");
        assertThat(added.path("revision").asLong()).isEqualTo(revision + 2);
        feed.expectNothingBeforePong();
        assertThat(shown()).containsExactly("kept", "new");
    }

    @Test
    void anEditByHandJustBeforeAWriteIsNotOverwritten() throws IOException {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add("hand-" + i);
            editTo(all.toArray(String[]::new));
            assertThat(server.add("api-" + i).status()).isEqualTo(200);
            all.add("api-" + i);
            assertThat(inFile()).containsExactlyInAnyOrderElementsOf(all);
        }
        assertThat(shown()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void anEditByHandJustAfterAWriteIsSeen() throws IOException {
        for (int i = 0; i < 10; i++) {
            server.add("api-" + i);
            editTo("hand-" + i);
            String hand = "hand-" + i;
            await().untilAsserted(() -> assertThat(shown()).containsExactly(hand));
        }
    }

    @Test
    void deletingTheFileEmptiesItButKeepsTheBackup() throws IOException {
        server.add("a");
        Files.delete(file);
        await().untilAsserted(() -> assertThat(shown()).isEmpty());
        assertThat(Files.readString(file.resolveSibling(file.getFileName() + ".bak")))
                .contains("\"a\"");
        assertThat(status()).isEqualTo("ok");
    }

    @Test
    void membersThatAreNotKnownAreKeptAsTheyWereWritten() throws IOException {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", "https://example.org/stages.json");
        whole.putAll(Stages.file("a"));
        whole.put("note", Map.of("by", "us", "since", 2026.5));
        edit(Json.writePretty(whole));
        await().untilAsserted(() -> assertThat(shown()).containsExactly("a"));
        assertThat(server.add("b").status()).isEqualTo(200);
        assertThat(inFile()).containsExactly("a", "b");
        assertThat(others()).containsExactly("$schema", "stages", "note");
        assertThat(Files.readString(file)).contains("2026.5").contains("https://example.org/stages.json");

        whole.put("note", "changed by hand, no stage is");
        whole.put("stages", ((Map<?, ?>) Json.parse(Files.readAllBytes(file))).get("stages"));
        edit(Json.writePretty(whole));
        restart();
        assertThat(http.delete("/api/vp/stages/b").status()).isEqualTo(200);
        assertThat(Files.readString(file)).contains("changed by hand");
        edit("{ broken");
        await().until(this::status, "unreadable"::equals);
        assertThat(http.post("/api/vp/restore", null).status()).isEqualTo(200);
        assertThat(others()).containsExactly("$schema", "stages", "note");
    }

    private List<String> others() throws IOException {
        return ((Map<?, ?>) Json.parse(Files.readAllBytes(file)))
                .keySet().stream().map(String::valueOf).toList();
    }

    @Test
    void aWriteThatFailsIsNotStoredAndNotShown() throws IOException {
        server.add("a");
        long revision = server.revision();
        byte[] before = Files.readAllBytes(file);
        Path blocker = file.resolveSibling(file.getFileName() + ".tmp");
        Files.createDirectories(blocker.resolve("full"));
        Reply refused = server.add("b");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("not_stored");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(shown()).containsExactly("a");
        assertThat(server.revision()).isEqualTo(revision);
        Files.delete(blocker.resolve("full"));
        Files.delete(blocker);
        assertThat(server.add("b").at("/revision").asLong()).isEqualTo(revision + 1);
    }

    @Test
    void aBackupThatCannotBeWrittenStopsNothing() throws IOException {
        Path blocker = file.resolveSibling(file.getFileName() + ".bak");
        Files.createDirectories(blocker.resolve("full"));
        assertThat(server.add("a").status()).isEqualTo(200);
        editTo("a", "b");
        await().untilAsserted(() -> assertThat(shown()).containsExactly("a", "b"));
        restart();
        assertThat(shown()).containsExactly("a", "b");
    }

    @Test
    void aFolderThatBecameAFileStopsWritesOnly() throws IOException {
        server.add("a");
        Path config = file.getParent();
        Path aside = config.resolveSibling("aside");
        Files.move(config, aside);
        Files.writeString(config, "not a folder");
        assertThat(server.add("b").status()).isIn(503, 500);
        assertThat(http.get("/api/vp/stages").status()).isEqualTo(200);
        Files.delete(config);
        Files.move(aside, config);
        await().until(() -> server.add("b").status() == 200);
        assertThat(inFile()).containsExactly("a", "b");
    }
}
