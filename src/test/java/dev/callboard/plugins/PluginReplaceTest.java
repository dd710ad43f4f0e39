package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plugin is replaced, or removed and added again, while its tasks run: none fails, running work goes on with the code that
 * it started with, and no loader, copy or file handle of an old version is left.
 */
class PluginReplaceTest {
    private static final int CYCLES = 50;
    private static final Map<String, String> QUICK = Map.of("plugins.settle_ms", "0");

    /** Where a plugin leaves its class loader for the test: it sees nothing of the test but the JDK's classes. */
    private static final String KEY = "callboard.test.loaders";

    /** Where the test leaves a latch for the plugin, if it is to wait for one. */
    private static final String GO = "callboard.test.go";

    @TempDir
    Path folder;

    private final List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
    private Path plugins;

    @BeforeEach
    void offerList() {
        ((Map<Object, Object>) System.getProperties()).put(KEY, loaders);
        plugins = folder.resolve("plugins");
        PluginTasks.pipeline(folder, "one", "turn-stage");
    }

    @AfterEach
    void takeListBack() {
        System.getProperties().remove(KEY);
    }

    /** A plugin that says its version, reads a resource and loads a class late. */
    private static PluginJars version(int number) {
        return PluginJars.of("Turn", "turn-stage")
                .manifest("Implementation-Version", "1.0." + number)
                .entry("plugin/version.txt", Integer.toString(number).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .body("static { ((java.util.List<Object>) (Object) System.getProperties().get(\"" + KEY + "\"))"
                        + ".add(new java.lang.ref.WeakReference<>(Turn.class.getClassLoader())); }"
                        + " static class Late { static int number() { return " + number + "; } }"
                        + " static Object run(StageContext context) throws Exception {"
                        + "   Object go = System.getProperties().get(\"" + GO + "\");"
                        + "   context.progress(1, 2, \"waits\");"
                        + "   if (go instanceof java.util.concurrent.CountDownLatch latch) { latch.await(); }"
                        + "   try (var in = Turn.class.getResource(\"/plugin/version.txt\").openStream()) {"
                        + "     return Late.number() + \"=\" + new String(in.readAllBytes()); } }")
                .registering("new StageRegistration(StageMetadata.builder(\"turn-stage\").build(),"
                        + " () -> (context, input) -> run(context))");
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve("plugin-copies"))) {
            return files.toList();
        }
    }

    /** Files that this process has open below the data folder's copies, deleted ones too. */
    private static long openCopies() throws IOException {
        Path handles = Path.of("/proc/self/fd");
        if (!Files.isDirectory(handles)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(handles)) {
            return all.filter(PluginReplaceTest::isCopy).count();
        }
    }

    private static boolean isCopy(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString().contains("plugin-copies");
        } catch (IOException e) {
            // It was closed between listing and looking.
            return false;
        }
    }

    private void untilOnlyLeft(int loadersLeft) {
        await().pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            System.gc();
            assertThat(loaders.stream().filter(loader -> loader.get() != null)).hasSize(loadersLeft);
            assertThat(copies()).hasSize(loadersLeft);
            assertThat(openCopies()).isLessThanOrEqualTo(loadersLeft);
        });
    }

    @Test
    void replacedFiftyTimesUnderLoad() throws IOException {
        version(0).write(plugins, "turn.jar");
        try (TestServer server = TestServer.start(folder, QUICK)) {
            PluginTasks tasks = new PluginTasks(server);
            List<String> started = new ArrayList<>();
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                version(cycle).write(plugins, "turn.jar");
                String wanted = "1.0." + cycle;
                await().pollInterval(Duration.ofMillis(20)).until(() -> {
                    started.add(tasks.start("one"));
                    return tasks.plugin("turn.jar").path("version").asText().equals(wanted);
                });
            }
            for (String task : started) {
                tasks.until(task, "completed");
                String[] output = tasks.output(task).asText().split("=");
                assertThat(output[0]).isEqualTo(output[1]);
            }
            assertThat(started.size()).isGreaterThanOrEqualTo(CYCLES);
            assertThat(loaders).hasSize(CYCLES + 1);
            String last = tasks.start("one");
            tasks.until(last, "completed");
            assertThat(tasks.output(last).asText()).isEqualTo(CYCLES + "=" + CYCLES);
            untilOnlyLeft(1);
        }
    }

    @Test
    void addedAndRemovedFiftyTimes() throws IOException {
        byte[] jar = version(7).bytes();
        try (TestServer server = TestServer.start(folder, QUICK)) {
            PluginTasks tasks = new PluginTasks(server);
            Files.createDirectories(plugins);
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                Path part = Files.write(plugins.resolve("turn.part"), jar);
                Files.move(part, plugins.resolve("turn.jar"));
                tasks.untilPlugin("turn.jar", "loaded");
                String task = tasks.start("one");
                tasks.until(task, "completed");
                Files.delete(plugins.resolve("turn.jar"));
                await().pollInterval(Duration.ofMillis(20))
                        .until(() -> tasks.plugin("turn.jar").isMissingNode());
            }
            assertThat(loaders).hasSize(CYCLES);
            untilOnlyLeft(0);
        }
    }

    @Test
    void runningWorkGoesOnWithTheCodeThatItStartedWith() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        ((Map<Object, Object>) System.getProperties()).put(GO, go);
        try (TestServer server = TestServer.start(folder, QUICK)) {
            PluginTasks tasks = new PluginTasks(server);
            version(1).write(plugins, "turn.jar");
            tasks.untilPlugin("turn.jar", "loaded");
            String first = running(server, tasks);
            version(2).write(plugins, "turn.jar");
            await().until(() ->
                    tasks.plugin("turn.jar").path("version").asText().equals("1.0.2"));
            String second = running(server, tasks);
            Files.delete(plugins.resolve("turn.jar"));
            await().until(() -> tasks.plugin("turn.jar").isMissingNode());
            await().during(Duration.ofSeconds(1)).until(() -> copies().size() == 2);
            go.countDown();
            tasks.until(first, "completed");
            tasks.until(second, "completed");
            assertThat(tasks.output(first).asText()).isEqualTo("1=1");
            assertThat(tasks.output(second).asText()).isEqualTo("2=2");
            untilOnlyLeft(0);
        } finally {
            System.getProperties().remove(GO);
        }
    }

    /** A task whose stage's code has begun. */
    private static String running(TestServer server, PluginTasks tasks) {
        String id = tasks.start("one");
        await().until(() ->
                server.http().get("/api/tasks/" + id + "/executions").text().contains("waits"));
        return id;
    }
}
