package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plugin jars are loaded at start and while running, and an id belongs to the one who had it first. */
class PluginsTest extends PluginFixture {
    @Test
    void aJarIsLoadedAtStart() throws IOException {
        PluginJars.of("First", "my-stage", "other-stage").write(plugins, "first.jar");
        server.start();
        JsonNode plugin = plugin("first.jar");
        assertThat(plugin.path("state").asText()).as(plugin.toString()).isEqualTo("loaded");
        assertThat(plugin.path("name").asText()).isEqualTo("First");
        assertThat(plugin.path("version").asText()).isEqualTo("2.3.4");
        assertThat(plugin.path("stages").toString()).isEqualTo("[\"my-stage\",\"other-stage\"]");
        assertThat(plugin.path("sha256").asText()).hasSize(64);
        Reply entry = stage("my-stage");
        assertThat(entry.at("/origin").asText()).isEqualTo("plugin");
        assertThat(entry.at("/custom").asBoolean()).isFalse();
        assertThat(entry.at("/plugin").asText()).isEqualTo("First");
        assertThat(entry.at("/available").asBoolean()).isTrue();
        assertThat(server.add("my-stage").code()).isEqualTo("builtin_stage");
        assertThat(server.http().delete("/api/vp/stages/my-stage").code()).isEqualTo("not_custom");
    }

    @Test
    void aDeclaredStageIsImplemented() throws IOException {
        PluginJars.of("Chunks", "chunk").write(plugins, "chunks.jar");
        server.start();
        Reply chunk = stage("chunk");
        assertThat(chunk.at("/origin").asText()).isEqualTo("builtin");
        assertThat(chunk.at("/plugin").asText()).isEqualTo("Chunks");
        assertThat(chunk.at("/available").asBoolean()).isTrue();
        assertThat(stage("embed").at("/available").asBoolean()).isFalse();
        assertThat(stage("embed").at("/reason").asText()).contains("No plugin");
    }

    @Test
    void aJarIsLoadedReplacedAndRemovedWhileRunning() throws IOException {
        server.start();
        FeedClient feed = server.feed().subscribe("palette");
        long revision = feed.next().path("revision").asLong();
        PluginJars.of("Live", "live-stage").write(plugins, "live.jar");
        JsonNode added = feed.next();
        assertThat(added.path("kind").asText()).isEqualTo("added");
        assertThat(added.path("revision").asLong()).isEqualTo(revision + 1);
        assertThat(state("live.jar")).isEqualTo("loaded");
        PluginJars.of("Live", "live-stage", "second-stage").write(plugins, "live.jar");
        assertThat(feed.next().at("/stage/id").asText()).isEqualTo("second-stage");
        Files.delete(plugins.resolve("live.jar"));
        assertThat(feed.next().path("kind").asText()).isEqualTo("removed");
        assertThat(feed.next().path("kind").asText()).isEqualTo("removed");
        await().until(() -> plugin("live.jar").isMissingNode());
        assertThat(server.revision()).isEqualTo(revision + 4);
    }

    @Test
    void aJarThatIsCopiedSlowlyIsLoadedOnceAndNeverByHalves() throws IOException {
        server.start();
        FeedClient feed = server.feed().subscribe("palette");
        feed.next();
        byte[] jar = PluginJars.of("Slow", "slow-stage").bytes();
        Path file = plugins.resolve("slow.jar");
        Files.createDirectories(plugins);
        int part = jar.length / 8 + 1;
        for (int i = 0; i < jar.length; i += part) {
            Files.write(
                    file,
                    Arrays.copyOfRange(jar, i, Math.min(jar.length, i + part)),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            await().during(Duration.ofMillis(300))
                    .until(() -> plugin("slow.jar").isMissingNode());
        }
        assertThat(feed.next().path("kind").asText()).isEqualTo("added");
        assertThat(state("slow.jar")).isEqualTo("loaded");
        feed.expectNothingBeforePong();
    }

    @Test
    void anIdThatIsTakenRefusesTheWholeJarUntilItIsFree() throws IOException {
        server.start();
        server.add("taken");
        PluginJars.of("Zulu", "shared").write(plugins, "zulu.jar");
        await().until(() -> state("zulu.jar").equals("loaded"));
        PluginJars.of("Alpha", "alpha-own", "shared").write(plugins, "alpha.jar");
        PluginJars.of("Custom", "custom-own", "taken").write(plugins, "custom.jar");
        await().until(() ->
                state("alpha.jar").equals("refused") && state("custom.jar").equals("refused"));
        refused("alpha.jar", "shared", "Zulu");
        refused("custom.jar", "taken", "custom stage");
        assertThat(state("zulu.jar")).isEqualTo("loaded");
        assertThat(stage("shared").at("/plugin").asText()).isEqualTo("Zulu");
        assertThat(stage("alpha-own").status()).isEqualTo(404);
        assertThat(stage("custom-own").status()).isEqualTo(404);
        server.http().delete("/api/vp/stages/taken");
        await().until(() -> stage("taken").status() == 200
                && stage("taken").at("/origin").asText().equals("plugin"));
        assertThat(state("custom.jar")).isEqualTo("loaded");
        Files.delete(plugins.resolve("zulu.jar"));
        await().until(() -> state("alpha.jar").equals("loaded"));
        assertThat(stage("shared").at("/plugin").asText()).isEqualTo("Alpha");
    }

    @Test
    void withPluginsSwitchedOffNoneIsLoaded() throws IOException {
        PluginJars.of("First", "my-stage").write(plugins, "first.jar");
        server = TestServer.start(folder, Map.of("plugins.enabled", "false"));
        assertThat(state("first.jar")).isEqualTo("disabled");
        assertThat(stage("my-stage").status()).isEqualTo(404);
        PluginJars.of("Second", "second-stage").write(plugins, "second.jar");
        await().until(() -> state("second.jar").equals("disabled"));
    }
}
