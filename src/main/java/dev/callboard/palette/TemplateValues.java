package dev.callboard.palette;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the names in a template stand for, for one execution: names such as {@code task_description}, {@code task.id}, the
 * settings and the input. Values are text and are never expanded again.
 */
public final class TemplateValues {
    private final Map<String, String> names;
    private final Map<String, @Nullable Object> settings;
    private final @Nullable Object input;
    private final Function<Object, String> json;

    /**
     * Takes them.
     *
     * @param names name to text; absent ones have no value
     * @param settings of the stage, checked, defaults filled in
     * @param input what the stage takes, JSON-shaped
     * @param json writes what is not a text
     */
    public TemplateValues(
            Map<String, String> names,
            Map<String, ? extends @Nullable Object> settings,
            @Nullable Object input,
            Function<Object, String> json) {
        this.names = Map.copyOf(names);
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        this.input = input;
        this.json = json;
    }

    /** The text of a name; nothing, as an empty text, for one without a value. */
    public String text(String name) {
        Object value = value(name);
        return value instanceof String text ? text : value == null ? "" : json.apply(value);
    }

    /** Whether a section of a name shows: it has a value that is neither blank nor false nor an empty list or object. */
    public boolean shows(String name) {
        Object value = value(name);
        if (value instanceof Boolean flag) {
            return flag;
        }
        return !(value instanceof List<?> list && list.isEmpty())
                && !(value instanceof Map<?, ?> map && map.isEmpty())
                && !text(name).isBlank();
    }

    /** The value of a name, JSON-shaped; null for one without a value. */
    public @Nullable Object value(String name) {
        if (name.equals(TemplateNames.INPUT)) {
            return input;
        }
        if (name.startsWith(TemplateNames.SETTINGS)) {
            return settings.get(name.substring(TemplateNames.SETTINGS.length()));
        }
        return name.startsWith(TemplateNames.INPUT_PATH)
                ? at(input, name.substring(TemplateNames.INPUT_PATH.length()))
                : names.get(name);
    }

    /** Members of objects, and elements of lists by their number from 0. */
    static @Nullable Object at(@Nullable Object from, String path) {
        Object found = from;
        for (String step : path.split("\\.")) {
            if (found instanceof Map<?, ?> map) {
                found = map.get(step);
            } else if (found instanceof List<?> list
                    && step.matches("\\d{1,9}")
                    && Integer.parseInt(step) < list.size()) {
                found = list.get(Integer.parseInt(step));
            } else {
                return null;
            }
        }
        return found;
    }

    /** The same names and input with other settings, such as those with the values of secrets in them. */
    public TemplateValues withSettings(Map<String, ? extends @Nullable Object> others) {
        return new TemplateValues(names, others, input, json);
    }

    /** The settings. */
    public Map<String, @Nullable Object> settings() {
        return settings;
    }
}
