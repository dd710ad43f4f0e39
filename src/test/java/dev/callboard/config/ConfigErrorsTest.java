package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no setting may be; every error at once. */
class ConfigErrorsTest extends ConfigFixture {
    @Test
    void foldersOfPipelinesHaveNothingOfTheServersOwn() throws Exception {
        Path link =
                Files.createSymbolicLink(folder.resolve("link"), Files.createDirectories(folder.resolve("data/db")));
        for (Path root : new Path[] {folder, folder.resolve("data"), folder.resolve("data/blobs"), link}) {
            assertThatThrownBy(() -> load(
                            Map.of("data", folder.resolve("data").toString(), "sources.folder_roots", root.toString()),
                            Map.of()))
                    .as(root.toString())
                    .hasMessageContaining("sources.folder_roots");
        }
        assertThatThrownBy(() -> load(Map.of("sinks.file_roots", folder.toString()), Map.of()))
                .hasMessageContaining("sinks.file_roots");
        assertThatThrownBy(() -> load(Map.of("sources.folder_roots", "inbox"), Map.of()))
                .hasMessageContaining("whole paths");
    }

    @Test
    void everyErrorComesAtOnce() throws Exception {
        file("prot: 1\nlimits:\n  body_bytes: lots\n  colour: red\n");
        List<String> errors =
                errors(Map.of("port", "70000", "host", "0.0.0.0"), Map.of("CALLBOARD_FEED_HEARTBEAT_MS", "-1"));
        assertThat(errors).hasSize(6);
        assertThat(errors)
                .anyMatch(error -> error.contains("'prot'") && error.contains("known are"))
                .anyMatch(error -> error.contains("'limits.colour'"))
                .anyMatch(error -> error.startsWith("limits.body_bytes") && error.contains("callboard.yaml"))
                .anyMatch(error -> error.startsWith("port") && error.contains("the option --port"))
                .anyMatch(error -> error.startsWith("feed.heartbeat_ms")
                        && error.contains("environment variable CALLBOARD_FEED_HEARTBEAT_MS"))
                .anyMatch(error -> error.startsWith("host") && error.contains("loopback"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "", "no.such.host.invalid"})
    void onlyThisMachineIsServed(String host) {
        assertThat(errors(Map.of("host", host), Map.of()))
                .singleElement()
                .asString()
                .startsWith("host ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port: [",
                "port: 1\nport: 2\n",
                "- a\n- b\n",
                "just text",
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
                "port: !!java.lang.ProcessBuilder [[\"true\"]]"
            })
    void aFileThatIsNoMapOfSettingsIsAnError(String text) throws Exception {
        file(text);
        assertThat(errors(Map.of(), Map.of())).singleElement().asString().contains("callboard.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "", "TRUE", "1"})
    void aFlagIsTrueOrFalse(String text) {
        assertThat(errors(Map.of("plugins.enabled", text), Map.of()))
                .singleElement()
                .asString()
                .contains("must be true or false");
    }

    @Test
    void aLogHasOneOfTheKnownFormatsAndLevels() {
        assertThat(errors(Map.of("log.format", "xml", "log.level", "loud"), Map.of()))
                .anyMatch(error -> error.startsWith("log.format must be one of text, json"))
                .anyMatch(error -> error.startsWith("log.level must be one of error, warn, info, debug, trace"));
    }

    @Test
    void aWebrootMustBeThere() {
        assertThat(errors(Map.of("webroot", folder.resolve("nothing").toString()), Map.of()))
                .singleElement()
                .asString()
                .startsWith("webroot must be a folder");
    }

    @Test
    void wrongSettingsOfPluginsAreReportedWithoutTheirValues() throws Exception {
        file(
                "plugins:\n  allowed_sha256: [abc]\n  settings:\n    a: secret-value\n    b:\n      day: 2026-01-01\n      on: 1\n"
                        + "      ratio: .nan\n");
        List<String> errors = errors(Map.of(), Map.of());
        assertThat(errors)
                .hasSize(5)
                .anyMatch(error -> error.startsWith("plugins.allowed_sha256 must be SHA-256"))
                .anyMatch(error -> error.startsWith("plugins.settings.a must be a map"))
                .anyMatch(error -> error.startsWith("plugins.settings.b.day must be"))
                .anyMatch(error -> error.startsWith("plugins.settings.b has the name 'true'"))
                .anyMatch(error -> error.startsWith("plugins.settings.b.ratio must be"))
                .noneMatch(error -> error.contains("secret-value"));
        file("plugins:\n  settings: [a]\n");
        assertThat(errors(Map.of(), Map.of())).singleElement().asString().startsWith("plugins.settings must be a map");
    }
}
