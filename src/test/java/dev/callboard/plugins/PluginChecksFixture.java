package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Scans single jars and sees to it that one that is refused ran none of its code. */
abstract class PluginChecksFixture {
    static final String RAN = "callboard.test.ran";

    @TempDir
    Path folder;

    Path plugins;
    PluginRules rules = rules(Set.of(), Map.of(), name -> null);

    @BeforeEach
    void makeFolder() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        System.clearProperty(RAN);
    }

    static PluginRules rules(
            Set<String> allowed, Map<String, Map<String, Object>> settings, Function<String, @Nullable String> found) {
        return new PluginRules(Duration.ZERO, allowed, settings, found);
    }

    static PluginJars jar(String name) {
        return PluginJars.of(name, "a-stage").body("static { System.setProperty(\"" + RAN + "\", \"yes\"); }");
    }

    FoundPlugins scan() {
        return PluginScan.of(folder, Duration.ofSeconds(20), rules);
    }

    PluginStatus status(PluginJars jar) throws IOException {
        jar.write(plugins, "the.jar");
        List<PluginStatus> all = scan().list(Map.of());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** Refused before any of its code ran. */
    void refused(PluginJars jar, String... reasons) throws IOException {
        PluginStatus status = status(jar);
        assertThat(status.state()).as(status.toString()).isEqualTo("refused");
        assertThat(status.reason()).contains(reasons);
        assertThat(String.valueOf(status.reason()).chars()).noneMatch(Character::isISOControl);
        assertThat(status.reason()).doesNotContain("\u202e").hasSizeLessThan(1_100);
        assertThat(System.getProperty(RAN)).isNull();
        try (var copies = Files.list(folder.resolve("copies"))) {
            assertThat(copies).isEmpty();
        }
    }
}
