package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator sets for a plugin reaches its stages and nobody else. */
class PluginSettingsTest {
    private static final String SCHEMA =
            "[{\"key\":\"size\",\"type\":\"integer\"},{\"key\":\"unit\",\"type\":\"string\",\"default\":\"mm\"},"
                    + "{\"key\":\"token\",\"type\":\"secret\"}]";

    @TempDir
    Path folder;

    @Test
    void stagesGetTheSettingsOfTheirPlugin() throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        // Every process has a PATH; it stands for a secret here.
        Files.writeString(
                config.resolve("callboard.yaml"),
                "plugins:\n  settings:\n    First:\n      size: 5\n      token: PATH\n    Third:\n      size: big\n");
        Path plugins = folder.resolve("plugins");
        for (String name : new String[] {"First", "Second", "Third"}) {
            String id = name.toLowerCase(java.util.Locale.ROOT);
            PluginJars.of(name, id)
                    .settingsSchema(SCHEMA)
                    .registering("new StageRegistration(StageMetadata.builder(\"" + id
                            + "\").build(), () -> (context, input) -> context.pluginSettings())")
                    .write(plugins, id + ".jar");
            PluginTasks.pipeline(folder, id, id);
        }
        try (TestServer server = TestServer.start(folder)) {
            PluginTasks tasks = new PluginTasks(server);
            String first = tasks.start("first");
            tasks.until(first, "completed");
            JsonNode output = tasks.output(first);
            assertThat(output.path("size").asInt()).isEqualTo(5);
            assertThat(output.path("unit").asText()).isEqualTo("mm");
            assertThat(output.path("token").asText()).isEqualTo(System.getenv("PATH"));
            String second = tasks.start("second");
            tasks.until(second, "completed");
            assertThat(tasks.output(second).toString()).isEqualTo("{\"unit\":\"mm\"}");
            JsonNode third = tasks.plugin("third.jar");
            assertThat(third.path("state").asText()).isEqualTo("refused");
            assertThat(third.path("reason").asText()).contains("plugins.settings.Third", "/size", "whole number");
            assertThat(third.toString()).doesNotContain("big");
        }
    }
}
