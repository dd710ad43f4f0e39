package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What has a jar's name and is no file is refused on its own; the other jars come and go as ever. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes links and pipes")
class OddFilesTest {
    private static final List<String> ODD = List.of("loop.jar", "nowhere.jar", "folder.jar", "pipe.jar");

    @TempDir
    Path folder;

    private Path plugins;

    private void makeThem() throws IOException, InterruptedException {
        Files.createSymbolicLink(plugins.resolve("loop.jar"), Path.of("loop.jar"));
        Files.createSymbolicLink(plugins.resolve("nowhere.jar"), Path.of("no-such-file.jar"));
        Files.createDirectory(plugins.resolve("folder.jar"));
        Process pipe = new ProcessBuilder("mkfifo", plugins.resolve("pipe.jar").toString()).start();
        assertThat(pipe.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pipe.exitValue()).isZero();
    }

    private static void checkRefused(PluginTasks tasks) {
        for (String odd : ODD) {
            assertThat(tasks.untilPlugin(odd, "refused").path("reason").asText())
                    .as(odd)
                    .contains("not a file");
        }
    }

    @Test
    void whileRunningAndAtStart() throws Exception {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginJars.of("First", "first-stage").write(plugins, "first.jar");
        try (TestServer server = TestServer.start(folder, Map.of("plugins.settle_ms", "0"))) {
            PluginTasks tasks = new PluginTasks(server);
            makeThem();
            checkRefused(tasks);
            PluginJars.of("Second", "second-stage").write(plugins, "SECOND.JAR");
            tasks.untilPlugin("SECOND.JAR", "loaded");
            Files.delete(plugins.resolve("first.jar"));
            tasks.untilPlugin("first.jar", "");
        }
        try (TestServer server = TestServer.start(folder)) {
            PluginTasks tasks = new PluginTasks(server);
            checkRefused(tasks);
            assertThat(tasks.plugin("SECOND.JAR").path("state").asText()).isEqualTo("loaded");
        }
    }
}
