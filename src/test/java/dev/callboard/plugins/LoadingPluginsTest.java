package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a jar says of itself is in the palette before its code is loaded, and whoever needs the code waits for it. */
class LoadingPluginsTest {
    private static final String LOADING = "Its plugin is being loaded.";

    @TempDir
    Path folder;

    private Path plugins;
    private Path gate;
    private TestServer server;

    @BeforeEach
    void folders() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        gate = folder.resolve("gate");
        PluginTasks.pipeline(folder, "late", "late-stage");
        server = TestServer.stopped(folder);
    }

    /** Opens the gate too: a thread that still loads ends. */
    @AfterEach
    void stop() throws IOException {
        server.close();
        if (!Files.exists(gate)) {
            Files.createFile(gate);
        }
    }

    /** Its class is not initialised before the gate's file is there. */
    private PluginJars late(String... stages) {
        return PluginJars.of("Late", stages)
                .body("static { while (!java.nio.file.Files.exists(java.nio.file.Path.of(\"" + gate
                        + "\"))) { Thread.interrupted();"
                        + " java.util.concurrent.locks.LockSupport.parkNanos(10_000_000); } }");
    }

    private void awaitState(String file, String state) {
        new PluginTasks(server).untilPlugin(file, state);
    }

    private Reply stage(String id) {
        return server.http().get("/api/vp/stages/" + id);
    }

    @Test
    void aStageIsShownBeforeAClassOfItsPluginIsLoaded() throws IOException {
        server.start();
        late("late-stage", "late-too").write(plugins, "late.jar");
        await().until(() -> stage("late-stage").status() == 200);
        assertThat(stage("late-too").at("/available").asBoolean()).isFalse();
        assertThat(stage("late-too").at("/reason").asText()).isEqualTo(LOADING);
        assertThat(new PluginTasks(server).plugin("late.jar").path("state").asText())
                .isEqualTo("loading");
        Files.createFile(gate);
        await().until(() -> stage("late-too").at("/available").asBoolean());
        awaitState("late.jar", "loaded");
    }

    @Test
    void aStartDoesNotWaitForAPluginThatHangs() throws IOException {
        late("late-stage").write(plugins, "late.jar");
        PluginJars.of("Good", "good-stage").write(plugins, "good.jar");
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "8000"));
        assertThat(stage("late-stage").at("/reason").asText()).isEqualTo(LOADING);
        assertThat(stage("good-stage").at("/available").asBoolean()).isTrue();
        awaitState("late.jar", "refused");
        assertThat(new PluginTasks(server).plugin("late.jar").path("reason").asText())
                .contains("8000 ms");
        assertThat(stage("late-stage").status()).isEqualTo(404);
    }

    @Test
    void aTaskWaitsForTheCodeOfItsStageAlsoAfterARestart() throws IOException {
        server.start();
        late("late-stage").write(plugins, "late.jar");
        awaitState("late.jar", "loading");
        String id = new PluginTasks(server).start("late");
        server.stop();
        server.start();
        assertThat(stage("late-stage").at("/reason").asText()).isEqualTo(LOADING);
        String second = new PluginTasks(server).start("late");
        Files.createFile(gate);
        PluginTasks tasks = new PluginTasks(server);
        for (String each : List.of(id, second)) {
            tasks.until(each, "completed");
        }
    }

    @Test
    void aTaskFailsWhenThePluginThatItWaitsForIsRefused() throws IOException {
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "2000"));
        late("late-stage").write(plugins, "late.jar");
        awaitState("late.jar", "loading");
        PluginTasks tasks = new PluginTasks(server);
        tasks.until(tasks.start("late"), "failed");
        awaitState("late.jar", "refused");
    }

    @Test
    void thePluginThatIsBeingLoadedKeepsItsIdsUntilItIsRefused() throws IOException {
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "15000"));
        late("late-stage").write(plugins, "late.jar");
        awaitState("late.jar", "loading");
        PluginJars.of("Quick", "late-stage").write(plugins, "quick.jar");
        awaitState("quick.jar", "refused");
        awaitState("quick.jar", "loaded");
        assertThat(stage("late-stage").at("/plugin").asText()).isEqualTo("Quick");
        awaitState("late.jar", "refused");
    }

    @Test
    void theOldVersionServesUntilTheNewOneIsLoaded() throws IOException {
        server.start();
        PluginJars.of("Late", "late-stage").write(plugins, "late.jar");
        awaitState("late.jar", "loaded");
        late("late-stage", "late-too").write(plugins, "late.jar");
        PluginJars.of("After", "after-stage").write(plugins, "zafter.jar");
        awaitState("zafter.jar", "loaded");
        PluginTasks tasks = new PluginTasks(server);
        assertThat(tasks.plugin("late.jar").path("state").asText()).isEqualTo("loaded");
        tasks.until(tasks.start("late"), "completed");
        assertThat(stage("late-too").status()).isEqualTo(404);
        Files.createFile(gate);
        await().until(() -> stage("late-too").at("/available").asBoolean());
    }
}
