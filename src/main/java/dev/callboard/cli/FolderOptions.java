package dev.callboard.cli;

import dev.callboard.config.ConfigException;
import dev.callboard.config.ConfigLoader;
import dev.callboard.config.ServerConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folders that a command works in. Values are checked by the configuration, which says every error at once. */
final class FolderOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "Database and blobs. Default: data")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "DIR", description = "Settings, stages file, pipelines. Default: config")
    private @Nullable String config;

    @Option(names = "--plugins", paramLabel = "DIR", description = "Plugin jars. Default: plugins")
    private @Nullable String plugins;

    /** The options that were given. */
    Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        put(values, "data", data);
        put(values, "config", config);
        put(values, "plugins", plugins);
        return values;
    }

    static void put(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    /** The configuration with these options, for a command that ends: it logs warnings alone unless its options say otherwise. */
    ServerConfig load() throws ConfigException {
        return ConfigLoader.loadForCommand(values());
    }
}
