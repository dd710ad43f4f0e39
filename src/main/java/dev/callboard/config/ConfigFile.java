package dev.callboard.config;

import dev.callboard.json.JsonSyntaxException;
import dev.callboard.json.Utf8;
import dev.callboard.problem.FileFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What {@code callboard.yaml} says: each setting as the text that stands there, the settings of plugins with their types, those
 * of model providers by their names.
 */
final class ConfigFile {
    private static final String PLUGIN_SETTINGS = "plugins.settings";
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final List<String> errors;
    private final Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
    private Map<String, Map<String, Object>> pluginSettings = Map.of();
    private Map<String, Map<ConfigKey, String>> modelProviders = Map.of();

    private ConfigFile(Path file, List<String> errors) {
        this.file = file;
        this.errors = errors;
    }

    /**
     * Reads the file; one that is not there says nothing.
     *
     * @param errors takes what is wrong with it
     */
    static ConfigFile read(Path file, List<String> errors) {
        ConfigFile read = new ConfigFile(file, errors);
        if (Files.exists(file)) {
            read.load();
        }
        return read;
    }

    /** The settings that the file has. */
    Map<ConfigKey, String> values() {
        return values;
    }

    /** Plugin name to setting to value. */
    Map<String, Map<String, Object>> pluginSettings() {
        return pluginSettings;
    }

    /** Provider name to setting of {@code models} to the text that stands there, in the order of the file. */
    Map<String, Map<ConfigKey, String>> modelProviders() {
        return modelProviders;
    }

    private void load() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                errors.add(file + " is larger than " + MAX_BYTES + " bytes.");
                return;
            }
            String text = Utf8.decode(Files.readAllBytes(file));
            Object root = yaml(new Resolver()).load(text);
            if (root instanceof Map<?, ?>) {
                fromMap("", (Map<?, ?>) yaml(new TextResolver()).load(text));
                pluginSettings(root);
            } else if (root != null) {
                errors.add(file + " must be a map of settings such as 'port: 8080'.");
            }
        } catch (IOException e) {
            errors.add(file + " cannot be read: " + FileFaults.reason(e) + ".");
        } catch (JsonSyntaxException e) {
            errors.add(file + " is not valid UTF-8, from line " + e.line() + " on.");
        } catch (YAMLException e) {
            errors.add(file + " is not valid YAML: " + e.getMessage());
        }
    }

    private static Yaml yaml(Resolver resolver) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setMaxAliasesForCollections(50);
        DumperOptions none = new DumperOptions();
        return new Yaml(new SafeConstructor(limits), new Representer(none), none, limits, resolver);
    }

    /** Takes every plain value for the text that stands there: what it means is known by the setting. */
    private static final class TextResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    /** The settings of plugins have the types that YAML gives them. */
    private void pluginSettings(Object root) {
        Object value = root instanceof Map<?, ?> map && map.get("plugins") instanceof Map<?, ?> plugins
                ? plugins.get("settings")
                : null;
        pluginSettings = new FreeSettings(PLUGIN_SETTINGS, errors).read(value);
    }

    private void fromMap(String prefix, Map<?, ?> map) {
        map.forEach((name, value) -> {
            String path = prefix + name;
            if (!prefix.isEmpty() && path.equals(PLUGIN_SETTINGS)) {
                return; // These are read with their types.
            }
            if (!prefix.isEmpty() && path.equals(ModelsConfig.PROVIDERS)) {
                modelProviders = new NamedSettings(path, "models", file, errors).read(value);
            } else if (value instanceof Map<?, ?> inner) {
                fromMap(path + ".", inner);
            } else {
                ConfigKey.of(path)
                        .ifPresentOrElse(
                                key -> values.put(key, plain(key, value)),
                                () -> errors.add(
                                        file + ": there is no setting '" + path + "'; known are " + known() + "."));
            }
        });
    }

    /** The text of a value, a list's with commas between its members; a flag's is {@code true} or {@code false}. */
    static String plain(ConfigKey key, @Nullable Object value) {
        if (key.isFlag() && value instanceof String text) {
            // YAML has more words for the two.
            String word = text.toLowerCase(Locale.ROOT);
            return List.of("true", "yes", "on").contains(word)
                    ? "true"
                    : List.of("false", "no", "off").contains(word) ? "false" : text;
        }
        return plain(value);
    }

    /** A list is the same as its members with commas between them. */
    private static String plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ConfigFile::plain).collect(Collectors.joining(","));
        }
        return value == null ? "" : value.toString();
    }

    private static String known() {
        return Arrays.stream(ConfigKey.values()).map(ConfigKey::path).collect(Collectors.joining(", ")) + ", "
                + PLUGIN_SETTINGS + ", " + ModelsConfig.PROVIDERS;
    }
}
