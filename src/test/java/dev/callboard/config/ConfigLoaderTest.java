package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.testing.OwnAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Option, environment, file, default, in this order; every error at once. */
class ConfigLoaderTest {
    @TempDir
    Path folder;

    @Test
    void withoutAnythingTheDefaultsHold() throws Exception {
        ServerConfig config = load(Map.of(), Map.of());
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.plugins()).isEqualTo(Path.of("plugins"));
        assertThat(config.pluginsEnabled()).isTrue();
        assertThat(config.limits().bodyBytes()).isEqualTo(1 << 20);
        assertThat(config.limits().blobBytes()).isEqualTo(1L << 30);
        assertThat(config.limits().customStages()).isEqualTo(20_000);
        assertThat(config.limits().webSockets()).isEqualTo(20_000);
        assertThat(config.log()).isEqualTo(new ServerConfig.Log(false, "INFO"));
        assertThat(config.feed().heartbeat()).isEqualTo(Duration.ofSeconds(15));
        assertThat(ConfigLoader.load(Map.of("port", "1"), Map.of()).folder()).isEqualTo(Path.of("config"));
    }

    /** Another value than the default for each setting, so that a forgotten one fails here. */
    private String other(ConfigKey key) throws IOException {
        return switch (key) {
            case LIMITS_OUTPUT_CHARACTERS -> "2000000";
            case HOST -> "127.0.0.2";
            case PORT -> "0";
            case SERVER_PUBLIC_URL -> "https://example.org/board";
            case SECRETS_ENVIRONMENT, WORKERS_TOKEN_ENV -> "TOKEN";
            case SECRETS_KEY_FILE, DATA, PLUGINS -> folder.resolve(key.path()).toString();
            case CONFIG -> folder.toString();
            case PLUGINS_ENABLED, PLUGINS_BUNDLED -> "false";
            case EVENTBUS_ENABLED -> "true";
            case PLUGINS_ALLOWED_SHA256 -> "0".repeat(64);
            case NETWORK_ALLOW -> "10.1.0.0/16,files.example.org:9000";
            case NETWORK_PROXY -> "http://proxy.example.org:3128";
            case NETWORK_CA_FILE -> authority().toString();
            case SOURCES_FOLDER_ROOTS -> "/srv/inbox";
            case SINKS_FILE_ROOTS -> "/srv/outbox";
            case LOG_FORMAT -> "json";
            case LOG_LEVEL -> "debug";
            case WEBROOT -> Files.createDirectories(folder.resolve("web")).toString();
            default -> Long.toString(Long.parseLong(key.defaultValue()) - 1);
        };
    }

    private Path authority() throws IOException {
        Path made = folder.resolve("own.pem");
        return Files.exists(made) ? made : OwnAuthority.in(folder).pem();
    }

    /**
     * Models, commands and the login of a proxy are read as a whole when they are switched on: see ExecutorConfigTest,
     * OutboundClientTest.
     */
    @ParameterizedTest
    @EnumSource(value = ConfigKey.class, mode = EnumSource.Mode.MATCH_NONE, names = "(MODELS|COMMAND|NETWORK_PROXY)_.*")
    void everySettingIsReadFromOptionAndEnvironment(ConfigKey key) throws Exception {
        ServerConfig defaults = load(Map.of(), Map.of());
        ServerConfig byOption = load(Map.of(key.path(), other(key)), Map.of());
        ServerConfig byEnvironment = load(Map.of(), Map.of(key.variable(), other(key)));
        assertThat(byEnvironment).isEqualTo(byOption);
        if (key != ConfigKey.CONFIG) {
            assertThat(byOption).isNotEqualTo(defaults);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ConfigKey.class,
            mode = EnumSource.Mode.MATCH_NONE,
            names = "CONFIG|(MODELS|COMMAND|NETWORK_PROXY)_.*")
    void everySettingIsReadFromTheFile(ConfigKey key) throws Exception {
        ServerConfig byOption = load(Map.of(key.path(), other(key)), Map.of());
        file("\"" + key.path() + "\": \"" + other(key) + "\"\n");
        assertThat(load(Map.of(), Map.of())).isEqualTo(byOption);
    }

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
    void theFileMayNestItsSettings() throws Exception {
        file(
                "port: 1\nplugins:\n  enabled: false\n  folder: other\nlimits:\n  body_bytes: 2048\nfeed: {heartbeat_ms: 200}\n");
        ServerConfig config = load(Map.of(), Map.of());
        assertThat(config.port()).isEqualTo(1);
        assertThat(config.pluginsEnabled()).isFalse();
        assertThat(config.plugins()).isEqualTo(Path.of("other"));
        assertThat(config.limits().bodyBytes()).isEqualTo(2048);
        assertThat(config.feed().heartbeat()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void anOptionGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
        file("port: 1\n");
        assertThat(load(Map.of(), Map.of()).port()).isEqualTo(1);
        assertThat(load(Map.of(), Map.of("CALLBOARD_PORT", "2")).port()).isEqualTo(2);
        assertThat(load(Map.of("port", "3"), Map.of("CALLBOARD_PORT", "2")).port())
                .isEqualTo(3);
    }

    /** Outputs are in the heap while they are made and stored; a fork's are in its own as well. */
    @Test
    void outputsAreAsLargeAsTheHeapAllows() throws Exception {
        assertThat(ServerConfig.Limits.outputCharacters(256L << 20)).isEqualTo(8L << 20);
        assertThat(ServerConfig.Limits.outputCharacters(64L << 30)).isEqualTo(64_000_000);
        assertThat(ServerConfig.Limits.outputCharacters(1 << 20)).isEqualTo(1_000_000);
        assertThat(new ForkConfig(64, Duration.ofSeconds(10), 2).outputCharacters())
                .isEqualTo(8L << 20);
        ServerConfig config = load(Map.of("limits.output_characters", "2000000"), Map.of());
        assertThat(config.limits().outputCharacters()).isEqualTo(2_000_000);
        assertThat(config.fork().outputCharacters()).isEqualTo(2_000_000);
    }

    @Test
    void anEmptyFileIsNoFile() throws Exception {
        file("# nothing yet\n");
        assertThat(load(Map.of(), Map.of()).port()).isEqualTo(8080);
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
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
    void anyLoopbackAddressWillDo(String host) throws Exception {
        assertThat(load(Map.of("host", host), Map.of()).host()).isEqualTo(host);
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
    void pluginsMayHaveSettingsOfAnyNameFromTheFile() throws Exception {
        String digest = "AB".repeat(32);
        file("plugins:\n  enabled: true\n  settle_ms: 10\n  allowed_sha256: ['" + digest + "']\n  settings:\n"
                + "    Some plugin.v2:\n      size: 5\n      list: [1, {a: true}]\n    other:\n");
        PluginsConfig plugins = load(Map.of(), Map.of()).pluginRules();
        assertThat(plugins.settle()).isEqualTo(Duration.ofMillis(10));
        assertThat(plugins.allowedSha256()).containsExactly("ab".repeat(32));
        assertThat(plugins.settings())
                .isEqualTo(Map.of("Some plugin.v2", Map.of("size", 5, "list", List.of(1, Map.of("a", true)))));
        assertThat(plugins.toString()).contains("Some plugin.v2").doesNotContain("size");
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

    private void file(String text) throws IOException {
        Files.writeString(folder.resolve("callboard.yaml"), text);
    }

    private ServerConfig load(Map<String, String> options, Map<String, String> environment) throws ConfigException {
        Map<String, String> all = new java.util.HashMap<>(options);
        if (!environment.containsKey("CALLBOARD_CONFIG")) {
            all.putIfAbsent("config", folder.toString());
        }
        return ConfigLoader.load(all, environment);
    }

    private List<String> errors(Map<String, String> options, Map<String, String> environment) {
        ConfigException wrong = catchThrowableOfType(ConfigException.class, () -> load(options, environment));
        assertThat(wrong).isNotNull();
        return wrong.errors();
    }
}
