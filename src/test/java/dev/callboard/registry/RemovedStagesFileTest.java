package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file of custom stages that was removed is said to be, and comes back with what it had. */
class RemovedStagesFileTest extends StagesFileFixture {
    @Test
    void restoringBringsBackWhatItHad() throws IOException {
        server.add("a");
        server.add("b");
        byte[] before = Files.readAllBytes(file);
        FeedClient feed = server.feed().subscribe("status");
        feed.next();
        Files.delete(file);
        JsonNode status = feed.next().at("/data/stages_file");
        assertThat(status.path("removed").asBoolean()).isTrue();
        assertThat(status.path("status").asText()).isEqualTo("ok");
        assertThat(status.path("detail").asText()).contains("was removed", "2 custom stages", "Restore");
        assertThat(shown()).isEmpty();

        Reply restored = http.post("/api/vp/restore", null);
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.at("/revision").asLong()).isEqualTo(server.revision());
        assertThat(feed.next().at("/data/stages_file/removed").asBoolean()).isFalse();
        assertThat(shown()).containsExactly("a", "b");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(http.post("/api/vp/restore", null).code()).isEqualTo("nothing_to_restore");
        assertThat(kept()).isEmpty();
        assertThat(server.add("c").status()).isEqualTo(200);
    }

    @Test
    void itIsStillSaidAndRestoredAfterARestart() throws IOException {
        server.add("a");
        server.close();
        Files.delete(file);
        restart();
        assertThat(http.get("/api/vp").at("/stages_file/removed").asBoolean()).isTrue();
        assertThat(shown()).isEmpty();
        assertThat(http.post("/api/vp/restore", null).status()).isEqualTo(200);
        assertThat(shown()).containsExactly("a");
        assertThat(inFile()).containsExactly("a");
    }

    @Test
    void aNewFileThatIsBegunKeepsWhatTheRemovedOneHadBesideIt() throws IOException {
        server.add("a");
        Files.delete(file);
        await().until(() -> http.get("/api/vp").at("/stages_file/removed").asBoolean());
        assertThat(server.add("b").status()).isEqualTo(200);
        assertThat(inFile()).containsExactly("b");
        assertThat(http.get("/api/vp").at("/stages_file/removed").asBoolean()).isFalse();
        assertThat(http.post("/api/vp/restore", null).code()).isEqualTo("nothing_to_restore");
        assertThat(kept()).singleElement().satisfies(path -> assertThat(Files.readString(path))
                .contains("\"a\""));
    }

    @Test
    void aFileThatNeverWasOrHadNoStagesIsNotSaidToBeRemoved() throws IOException {
        assertThat(http.get("/api/vp").at("/stages_file/removed").asBoolean()).isFalse();
        assertThat(http.post("/api/vp/restore", null).code()).isEqualTo("nothing_to_restore");
        server.add("a");
        http.delete("/api/vp/stages/a");
        Files.delete(file);
        server.close();
        restart();
        assertThat(http.get("/api/vp").at("/stages_file/removed").asBoolean()).isFalse();
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.filter(path -> path.getFileName().toString().contains(".removed-"))
                    .toList();
        }
    }
}
