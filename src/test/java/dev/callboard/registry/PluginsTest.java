package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.config.ForkConfig;
import dev.callboard.fork.Forks;
import dev.callboard.metrics.Meters;
import dev.callboard.model.ExecutorType;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugin jars: loaded at start and while running, refused each on its own. */
class PluginsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private Path plugins;
    private TestServer server;

    @BeforeEach
    void folders() {
        plugins = folder.resolve("plugins");
        server = TestServer.stopped(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode plugin(String file) {
        for (JsonNode plugin : server.http().get("/api/plugins").at("/items")) {
            if (plugin.path("file").asText().equals(file)) {
                return plugin;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private String state(String file) {
        return plugin(file).path("state").asText();
    }

    private Reply stage(String id) {
        return server.http().get("/api/vp/stages/" + id);
    }

    private void refused(String file, String... reasons) {
        JsonNode plugin = plugin(file);
        assertThat(plugin.path("state").asText()).as(plugin.toString()).isEqualTo("refused");
        assertThat(plugin.path("reason").asText()).contains(reasons);
    }

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
        await().atMost(SOON).until(() -> plugin("live.jar").isMissingNode());
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
            await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> plugin("slow.jar")
                    .isMissingNode());
        }
        assertThat(feed.next().path("kind").asText()).isEqualTo("added");
        assertThat(state("slow.jar")).isEqualTo("loaded");
        feed.expectNothingBeforePong();
    }

    @Test
    void eachBadJarIsRefusedWithItsReasonAndNoneTouchesTheOthers() throws IOException {
        PluginJars.of("Good", "good-stage").write(plugins, "good.jar");
        Files.write(plugins.resolve("text.jar"), "not a zip".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.write(plugins.resolve("empty.jar"), new byte[0]);
        byte[] whole = PluginJars.of("Cut", "cut-stage").bytes();
        Files.write(plugins.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        PluginJars.of("NoApi", "no-api").api(null).write(plugins, "no-api.jar");
        PluginJars.of("OtherApi", "other-api").api("99").write(plugins, "other-api.jar");
        PluginJars.of("BadJson", "bad-json").stagesJson("{\n \"stages\": [}").write(plugins, "bad-json.jar");
        PluginJars.of("BadStage", "bad-stage")
                .stagesJson("{\"stages\":[{\"id\":\"../x\",\"name\":\"X\",\"type\":\"stage\",\"ports\":{}}]}")
                .write(plugins, "bad-stage.jar");
        PluginJars.of("Hidden", "hidden").stagesJson("{\"stages\":[]}").write(plugins, "hidden.jar");
        PluginJars.of("Missing", "missing").registering("").write(plugins, "missing.jar");
        PluginJars.of("Keys", "keys")
                .registering(
                        "new StageRegistration(StageMetadata.builder(\"keys\").stateKey(\"k\").build(), () -> null)")
                .write(plugins, "keys.jar");
        PluginJars.of("Static", "static-stage")
                .body("static { if (true) throw new IllegalStateException(\"no way\"); }")
                .write(plugins, "static.jar");
        PluginJars.of("Constructor", "constructor-stage")
                .body("public Constructor() { throw new StackOverflowError(\"deep\"); }")
                .write(plugins, "constructor.jar");
        PluginJars.of("Nulls", "nulls").registering("(StageRegistration) null").write(plugins, "nulls.jar");
        PluginJars.of("Builtin", "builtin-sink")
                .stagesJson("{\"stages\":[{\"id\":\"result\",\"name\":\"X\",\"type\":\"sink\",\"ports\":{}}]}")
                .registering("")
                .write(plugins, "builtin.jar");
        PluginJars.of("Bomb", "bomb").entry("a-bomb", new byte[8 << 20]).write(plugins, "unrelated-bomb.jar");
        server.start();
        refused("text.jar", "not a readable jar");
        refused("empty.jar", "not a readable jar");
        refused("cut.jar", "not a readable jar");
        refused("no-api.jar", "Callboard-Api");
        refused("other-api.jar", "99", "1");
        refused("bad-json.jar", "line 2");
        refused("bad-stage.jar", "/stages/0/id");
        refused("hidden.jar", "does not name");
        refused("missing.jar", "does not register");
        refused("keys.jar", "state keys");
        refused("static.jar", "Its code failed");
        refused("constructor.jar", "Its code failed");
        refused("nulls.jar", "Its code failed");
        refused("builtin.jar", "collides", "built-in");
        assertThat(state("unrelated-bomb.jar")).isEqualTo("loaded");
        assertThat(state("good.jar")).isEqualTo("loaded");
        assertThat(stage("good-stage").at("/available").asBoolean()).isTrue();
        assertThat(server.add("still-works").status()).isEqualTo(200);
        assertThat(server.http()
                        .get("/health/ready")
                        .at("/checks/plugins/status")
                        .asText())
                .isEqualTo("degraded");
    }

    @Test
    void anIdThatIsTakenRefusesTheWholeJarUntilItIsFree() throws IOException {
        server.start();
        server.add("taken");
        PluginJars.of("Zulu", "shared").write(plugins, "zulu.jar");
        await().atMost(SOON).until(() -> state("zulu.jar").equals("loaded"));
        PluginJars.of("Alpha", "alpha-own", "shared").write(plugins, "alpha.jar");
        PluginJars.of("Custom", "custom-own", "taken").write(plugins, "custom.jar");
        await().atMost(SOON)
                .until(() -> state("alpha.jar").equals("refused")
                        && state("custom.jar").equals("refused"));
        refused("alpha.jar", "shared", "Zulu");
        refused("custom.jar", "taken", "custom stage");
        assertThat(state("zulu.jar")).isEqualTo("loaded");
        assertThat(stage("shared").at("/plugin").asText()).isEqualTo("Zulu");
        assertThat(stage("alpha-own").status()).isEqualTo(404);
        assertThat(stage("custom-own").status()).isEqualTo(404);
        server.http().delete("/api/vp/stages/taken");
        await().atMost(SOON)
                .until(() -> stage("taken").status() == 200
                        && stage("taken").at("/origin").asText().equals("plugin"));
        assertThat(state("custom.jar")).isEqualTo("loaded");
        Files.delete(plugins.resolve("zulu.jar"));
        await().atMost(SOON).until(() -> state("alpha.jar").equals("loaded"));
        assertThat(stage("shared").at("/plugin").asText()).isEqualTo("Alpha");
    }

    @Test
    void aPluginThatHangsHoldsUpNobody() throws IOException {
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "3000"));
        PluginJars.of("Hangs", "hangs")
                .body(
                        "static { while (Math.random() >= 0) { try { Thread.sleep(1000); } catch (InterruptedException e) { } } }")
                .write(plugins, "hangs.jar");
        PluginJars.of("Quick", "quick").write(plugins, "quick.jar");
        List<Long> waits = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            long start = System.nanoTime();
            assertThat(server.add("while-" + waits.size()).status()).isEqualTo(200);
            waits.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
            return state("hangs.jar").equals("refused");
        });
        refused("hangs.jar", "3000 ms");
        assertThat(state("quick.jar")).isEqualTo("loaded");
        assertThat(waits).allMatch(wait -> wait < 2_500);
    }

    @Test
    void aPluginThatHangsAtStartIsWaitedForOnce() throws IOException {
        for (String name : List.of("A", "B")) {
            PluginJars.of(name, "hangs-" + name.toLowerCase(java.util.Locale.ROOT))
                    .body(
                            "static { while (Math.random() >= 0) { try { Thread.sleep(1000); } catch (InterruptedException e) { } } }")
                    .write(plugins, name + ".jar");
        }
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "1000"));
        refused("A.jar", "1000 ms");
        refused("B.jar", "1000 ms");
    }

    @Test
    void withPluginsSwitchedOffNoneIsLoaded() throws IOException {
        PluginJars.of("First", "my-stage").write(plugins, "first.jar");
        server = TestServer.start(folder, Map.of("plugins.enabled", "false"));
        assertThat(state("first.jar")).isEqualTo("disabled");
        assertThat(stage("my-stage").status()).isEqualTo(404);
        PluginJars.of("Second", "second-stage").write(plugins, "second.jar");
        await().atMost(SOON).until(() -> state("second.jar").equals("disabled"));
    }

    /** Random byte flips, in the registry itself: hundreds of loads. */
    @Test
    void noCorruptJarMakesTheScanFail() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] whole = PluginJars.of("Flip", "flip-stage").bytes();
        Files.createDirectories(plugins);
        for (int i = 0; i < 200; i++) {
            byte[] flipped = whole.clone();
            for (int flip = 0; flip <= i % 4; flip++) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(plugins.resolve("flip-" + i + ".jar"), flipped);
        }
        Forks forks = new Forks(new ForkConfig(64, Duration.ofSeconds(10), 1), folder.resolve("work"), name -> null);
        RegistryVerticle.Options options = new RegistryVerticle.Options(
                folder.resolve("stages.json"),
                plugins,
                folder.resolve("copies"),
                forks,
                true,
                Set.of(ExecutorType.JAVA),
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new PluginRules(Duration.ofSeconds(2), Set.of(), Map.of(), name -> null));
        Plugins scanned =
                new Plugins(options, java.time.Clock.systemUTC(), Meters.none().palette());
        assertThat(scanned.rescan()).isTrue();
        List<PluginStatus> all = scanned.list(Map.of());
        assertThat(all).as("seed %s", seed).hasSize(200);
        assertThat(all).allSatisfy(status -> assertThat(status.state().equals("loaded") || status.reason() != null)
                .isTrue());
        assertThat(all).anyMatch(status -> status.state().equals("refused"));
    }
}
