package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.config.ForkConfig;
import dev.callboard.fork.Forks;
import dev.callboard.metrics.Meters;
import dev.callboard.process.ChildProcesses;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The registry's own scan of a folder of jars, without a server around it. */
final class PluginScan {
    private PluginScan() {}

    /** What {@code folder/plugins} holds; loading one jar may take {@code load}. */
    static FoundPlugins of(Path folder, Duration load, PluginRules rules) {
        PluginOptions options = new PluginOptions(
                folder.resolve("plugins"),
                BundledPlugins.NONE,
                folder.resolve("copies"),
                Optional.empty(),
                new Forks(
                        new ForkConfig(64, Duration.ofSeconds(10), 1),
                        folder.resolve("work"),
                        new ChildProcesses(folder),
                        name -> null),
                true,
                load,
                load,
                rules);
        Plugins scanned = new Plugins(options, Clock.systemUTC(), Meters.none().palette());
        assertThat(scanned.rescan()).isTrue();
        return scanned.known();
    }
}
