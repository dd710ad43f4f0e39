package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.config.ForkConfig;
import dev.callboard.fork.Forks;
import dev.callboard.json.Json;
import dev.callboard.metrics.Meters;
import dev.callboard.process.ChildProcesses;
import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a jar registered in a process of its own is not asked again at the next start, unless it may be something else. */
class ForkedJarsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path plugins;
    private Path loads;
    private Forks forks;
    private int starts;

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        loads = Files.createFile(folder.resolve("loads"));
        forks = new Forks(
                new ForkConfig(64, Duration.ofSeconds(10), 1),
                folder.resolve("work"),
                new ChildProcesses(folder),
                name -> null);
    }

    @AfterEach
    void close() throws InterruptedException {
        forks.close();
    }

    @Test
    void aJarIsLoadedOnceHoweverOftenTheServerStarts() throws IOException {
        jar("a-stage");
        start("a-stage");
        assertThat(loads).hasSize(1);
        start("a-stage");
        assertThat(loads).hasSize(1);
        jar("another");
        start("another");
        assertThat(loads).hasSize(2);
    }

    @Test
    void whatIsKeptIsNotTrustedWhenItIsDamagedOrOfAnotherJava() throws IOException {
        jar("a-stage");
        start("a-stage");
        Path kept = folder.resolve("plugin-registrations.json");
        String good = Files.readString(kept);
        int expected = 1;
        for (String bad : List.of(
                good.substring(0, good.length() / 2),
                good.replace("a-stage", "b-stage"),
                good.replace("\"dependencies\"", "\"other\"").replace("\"type\"", "\"kind\""),
                good.replace(Runtime.version().toString(), "17.0.1+1"))) {
            Files.writeString(kept, bad);
            start("a-stage");
            assertThat(loads).as(bad).hasSize(++expected);
            assertThat(Json.read(Files.readString(kept), Map.class)).isEqualTo(Json.read(good, Map.class));
        }
    }

    /** A jar whose code leaves one byte more each time that it is loaded. */
    private void jar(String id) throws IOException {
        PluginJars.of("Forked", id)
                .isolation("fork")
                .body("static { try { java.nio.file.Files.write(java.nio.file.Path.of(\"" + loads
                        + "\"), new byte[1], java.nio.file.StandardOpenOption.APPEND); }"
                        + " catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); } }")
                .write(plugins, "forked.jar");
    }

    /** The first scan of a server, as at each of its starts. */
    private void start(String stage) throws IOException {
        Path copies = folder.resolve("copies-" + ++starts);
        PluginOptions options = new PluginOptions(
                plugins,
                BundledPlugins.NONE,
                copies,
                Optional.empty(),
                forks,
                true,
                PATIENCE,
                PATIENCE,
                new PluginRules(Duration.ZERO, Set.of(), Map.of(), name -> null));
        Plugins scanned = new Plugins(options, Clock.systemUTC(), Meters.none().palette());
        scanned.rescan();
        PluginStatus status = scanned.known().list(Map.of()).get(0);
        assertThat(status.state()).as(status.toString()).isEqualTo("loaded");
        assertThat(status.stages()).containsExactly(stage);
        assertThat(scanned.known().stages().get("forked.jar").code()).isNotNull();
    }
}
