package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.OwnAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Option, environment, file, default, in this order. */
class ConfigLoaderTest extends ConfigFixture {
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
            case DATABASE_URL -> "postgresql://db.example.org/board";
            case DATABASE_USER -> "board";
            case DATABASE_PASSWORD_ENV -> "BOARD_PASSWORD";
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
     * OutboundAddressesTest.
     */
    @ParameterizedTest
    @EnumSource(
            value = ConfigKey.class,
            mode = EnumSource.Mode.MATCH_NONE,
            names = "(MODELS|COMMAND|NETWORK_PROXY|DATABASE)_.*")
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
    void anyLoopbackAddressWillDo(String host) throws Exception {
        assertThat(load(Map.of("host", host), Map.of()).host()).isEqualTo(host);
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
}
