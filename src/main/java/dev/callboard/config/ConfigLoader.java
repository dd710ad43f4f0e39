package dev.callboard.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the configuration together: option, environment, file, default, in this order; every error at once. */
public final class ConfigLoader {
    private static final String FILE = "callboard.yaml";

    private ConfigLoader() {}

    /**
     * Loads with the process's environment.
     *
     * @param options command line options without dashes, such as {@code port}; absent ones left out
     * @throws ConfigException with every error
     */
    public static ServerConfig load(Map<String, String> options) throws ConfigException {
        return load(options, System.getenv());
    }

    /** As {@link #load(Map)}, for a command that ends by itself: {@code log.level} is {@code warn} unless it is set. */
    public static ServerConfig loadForCommand(Map<String, String> options) throws ConfigException {
        return load(options, System.getenv(), Map.of(ConfigKey.LOG_LEVEL, "warn"));
    }

    static ServerConfig load(Map<String, String> options, Map<String, String> environment) throws ConfigException {
        return load(options, environment, Map.of());
    }

    private static ServerConfig load(
            Map<String, String> options, Map<String, String> environment, Map<ConfigKey, String> defaults)
            throws ConfigException {
        ConfigValues values = new ConfigValues(defaults, environment);
        values.fromOptionsAndEnvironment(options);
        Path file = values.path(ConfigKey.CONFIG).resolve(FILE);
        ConfigFile read = ConfigFile.read(file, values.errors());
        values.fromFile(read, file);
        values.fromOptionsAndEnvironment(options);
        ServerConfig config = build(values, read.pluginSettings());
        if (!values.errors().isEmpty()) {
            throw new ConfigException(values.errors().stream().distinct().toList());
        }
        return config;
    }

    private static ServerConfig build(ConfigValues values, Map<String, Map<String, Object>> pluginSettings) {
        String webroot = values.text(ConfigKey.WEBROOT);
        Path pages = webroot.isEmpty() ? pagesHere() : values.path(ConfigKey.WEBROOT);
        if (pages != null && !Files.isDirectory(pages)) {
            values.wrong(ConfigKey.WEBROOT, "must be a folder that exists");
        }
        return new ServerConfig(
                host(values),
                (int) values.number(ConfigKey.PORT, 0, 65_535),
                publicUrl(values),
                values.folder(ConfigKey.DATA),
                DatabaseConfig.from(values),
                values.folder(ConfigKey.CONFIG),
                values.folder(ConfigKey.PLUGINS),
                values.flag(ConfigKey.PLUGINS_ENABLED),
                PluginsConfig.from(values, pluginSettings),
                ForkConfig.from(values),
                pages,
                new ServerConfig.Limits(
                        (int) values.number(ConfigKey.LIMITS_CUSTOM_STAGES, 0, 1_000_000),
                        (int) values.number(ConfigKey.LIMITS_BODY_BYTES, 1_024, 64 << 20),
                        values.number(ConfigKey.LIMITS_BLOB_BYTES, 1_024, 1L << 40),
                        values.outputCharacters(),
                        values.number(ConfigKey.LIMITS_RESERVE_BYTES, 0, 1L << 40),
                        (int) values.number(ConfigKey.LIMITS_WEB_SOCKETS, 1, 1_000_000),
                        Duration.ofMillis(values.number(ConfigKey.LIMITS_PLUGIN_LOAD_MS, 1, 3_600_000))),
                new ServerConfig.Feed(
                        Duration.ofMillis(values.number(ConfigKey.FEED_HEARTBEAT_MS, 100, 3_600_000)),
                        values.flag(ConfigKey.EVENTBUS_ENABLED)),
                new ServerConfig.Log(
                        values.oneOf(ConfigKey.LOG_FORMAT, "text", "json").equals("json"),
                        values.oneOf(ConfigKey.LOG_LEVEL, "error", "warn", "info", "debug", "trace")
                                .toUpperCase(Locale.ROOT)),
                NetworkConfig.from(values),
                SecretsConfig.from(values, values.path(ConfigKey.CONFIG)),
                SourcesConfig.from(values),
                SinksConfig.from(values),
                WorkersConfig.from(values),
                ModelsConfig.from(values),
                CommandConfig.from(values),
                ExpressionsConfig.from(values));
    }

    /** Whoever starts in the project's folder sees its pages as they are there. */
    private static @Nullable Path pagesHere() {
        Path here = Path.of("webroot");
        return Files.isRegularFile(here.resolve("index.html")) ? here : null;
    }

    /** Without authentication anybody who reaches the port may do anything, so only this machine may reach it. */
    private static String host(ConfigValues values) {
        String host = values.text(ConfigKey.HOST);
        try {
            if (host.isEmpty() || !InetAddress.getByName(host).isLoopbackAddress()) {
                values.wrong(
                        ConfigKey.HOST,
                        "must be a loopback address such as 127.0.0.1: this version has no authentication,"
                                + " so it must not be reached from other machines");
            }
        } catch (UnknownHostException e) {
            values.wrong(ConfigKey.HOST, "must be an address of this machine");
        }
        return host;
    }

    private static @Nullable PublicUrl publicUrl(ConfigValues values) {
        String text = values.text(ConfigKey.SERVER_PUBLIC_URL);
        if (text.isEmpty()) {
            return null;
        }
        PublicUrl url = PublicUrl.parse(text).orElse(null);
        if (url == null) {
            values.wrong(
                    ConfigKey.SERVER_PUBLIC_URL,
                    "must be an address such as https://example.org or https://example.org/board");
        }
        return url;
    }
}
