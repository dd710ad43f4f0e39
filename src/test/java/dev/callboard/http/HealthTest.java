package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /health} says of each thing that the server needs. */
class HealthTest {

    @TempDir
    Path folder;

    private static Map<String, String> states(Reply ready) {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode item : ready.at("/items")) {
            assertThat(item.path("data").isObject()).isTrue();
            assertThat(ready.at("/checks/" + item.path("name").asText() + "/status")
                            .asText())
                    .isEqualTo(item.path("status").asText());
            states.put(item.path("name").asText(), item.path("status").asText());
        }
        return states;
    }

    /** Whether a look has come so far: either jar may be there before the other. */
    private static boolean sees(Reply ready, String loaded, String refused) {
        return ready.at("/checks/plugins/loaded").toString().contains(loaded)
                && ready.at("/checks/plugins/refused/0").asText().startsWith(refused);
    }

    @Test
    void everyDependencyIsNamedAndWhatIsDegradedStillServes() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            Reply ready = server.http().get("/health/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(states(ready))
                    .containsOnlyKeys("database", "palette", "stages_file", "plugins", "secrets", "disk", "clock");
            assertThat(states(ready)).containsEntry("database", "up").containsEntry("plugins", "up");
            assertThat(ready.at("/checks/disk/usable_bytes").asLong()).isPositive();

            PluginJars.of("Good", "good").write(server.plugins(), "good.jar");
            PluginJars.of("Old", "old").api("0").write(server.plugins(), "old.jar");
            await().until(() -> sees(server.http().get("/health/ready"), "good.jar", "old.jar: "));
            Reply degraded = server.http().get("/health/ready");
            assertThat(states(degraded)).containsEntry("plugins", "degraded");
            assertThat(degraded.status()).isEqualTo(200);
            assertThat(degraded.at("/status").asText()).isEqualTo("degraded");
            assertThat(degraded.at("/checks/plugins/refused/0").asText()).startsWith("old.jar: ");
            assertThat(degraded.at("/checks/plugins/loaded").toString()).contains("good.jar");

            Files.writeString(server.stagesFile(), "{\n  oops");
            await().until(() -> states(server.http().get("/health/ready"))
                    .get("stages_file")
                    .equals("degraded"));
            Reply unreadable = server.http().get("/health/ready");
            assertThat(unreadable.status()).isEqualTo(200);
            assertThat(unreadable.at("/checks/stages_file/line").asText()).isEqualTo("2");
            assertThat(server.http().get("/health/live").at("/status").asText()).isEqualTo("up");
        }
    }
}
