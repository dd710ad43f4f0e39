package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who came first keeps an id, over new versions and restarts. */
class PluginOwnersTest {
    private static final Map<String, String> QUICK = Map.of("plugins.settle_ms", "0");

    @TempDir
    Path folder;

    private Path plugins;

    @BeforeEach
    void makeFolder() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
    }

    private static String owner(TestServer server, String id) {
        return server.http().get("/api/vp/stages/" + id).at("/plugin").asText();
    }

    @Test
    void bothOwnersAreNamedAndTheFirstKeepsTheIdOverARestart() throws IOException {
        try (TestServer server = TestServer.start(folder, QUICK)) {
            PluginTasks tasks = new PluginTasks(server);
            PluginJars.of("Zulu", "shared").write(plugins, "zulu.jar");
            tasks.untilPlugin("zulu.jar", "loaded");
            assertThat(server.add("shared").at("/detail").asText()).contains("the plugin 'Zulu'");
            PluginJars.of("Alpha", "shared", "alpha-own").write(plugins, "alpha.jar");
            String reason =
                    tasks.untilPlugin("alpha.jar", "refused").path("reason").asText();
            assertThat(reason).contains("'shared'", "'Alpha'", "alpha.jar", "'Zulu'", "zulu.jar", "came first");
            Files.setLastModifiedTime(plugins.resolve("alpha.jar"), FileTime.from(Instant.EPOCH));
            long revision = server.revision();
            server.restart();
            assertThat(owner(server, "shared")).isEqualTo("Zulu");
            assertThat(tasks.plugin("alpha.jar").path("reason").asText()).isEqualTo(reason);
            assertThat(server.revision()).isEqualTo(revision);
            // A new version of the first keeps it too.
            PluginJars.of("Zulu", "shared")
                    .manifest("Implementation-Version", "3")
                    .write(plugins, "zulu.jar");
            await().until(() ->
                    tasks.plugin("zulu.jar").path("version").asText().equals("3"));
            assertThat(owner(server, "shared")).isEqualTo("Zulu");
        }
    }

    @Test
    void aSecondJarOfTheSameNameIsRefused() throws IOException {
        try (TestServer server = TestServer.start(folder, QUICK)) {
            PluginTasks tasks = new PluginTasks(server);
            PluginJars.of("Zulu", "one").write(plugins, "zulu.jar");
            tasks.untilPlugin("zulu.jar", "loaded");
            PluginJars.of("Other", "two")
                    .manifest("Implementation-Title", "ZULU")
                    .write(plugins, "another.jar");
            assertThat(tasks.untilPlugin("another.jar", "refused")
                            .path("reason")
                            .asText())
                    .contains("'ZULU'", "zulu.jar", "came first", "another.jar");
            assertThat(server.http().get("/api/vp/stages/two").status()).isEqualTo(404);
            server.restart();
            assertThat(tasks.plugin("another.jar").path("state").asText()).isEqualTo("refused");
            assertThat(owner(server, "one")).isEqualTo("Zulu");
            Files.delete(plugins.resolve("zulu.jar"));
            tasks.untilPlugin("another.jar", "loaded");
        }
    }

    @Test
    void aNewVersionTakesNoIdFromWhoCameLater() throws IOException {
        try (TestServer server = TestServer.start(folder, QUICK)) {
            PluginTasks tasks = new PluginTasks(server);
            PluginJars.of("One", "one").write(plugins, "one.jar");
            tasks.untilPlugin("one.jar", "loaded");
            PluginJars.of("Two", "two").write(plugins, "two.jar");
            tasks.untilPlugin("two.jar", "loaded");
            PluginJars.of("One", "one", "two").write(plugins, "one.jar");
            assertThat(tasks.untilPlugin("one.jar", "refused").path("reason").asText())
                    .contains("'two'", "two.jar");
            assertThat(owner(server, "two")).isEqualTo("Two");
            server.restart();
            assertThat(owner(server, "two")).isEqualTo("Two");
            assertThat(tasks.plugin("one.jar").path("state").asText()).isEqualTo("refused");
            PluginJars.of("One", "one").write(plugins, "one.jar");
            tasks.untilPlugin("one.jar", "loaded");
        }
    }

    @Test
    void withoutAKeptOrderTheOlderFileGoesFirst() throws IOException {
        PluginJars.of("Alpha", "shared").write(plugins, "alpha.jar");
        PluginJars.of("Zulu", "shared").write(plugins, "zulu.jar");
        Files.setLastModifiedTime(plugins.resolve("zulu.jar"), FileTime.from(Instant.EPOCH));
        try (TestServer server = TestServer.start(folder, QUICK)) {
            assertThat(owner(server, "shared")).isEqualTo("Zulu");
            server.stop();
            Files.writeString(folder.resolve("data").resolve("plugin-order.json"), "{\"files\": [\"");
            server.start();
            assertThat(owner(server, "shared")).isEqualTo("Zulu");
        }
    }

    @Test
    void twoPluginsOfOneNameAreDistinguishedByTheirFiles() throws IOException {
        PluginJars.of("Same", "shared").write(plugins, "same-1.jar");
        try (TestServer server = TestServer.start(folder, QUICK)) {
            PluginTasks tasks = new PluginTasks(server);
            PluginJars.of("Same", "shared")
                    .manifest("Implementation-Version", "2")
                    .write(plugins, "same-2.jar");
            assertThat(tasks.untilPlugin("same-2.jar", "refused").path("reason").asText())
                    .contains("same-1.jar", "same-2.jar");
            Files.delete(plugins.resolve("same-1.jar"));
            tasks.untilPlugin("same-2.jar", "loaded");
            assertThat(owner(server, "shared")).isEqualTo("Same");
        }
    }
}
