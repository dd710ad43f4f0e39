package dev.callboard.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands below names that the operator chooses, such as {@code models.providers}: for each the settings that
 * {@code models} has. An error names the place.
 */
final class NamedSettings {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private final String path;
    private final String like;
    private final Path file;
    private final List<String> errors;

    /**
     * Names the place.
     *
     * @param path of the map of names, with dots
     * @param like the path whose settings each of them has
     * @param errors takes what is wrong
     */
    NamedSettings(String path, String like, Path file, List<String> errors) {
        this.path = path;
        this.like = like;
        this.file = file;
        this.errors = errors;
    }

    /** Name to setting to the text that stands there, in the order of the file. */
    Map<String, Map<ConfigKey, String>> read(@Nullable Object value) {
        Map<String, Map<ConfigKey, String>> named = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, settings) -> {
                String at = path + "." + name;
                if (!NAME.matcher(String.valueOf(name)).matches()) {
                    errors.add(
                            file + ": " + at + " must have a name of small letters, digits, _ and -, such as local.");
                } else if (settings instanceof Map<?, ?> own) {
                    named.put(String.valueOf(name), settings(at, own));
                } else {
                    errors.add(file + ": " + at + " must be a map of settings, as " + like + " is.");
                }
            });
        } else if (value != null && !value.equals("")) {
            errors.add(file + ": " + path + " must be a map of names.");
        }
        return named;
    }

    private Map<ConfigKey, String> settings(String at, Map<?, ?> own) {
        Map<ConfigKey, String> settings = new LinkedHashMap<>();
        own.forEach((key, value) -> ConfigKey.of(like + "." + key)
                .filter(known -> !(value instanceof Map))
                .ifPresentOrElse(
                        known -> settings.put(known, ConfigFile.plain(known, value)),
                        () -> errors.add(
                                file + ": there is no setting '" + at + "." + key + "'; known are " + known() + ".")));
        return settings;
    }

    private String known() {
        return Arrays.stream(ConfigKey.values())
                .map(ConfigKey::path)
                .filter(key -> key.startsWith(like + "."))
                .map(key -> key.substring(like.length() + 1))
                .collect(Collectors.joining(", "));
    }
}
