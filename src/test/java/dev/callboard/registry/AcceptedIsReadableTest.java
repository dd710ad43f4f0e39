package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server accepts it must be able to read again, and Restore never trades stages for nothing. */
class AcceptedIsReadableTest {
    @TempDir
    Path folder;

    @Test
    void aSelectWithoutChoicesIsRefusedAndTheOtherStagesSurviveARestart() {
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.add("good").status()).isEqualTo(200);
            Map<String, Object> select = Stages.manual("select");
            select.put("settings_schema", List.of(Map.of("key", "a", "type", "select", "options", List.of())));
            assertThat(server.http().post("/api/vp/stages", select).status()).isEqualTo(400);
            server.restart();
            assertThat(server.http().get("/api/vp/stages/good").status()).isEqualTo(200);
            assertThat(server.http().get("/api/vp").at("/stages_file/status").asText())
                    .isEqualTo("ok");
        }
    }

    @Test
    void restoringWithoutAKnownGoodStateIsRefusedAndLeavesTheFile() throws Exception {
        Path file = folder.resolve("config").resolve("custom_pipeline_stages.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"stages\": [ {\"id\":\"mine\"");
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.http().post("/api/vp/restore", null).status()).isEqualTo(409);
            assertThat(server.http().get("/api/vp").at("/message").asText()).contains("no good state");
        }
        assertThat(Files.readString(file)).isEqualTo("{\"stages\": [ {\"id\":\"mine\"");
    }

    @Test
    void anAddressThatCannotBeDecodedAndNumbersOutOfRangeAreTheCallersFault() {
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.http()
                            .get("/api/executions/x/log?after=3000000000")
                            .status())
                    .isEqualTo(400);
            assertThat(server.http().get("/api/tasks?limit=5.0").status()).isEqualTo(400);
        }
    }
}
