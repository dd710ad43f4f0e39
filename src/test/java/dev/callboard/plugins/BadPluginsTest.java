package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twelve jars that do harm, each in its own way: none touches the server, the built-ins or a good plugin. */
class BadPluginsTest {
    /** For a minute its class is not done loading, and an interrupt does not end it. */
    private static final String HANG =
            "static { long end = System.nanoTime() + 60_000_000_000L; var never = new java.util.concurrent.CountDownLatch(1);"
                    + " for (long left; (left = end - System.nanoTime()) > 0; ) {"
                    + " try { never.await(left, java.util.concurrent.TimeUnit.NANOSECONDS); }"
                    + " catch (InterruptedException e) { } } }";

    @TempDir
    Path folder;

    private Path plugins;

    /** File name to what its reason says. */
    private final Map<String, String> reasons = new LinkedHashMap<>();

    private final Map<String, byte[]> jars = new LinkedHashMap<>();

    @BeforeEach
    void makeJars() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        bad("throws", "IllegalStateException: not today", thrower("throw new IllegalStateException(\"not today\")"));
        bad("hangs", "3000 ms", PluginJars.of("Hangs", "bad-hangs").body(HANG).bytes());
        bad("memory", "OutOfMemoryError: pretended", thrower("throw new OutOfMemoryError(\"pretended\")"));
        bad("overflow", "StackOverflowError", thrower("deeper(1)"));
        bad(
                "version",
                "newer Java",
                PluginJars.of("Version", "bad-version").classVersion(69).bytes());
        bad(
                "dependency",
                "plugin.Dependency$Part",
                PluginJars.of("Dependency", "bad-dependency")
                        .body("static class Part { } Object part = new Part();")
                        .without("plugin/Dependency$Part.class")
                        .bytes());
        bad(
                "duplicate",
                "which came first",
                PluginJars.of("Duplicate", "good-stage", "bad-duplicate").bytes());
        bad(
                "hostile",
                "/stages/0/id",
                PluginJars.of("Hostile", "bad-hostile")
                        .stagesJson(
                                "{\"stages\":[{\"id\":\"<img src=x onerror=alert(1)>\",\"name\":\"X\",\"type\":\"stage\","
                                        + "\"ports\":{},\"executor\":\"java\"}]}")
                        .bytes());
        bad("text", "not a readable jar", "not a zip".getBytes(StandardCharsets.UTF_8));
        byte[] whole = PluginJars.of("Truncated", "bad-truncated").bytes();
        bad("truncated", "not a readable jar", Arrays.copyOf(whole, whole.length / 2));
        bad(
                "static",
                "IllegalArgumentException: in a static block",
                PluginJars.of("Static", "bad-static")
                        .body("static { if (true) throw new IllegalArgumentException(\"in a static block\"); }")
                        .bytes());
        bad(
                "core",
                "overrides a core class",
                PluginJars.of("Core", "bad-core")
                        .entry("dev/callboard/bus/Bus.class", new byte[] {1, 2, 3})
                        .bytes());
        assertThat(jars).hasSize(12);
        PluginTasks.pipeline(folder, "good", "good-stage");
    }

    private void bad(String name, String reason, byte[] jar) {
        jars.put(name + ".jar", jar);
        reasons.put(name + ".jar", reason);
    }

    private static byte[] thrower(String statement) throws IOException {
        return PluginJars.of("Thrower", "bad-thrower")
                .body("static int deeper(int n) { return deeper(n + 1) + n; } public Thrower() { run(); }"
                        + " static void run() { " + statement + "; }")
                .bytes();
    }

    private void drop(String file) throws IOException {
        Path part = plugins.resolve(file + ".part");
        Files.write(part, jars.get(file));
        Files.move(part, plugins.resolve(file));
    }

    private void checkRefused(PluginTasks tasks, String file) {
        JsonNode plugin = tasks.plugin(file);
        assertThat(plugin.path("state").asText()).as(plugin.toString()).isEqualTo("refused");
        assertThat(plugin.path("reason").asText()).as(file).contains(reasons.get(file));
    }

    private static void checkGoodStillWorks(PluginTasks tasks) {
        assertThat(tasks.plugin("good.jar").path("state").asText()).isEqualTo("loaded");
        String task = tasks.start("good");
        tasks.until(task, "completed");
    }

    @Test
    void allTwelveAtStart() throws IOException {
        PluginJars.of("Good", "good-stage").write(plugins, "good.jar");
        long alone;
        try (TestServer server = TestServer.start(folder)) {
            alone = server.palette().path("stages").size();
        }
        for (String file : jars.keySet()) {
            drop(file);
        }
        try (TestServer server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "3000"))) {
            PluginTasks tasks = new PluginTasks(server);
            reasons.keySet().forEach(file -> checkRefused(tasks, file));
            assertThat(server.palette().path("stages").size()).isEqualTo(alone);
            assertThat(server.revision()).isEqualTo(1);
            checkGoodStillWorks(tasks);
            assertThat(server.add("still-works").at("/revision").asLong()).isEqualTo(2);
            assertThat(server.http().get("/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void oneByOneWhileRunning() throws IOException {
        PluginJars.of("Good", "good-stage").write(plugins, "good.jar");
        try (TestServer server =
                TestServer.start(folder, Map.of("limits.plugin_load_ms", "3000", "plugins.settle_ms", "200"))) {
            PluginTasks tasks = new PluginTasks(server);
            JsonNode palette = withoutRevision(server.palette());
            long revision = server.revision();
            for (String file : jars.keySet()) {
                drop(file);
                tasks.untilPlugin(file, "refused");
                checkRefused(tasks, file);
                assertThat(withoutRevision(server.palette())).as(file).isEqualTo(palette);
                // What hangs was shown as long as it was being loaded: one change there, one back.
                revision += file.equals("hangs.jar") ? 2 : 0;
                assertThat(server.revision()).as(file).isEqualTo(revision);
                checkGoodStillWorks(tasks);
            }
            assertThat(server.add("one-more").at("/revision").asLong()).isEqualTo(revision + 1);
            for (String file : jars.keySet()) {
                Files.delete(plugins.resolve(file));
            }
            await().until(() -> server.http().get("/api/plugins").at("/items").size() == 1);
            assertThat(server.revision()).isEqualTo(revision + 1);
            checkGoodStillWorks(tasks);
        }
    }

    private static JsonNode withoutRevision(JsonNode palette) {
        return palette.<ObjectNode>deepCopy().without("revision");
    }
}
