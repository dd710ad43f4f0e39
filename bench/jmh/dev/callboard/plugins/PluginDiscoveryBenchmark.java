package dev.callboard.plugins;

import dev.callboard.config.ForkConfig;
import dev.callboard.fork.Forks;
import dev.callboard.metrics.Meters;
import dev.callboard.process.ChildProcesses;
import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding 200 plugin jars. Goal: at most 5 ms a jar. {@code palette} reads what the palette shows, for which no class of a
 * plugin is loaded; {@code palettesAndCode} also copies each jar, hashes it and loads its code, as a start does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
public class PluginDiscoveryBenchmark {
    private static final int JARS = 200;

    private Path folder;
    private Path copies;

    /** Builds the jars. */
    @Setup
    public void build() throws IOException {
        folder = Files.createTempDirectory("callboard-bench-plugins");
        for (int i = 0; i < JARS; i++) {
            PluginJars.of("Bench" + i, "bench-" + i).write(folder, "bench-" + i + ".jar");
        }
    }

    /** Copies of the time before must not make the next one easier. */
    @Setup(Level.Iteration)
    public void empty() throws IOException {
        copies = Files.createTempDirectory("callboard-bench-copies");
    }

    /** Each jar's palette entries. */
    @Benchmark
    @OperationsPerInvocation(JARS)
    public int palette() throws IOException, PluginRefused {
        int stages = 0;
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                stages += PluginJar.read(jar, String.valueOf(jar.getFileName()), manifest -> {})
                        .stages()
                        .size();
            }
        }
        return stages;
    }

    /** The palette entries and the code. */
    @Benchmark
    @OperationsPerInvocation(JARS)
    public int palettesAndCode() {
        Plugins plugins = new Plugins(
                new PluginOptions(
                        folder,
                        BundledPlugins.NONE,
                        copies,
                        Optional.empty(),
                        new Forks(
                                new ForkConfig(64, Duration.ofSeconds(10), 1),
                                copies.resolveSibling("work"),
                                new ChildProcesses(copies.resolveSibling("data")),
                                name -> null),
                        true,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        new PluginRules(Duration.ZERO, Set.of(), Map.of(), name -> null)),
                Clock.systemUTC(),
                Meters.none().palette());
        plugins.rescan();
        long loaded = plugins.known().stages().values().stream()
                .filter(plugin -> plugin.code() != null)
                .count();
        if (loaded != JARS) {
            throw new IllegalStateException("loaded " + loaded + " of " + JARS);
        }
        return (int) loaded;
    }

    /** Leaves nothing behind. */
    @TearDown(Level.Iteration)
    public void clean() throws IOException {
        delete(copies);
    }

    /** Leaves nothing behind. */
    @TearDown
    public void cleanJars() throws IOException {
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
