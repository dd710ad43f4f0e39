package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.PluginJars;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A jar whose loading ends the server does so once; the next start refuses it and says why. */
class EndingPluginIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"System.exit(7)", "Runtime.getRuntime().halt(7)"})
    void aJarThatEndedTheServerIsRefusedByTheNext(String end) throws Exception {
        Path plugins = folder.resolve("plugins");
        PluginJars.of("Ending", "ending").body("static { " + end + "; }").write(plugins, "ending.jar");
        PluginJars.of("Fine", "fine").write(plugins, "fine.jar");
        assertThatThrownBy(() -> JarProcess.serve(folder)).hasMessageContaining("did not start");

        try (JarProcess server = JarProcess.serve(folder)) {
            await().until(() -> plugin(server, "ending.jar").path("state").asText(), "refused"::equals);
            assertThat(plugin(server, "ending.jar").path("reason").asText())
                    .contains("The server ended while this jar was being loaded");
            await().until(() -> plugin(server, "fine.jar").path("state").asText(), "loaded"::equals);
            assertThat(server.terminate(30)).isZero();
        }
    }

    private static JsonNode plugin(JarProcess server, String file) {
        for (JsonNode plugin : server.http().get("/api/plugins").at("/items")) {
            if (plugin.path("file").asText().equals(file)) {
                return plugin;
            }
        }
        return MissingNode.getInstance();
    }
}
