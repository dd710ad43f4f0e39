package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A stage whose program cannot be started is not offered as one that can. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it names programs of Unix")
class UnavailableProgramsTest {
    @TempDir
    Path folder;

    private static Map<String, Object> starting(String id, String program) {
        Map<String, Object> stage = Stages.manual(id);
        stage.put("executor", "command");
        stage.put("executor_config", Map.of("command", List.of(program, "-x")));
        return stage;
    }

    private static JsonNode entry(TestServer server, String id) {
        return server.http().get("/api/vp/stages/" + id).json();
    }

    @Test
    void thePaletteSaysWhyAndWhatToDo() throws IOException {
        Path late = folder.resolve("late-program");
        Map<String, String> options =
                Map.of("command.enabled", "true", "command.programs", "cat,no-such-program-here," + late);
        try (TestServer server = TestServer.start(folder, options)) {
            for (Map<String, Object> stage : List.of(
                    starting("there", "cat"),
                    starting("missing", "no-such-program-here"),
                    starting("foreign", "ls"),
                    starting("late", late.toString()))) {
                Reply added = server.http().post("/api/vp/stages", stage);
                assertThat(added.status()).as(added.text()).isEqualTo(200);
            }
            assertThat(entry(server, "there").path("available").asBoolean()).isTrue();
            assertThat(entry(server, "missing").path("available").asBoolean(true))
                    .isFalse();
            assertThat(entry(server, "missing").path("reason").asText())
                    .isEqualTo("There is no program 'no-such-program-here' on the server's machine. Install it there,"
                            + " or name another one in the stage's command.");
            assertThat(entry(server, "foreign").path("available").asBoolean(true))
                    .isFalse();
            assertThat(entry(server, "foreign").path("reason").asText())
                    .isEqualTo(
                            "The program 'ls' is none of those that this server starts. Add it to command.programs in"
                                    + " the server's configuration, and start the server anew.");

            long before = server.http().get("/api/vp").at("/revision").asLong();
            assertThat(entry(server, "late").path("available").asBoolean(true)).isFalse();
            Files.writeString(late, "#!/bin/sh\n");
            assertThat(late.toFile().setExecutable(true)).isTrue();
            await().until(() -> entry(server, "late").path("available").asBoolean());
            assertThat(server.http().get("/api/vp").at("/revision").asLong()).isEqualTo(before + 1);
        }
        try (TestServer server = TestServer.start(folder)) {
            assertThat(entry(server, "there").path("reason").asText())
                    .startsWith("Programs are not started here: command.enabled is off")
                    .contains("Set it to true", "command.programs");
        }
    }
}
