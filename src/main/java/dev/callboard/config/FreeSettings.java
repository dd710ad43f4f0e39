package dev.callboard.config;

import dev.callboard.problem.JsonDepth;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands below {@code plugins.settings}: for each plugin a map of settings whose names the server does not know. No
 * value is ever part of an error.
 */
final class FreeSettings {
    private final String path;
    private final List<String> errors;

    /**
     * Names the place.
     *
     * @param path of the map, with dots
     * @param errors takes what is wrong
     */
    FreeSettings(String path, List<String> errors) {
        this.path = path;
        this.errors = errors;
    }

    /** Plugin name to setting to value. */
    Map<String, Map<String, Object>> read(@Nullable Object value) {
        Map<String, Map<String, Object>> settings = new TreeMap<>();
        if (value instanceof Map<?, ?> plugins) {
            plugins.forEach((plugin, values) -> {
                String at = path + "." + plugin;
                if (values instanceof Map<?, ?> map) {
                    settings.put(String.valueOf(plugin), ofPlugin(at, map));
                } else if (values != null) {
                    errors.add(at + " must be a map of settings.");
                }
            });
        } else if (value != null) {
            errors.add(path + " must be a map of plugin names.");
        }
        return settings;
    }

    private Map<String, Object> ofPlugin(String at, Map<?, ?> map) {
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object plain = plain(at + "." + key, value, 0);
            if (isName(at, key) && plain != null) {
                values.put(String.valueOf(key), plain);
            }
        });
        return values;
    }

    /** YAML takes some words for something else, such as {@code on} for true. */
    private boolean isName(String at, @Nullable Object key) {
        if (!(key instanceof String)) {
            errors.add(at + " has the name '" + key + "', which is not a text for YAML; put it in quotation marks.");
        }
        return key instanceof String;
    }

    /** JSON-shaped; what YAML has beside that, such as dates, is an error. */
    private @Nullable Object plain(String at, @Nullable Object value, int depth) {
        if (depth > JsonDepth.SETTINGS) {
            errors.add(at + " is nested too deeply.");
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                if (isName(at, key)) {
                    plain.put(String.valueOf(key), plain(at + "." + key, member, depth + 1));
                }
            });
            return Collections.unmodifiableMap(plain);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(member -> plain.add(plain(at + "." + plain.size(), member, depth + 1)));
            return Collections.unmodifiableList(plain);
        }
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || (value instanceof Double number && Double.isFinite(number))) {
            return value;
        }
        errors.add(at + " must be a text, a number, true, false, a list or a map; put a date in quotation marks.");
        return null;
    }
}
