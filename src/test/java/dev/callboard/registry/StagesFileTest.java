package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Http;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of custom stages: written whole or not at all, edited by hand, mended by hand, restored. */
class StagesFileTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private TestServer server;
    private Http http;
    private Path file;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        http = server.http();
        file = server.stagesFile();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        server.restart();
        http = server.http();
    }

    private void edit(String text) throws IOException {
        Path other = file.resolveSibling("edited-by-hand");
        Files.createDirectories(file.getParent());
        Files.writeString(other, text);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void editTo(String... ids) throws IOException {
        edit(Json.writePretty(Stages.file(ids)));
    }

    private List<String> inFile() throws IOException {
        List<String> ids = new ArrayList<>();
        Object value = Json.parse(Files.readAllBytes(file));
        ((List<?>) ((Map<?, ?>) value).get("stages"))
                .forEach(stage -> ids.add(String.valueOf(((Map<?, ?>) stage).get("id"))));
        return ids;
    }

    private List<String> shown() {
        return PaletteMirror.entriesOf(server.palette()).values().stream()
                .filter(entry -> entry.path("custom").asBoolean())
                .map(entry -> entry.path("id").asText())
                .toList();
    }

    private String status() {
        return http.get("/api/vp").at("/stages_file/status").asText();
    }

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
            await().atMost(SOON).untilAsserted(() -> assertThat(shown()).containsExactly(hand));
        }
    }

    @Test
    void deletingTheFileEmptiesItButKeepsTheBackup() throws IOException {
        server.add("a");
        Files.delete(file);
        await().atMost(SOON).untilAsserted(() -> assertThat(shown()).isEmpty());
        assertThat(Files.readString(file.resolveSibling(file.getFileName() + ".bak")))
                .contains("\"a\"");
        assertThat(status()).isEqualTo("ok");
    }

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
    void aFileMendedByHandIsTakenAgain() throws IOException {
        server.add("a");
        edit("{");
        await().atMost(SOON).until(this::status, "unreadable"::equals);
        editTo("a", "b");
        await().atMost(SOON).until(this::status, "ok"::equals);
        assertThat(shown()).containsExactly("a", "b");
        assertThat(server.add("c").status()).isEqualTo(200);
    }

    @Test
    void restoringBringsTheLastGoodStateBackAndKeepsTheUnreadableFile() throws IOException {
        server.add("a");
        long revision = server.revision();
        edit("{ broken");
        await().atMost(SOON).until(this::status, "unreadable"::equals);
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
        await().atMost(SOON).untilAsserted(() -> assertThat(shown()).containsExactly("a", "b"));
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
        await().atMost(SOON).until(() -> server.add("b").status() == 200);
        assertThat(inFile()).containsExactly("a", "b");
    }
}
