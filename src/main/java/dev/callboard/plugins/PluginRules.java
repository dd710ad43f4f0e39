package dev.callboard.plugins;

import dev.callboard.palette.RefusalClass;
import dev.callboard.palette.SecretReference;
import dev.callboard.palette.Setting;
import dev.callboard.palette.SettingsRules;
import dev.callboard.spi.Forms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator says of plugins.
 *
 * @param settle how long a new or changed jar must stay the same before it is loaded
 * @param allowedSha256 the jars that may be loaded, each as 64 lower-case hexadecimal digits; none allows all
 * @param settings plugin name to its settings, JSON-shaped
 * @param environment finds the value of an environment variable, for settings of the type {@code secret}
 */
public record PluginRules(
        Duration settle,
        Set<String> allowedSha256,
        Map<String, Map<String, Object>> settings,
        Function<String, @Nullable String> environment) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginRules.class);

    /** Copies. */
    public PluginRules {
        allowedSha256 = Set.copyOf(allowedSha256);
        settings = Map.copyOf(settings);
    }

    /** Settings are nobody's to see. */
    @Override
    public String toString() {
        return "PluginRules[settle=" + settle + ", allowedSha256=" + allowedSha256 + ", settings of "
                + settings.keySet() + "]";
    }

    /** Says in the log which settings are nobody's. */
    void warnOfUnknown(Set<String> plugins) {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(plugins);
        if (!unknown.isEmpty()) {
            LOG.warn("plugins.settings has settings for {}, and no plugin of that name is there", unknown);
        }
    }

    void checkAllowed(String sha256) throws PluginRefused {
        if (!allowedSha256.isEmpty() && !allowedSha256.contains(sha256)) {
            throw new PluginRefused(
                    RefusalClass.NOT_ALLOWED,
                    "Its SHA-256 " + sha256 + " is not among the allowed ones (plugins.allowed_sha256).");
        }
    }

    /**
     * What the stages of a plugin get: the operator's settings, defaults filled in, secrets taken from the environment.
     *
     * @throws PluginRefused when they do not fit the plugin's schema; says no value
     */
    Map<String, Object> settingsOf(PluginJar jar) throws PluginRefused {
        Map<String, Object> given = settings.getOrDefault(jar.name(), Map.of());
        if (jar.settingsSchema().isEmpty()) {
            if (given.isEmpty()) {
                return Map.of();
            }
            throw new PluginRefused(
                    RefusalClass.NOT_ALLOWED,
                    "It has no settings, but plugins.settings." + jar.name() + " sets "
                            + given.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        SettingsRules.Checked checked = SettingsRules.check(jar.settingsSchema(), asReferences(jar, given), "");
        if (!checked.violations().isEmpty()) {
            throw new PluginRefused(
                    RefusalClass.NOT_ALLOWED,
                    "Its settings (plugins.settings." + jar.name() + ") are wrong: "
                            + checked.violations().stream()
                                    .limit(5)
                                    .map(violation -> violation.pointer() + " " + violation.detail())
                                    .collect(Collectors.joining(" ")));
        }
        return filledIn(jar.settingsSchema(), checked.values());
    }

    /** The operator names a variable, with or without {@code env:} before it; the server's own store is not the operator's. */
    private static Map<String, Object> asReferences(PluginJar jar, Map<String, Object> given) {
        Map<String, Object> references = new LinkedHashMap<>(given);
        for (Setting setting : jar.settingsSchema()) {
            if (setting.type() == Setting.Type.SECRET
                    && given.get(setting.key()) instanceof String text
                    && Forms.VARIABLE.matcher(text).matches()) {
                references.put(setting.key(), "env:" + text);
            }
        }
        return references;
    }

    private Map<String, Object> filledIn(List<Setting> schema, Map<String, @Nullable Object> values)
            throws PluginRefused {
        Map<String, Object> filled = new LinkedHashMap<>();
        for (Setting setting : schema) {
            Object value = values.get(setting.key());
            if (value == null) {
                continue;
            }
            if (setting.type() == Setting.Type.SECRET) {
                SecretReference reference = SecretReference.of(value).orElseThrow();
                String secret =
                        reference.source() == SecretReference.Source.ENV ? environment.apply(reference.name()) : null;
                if (secret == null || secret.isEmpty()) {
                    throw new PluginRefused(
                            RefusalClass.NOT_ALLOWED,
                            "Its setting '" + setting.key() + "' names "
                                    + (reference.source() == SecretReference.Source.ENV
                                            ? "the environment variable " + reference.name() + ", which is not set."
                                            : reference + "; plugins take secrets from the environment alone."));
                }
                value = secret;
            }
            filled.put(setting.key(), value);
        }
        return Map.copyOf(filled);
    }
}
