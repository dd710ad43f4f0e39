package dev.callboard.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the operator says of plugins, beside their folder.
 *
 * @param bundled whether the plugins that travel in the server's jar are loaded. Default true
 * @param settle how long a new or changed jar must stay the same before it is loaded. Default 2 s
 * @param allowedSha256 the jars that may be loaded, each as 64 lower-case hexadecimal digits. Default none, which allows all
 * @param settings plugin name to its settings, JSON-shaped; checked against each plugin's own schema when it is loaded.
 *     Default none
 */
public record PluginsConfig(
        boolean bundled, Duration settle, Set<String> allowedSha256, Map<String, Map<String, Object>> settings) {
    /** Copies. */
    public PluginsConfig {
        allowedSha256 = Set.copyOf(allowedSha256);
        Map<String, Map<String, Object>> copy = new TreeMap<>();
        settings.forEach(
                (plugin, values) -> copy.put(plugin, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
        settings = Collections.unmodifiableMap(copy);
    }

    /** Settings are nobody's to see. */
    @Override
    public String toString() {
        return "PluginsConfig[bundled=" + bundled + ", settle=" + settle + ", allowedSha256=" + allowedSha256
                + ", settings of " + settings.keySet() + "]";
    }

    static PluginsConfig from(ConfigValues config, Map<String, Map<String, Object>> settings) {
        List<String> allowed = config.list(ConfigKey.PLUGINS_ALLOWED_SHA256).stream()
                .map(digest -> digest.toLowerCase(Locale.ROOT))
                .toList();
        if (!allowed.stream().allMatch(digest -> digest.matches("[0-9a-f]{64}"))) {
            config.wrong(
                    ConfigKey.PLUGINS_ALLOWED_SHA256,
                    "must be SHA-256 digests of 64 hexadecimal digits, each in quotation marks");
        }
        return new PluginsConfig(
                config.flag(ConfigKey.PLUGINS_BUNDLED),
                Duration.ofMillis(config.number(ConfigKey.PLUGINS_SETTLE_MS, 0, 3_600_000)),
                Set.copyOf(allowed),
                settings);
    }
}
