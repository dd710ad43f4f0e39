package dev.callboard.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the configuration together: option, environment, file, default, in this order; every error at once. */
public final class ConfigLoader {
    private static final String FILE = "callboard.yaml";

    private final Map<ConfigKey, Value> values = new EnumMap<>(ConfigKey.class);
    private final List<String> errors;
    private final UnaryOperator<String> place;
    private Map<String, Map<String, Object>> pluginSettings = Map.of();
    private Map<String, ConfigLoader> modelProviders = Map.of();
    private Map<String, String> environment = Map.of();

    private ConfigLoader(List<String> errors, UnaryOperator<String> place, Map<ConfigKey, String> defaults) {
        this.errors = errors;
        this.place = place;
        for (ConfigKey key : ConfigKey.values()) {
            values.put(key, new Value(defaults.getOrDefault(key, key.defaultValue()), "the default"));
        }
    }

    /** A value and where it was found, for the error that may be said of it. */
    private record Value(String text, String from) {}

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
        ConfigLoader loader = new ConfigLoader(new ArrayList<>(), UnaryOperator.identity(), defaults);
        loader.environment = environment;
        loader.fromOptionsAndEnvironment(options, environment);
        Path file = loader.path(ConfigKey.CONFIG).resolve(FILE);
        ConfigFile read = ConfigFile.read(file, loader.errors);
        read.values().forEach((key, text) -> loader.values.put(key, new Value(text, file.toString())));
        loader.pluginSettings = read.pluginSettings();
        loader.modelProviders = loader.below(ModelsConfig.PROVIDERS, "models", read.modelProviders(), file);
        loader.fromOptionsAndEnvironment(options, environment);
        ServerConfig config = loader.build();
        if (!loader.errors.isEmpty()) {
            throw new ConfigException(loader.errors.stream().distinct().toList());
        }
        return config;
    }

    /** For each name a loader of what stands there in the file; it says errors where this one does, with their own place. */
    private Map<String, ConfigLoader> below(
            String path, String like, Map<String, Map<ConfigKey, String>> named, Path file) {
        Map<String, ConfigLoader> loaders = new LinkedHashMap<>();
        named.forEach((name, texts) -> {
            ConfigLoader own =
                    new ConfigLoader(errors, key -> path + "." + name + key.substring(like.length()), Map.of());
            texts.forEach((key, text) -> own.values.put(key, new Value(text, file.toString())));
            loaders.put(name, own);
        });
        return loaders;
    }

    /** By name and in the order of the file: each has as its keys of {@code models} what this provider has. */
    Map<String, ConfigLoader> modelProviders() {
        return modelProviders;
    }

    private void fromOptionsAndEnvironment(Map<String, String> options, Map<String, String> environment) {
        for (ConfigKey key : ConfigKey.values()) {
            String variable = environment.get(key.variable());
            if (variable != null) {
                values.put(key, new Value(variable, "the environment variable " + key.variable()));
            }
            String option = options.get(key.path());
            if (option != null) {
                values.put(key, new Value(option, "the option --" + key.path()));
            }
        }
    }

    private ServerConfig build() {
        String webroot = text(ConfigKey.WEBROOT);
        Path pages = webroot.isEmpty() ? pagesHere() : path(ConfigKey.WEBROOT);
        if (pages != null && !Files.isDirectory(pages)) {
            wrong(ConfigKey.WEBROOT, "must be a folder that exists");
        }
        return new ServerConfig(
                host(),
                (int) number(ConfigKey.PORT, 0, 65_535),
                publicUrl(),
                path(ConfigKey.DATA),
                path(ConfigKey.CONFIG),
                path(ConfigKey.PLUGINS),
                flag(ConfigKey.PLUGINS_ENABLED),
                PluginsConfig.from(this, pluginSettings),
                ForkConfig.from(this),
                pages,
                new ServerConfig.Limits(
                        (int) number(ConfigKey.LIMITS_CUSTOM_STAGES, 0, 1_000_000),
                        (int) number(ConfigKey.LIMITS_BODY_BYTES, 1_024, 64 << 20),
                        number(ConfigKey.LIMITS_BLOB_BYTES, 1_024, 1L << 40),
                        outputCharacters(),
                        number(ConfigKey.LIMITS_RESERVE_BYTES, 0, 1L << 40),
                        (int) number(ConfigKey.LIMITS_WEB_SOCKETS, 1, 1_000_000),
                        Duration.ofMillis(number(ConfigKey.LIMITS_PLUGIN_LOAD_MS, 1, 3_600_000))),
                new ServerConfig.Feed(
                        Duration.ofMillis(number(ConfigKey.FEED_HEARTBEAT_MS, 100, 3_600_000)),
                        flag(ConfigKey.EVENTBUS_ENABLED)),
                new ServerConfig.Log(
                        oneOf(ConfigKey.LOG_FORMAT, "text", "json").equals("json"),
                        oneOf(ConfigKey.LOG_LEVEL, "error", "warn", "info", "debug", "trace")
                                .toUpperCase(Locale.ROOT)),
                NetworkConfig.from(this),
                SecretsConfig.from(this, path(ConfigKey.CONFIG)),
                SourcesConfig.from(this),
                SinksConfig.from(this),
                WorkersConfig.from(this),
                ModelsConfig.from(this),
                CommandConfig.from(this),
                ExpressionsConfig.from(this));
    }

    /** 0 is what the heap allows. */
    long outputCharacters() {
        long number = number(ConfigKey.LIMITS_OUTPUT_CHARACTERS, 0, ServerConfig.Limits.MAX_OUTPUT);
        return number == 0
                ? ServerConfig.Limits.outputCharacters(Runtime.getRuntime().maxMemory())
                : number;
    }

    /** Whoever starts in the project's folder sees its pages as they are there. */
    private static @Nullable Path pagesHere() {
        Path here = Path.of("webroot");
        return Files.isRegularFile(here.resolve("index.html")) ? here : null;
    }

    /** Without authentication anybody who reaches the port may do anything, so only this machine may reach it. */
    private String host() {
        String host = text(ConfigKey.HOST);
        try {
            if (host.isEmpty() || !InetAddress.getByName(host).isLoopbackAddress()) {
                wrong(
                        ConfigKey.HOST,
                        "must be a loopback address such as 127.0.0.1: this version has no authentication,"
                                + " so it must not be reached from other machines");
            }
        } catch (UnknownHostException e) {
            wrong(ConfigKey.HOST, "must be an address of this machine");
        }
        return host;
    }

    private @Nullable PublicUrl publicUrl() {
        String text = text(ConfigKey.SERVER_PUBLIC_URL);
        if (text.isEmpty()) {
            return null;
        }
        PublicUrl url = PublicUrl.parse(text).orElse(null);
        if (url == null) {
            wrong(
                    ConfigKey.SERVER_PUBLIC_URL,
                    "must be an address such as https://example.org or https://example.org/board");
        }
        return url;
    }

    String text(ConfigKey key) {
        Value value = values.get(key);
        return value == null ? key.defaultValue() : value.text().strip();
    }

    /** What stands between the commas, without blanks around it. */
    List<String> list(ConfigKey key) {
        return Arrays.stream(text(key).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
    }

    Path path(ConfigKey key) {
        try {
            if (!text(key).isEmpty()) {
                return Path.of(text(key));
            }
            wrong(key, "must be a path");
        } catch (InvalidPathException e) {
            wrong(key, "must be a path: " + e.getReason());
        }
        return Path.of(key.defaultValue());
    }

    long number(ConfigKey key, long least, long most) {
        try {
            long number = Long.parseLong(text(key).replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        wrong(key, "must be a whole number from " + least + " to " + most);
        return least;
    }

    private String oneOf(ConfigKey key, String... words) {
        String text = text(key).toLowerCase(Locale.ROOT);
        if (Arrays.asList(words).contains(text)) {
            return text;
        }
        wrong(key, "must be one of " + String.join(", ", words));
        return key.defaultValue();
    }

    boolean flag(ConfigKey key) {
        String text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            wrong(key, "must be true or false");
        }
        return text.equals("true");
    }

    /** What a variable of the environment holds that a setting names; empty when it is not set. */
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** As {@link #wrong}, for a value that may be a secret. */
    void hidden(ConfigKey key, String detail) {
        errors.add(place.apply(key.path()) + " " + detail + ".");
    }

    void wrong(ConfigKey key, String detail) {
        @Nullable Value value = values.get(key);
        errors.add(place.apply(key.path()) + " " + detail
                + (value == null ? "" : "; it is '" + value.text() + "', from " + value.from()) + ".");
    }
}
