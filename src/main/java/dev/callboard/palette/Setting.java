package dev.callboard.palette;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a stage, from which a form field is drawn and a value is checked.
 *
 * @param key the name under which the stage finds the value
 * @param type what the value looks like
 * @param label what people read
 * @param defaultValue JSON-shaped, null when there is none
 * @param min the least number, or the least length of a text; null when there is none
 * @param max the greatest number, or the greatest length of a text; null when there is none
 * @param options the choices of a {@link Type#SELECT}
 * @param required whether a value must be given
 * @param extra members of the author's that Callboard keeps and does not read
 */
public record Setting(
        String key,
        Type type,
        String label,
        @Nullable Object defaultValue,
        @Nullable Number min,
        @Nullable Number max,
        List<Option> options,
        boolean required,
        Map<String, @Nullable Object> extra) {
    /** The members that are read. */
    static final List<String> KNOWN = List.of("key", "type", "label", "default", "min", "max", "options", "required");

    /** Copies. */
    public Setting {
        options = List.copyOf(options);
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** One of which nothing more is said. */
    public Setting(
            String key,
            Type type,
            String label,
            @Nullable Object defaultValue,
            @Nullable Number min,
            @Nullable Number max,
            List<Option> options,
            boolean required) {
        this(key, type, label, defaultValue, min, max, options, required, Map.of());
    }

    /** What a setting's value looks like. */
    public enum Type {
        /** Any finite number. */
        NUMBER,
        /** A whole number. */
        INTEGER,
        /** One line. */
        STRING,
        /** Several lines. */
        TEXT,
        /** True or false. */
        BOOLEAN,
        /** One of the options. */
        SELECT,
        /** Any JSON value. */
        JSON,
        /** Where a secret is, see {@link SecretReference}; the value itself is never part of the settings. */
        SECRET;

        /** All words, separated by commas. */
        static final String WORDS = Stream.of(values()).map(Type::word).collect(Collectors.joining(", "));

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The type of that word. */
        public static Optional<Type> of(@Nullable Object word) {
            for (Type type : values()) {
                if (type.word().equals(word)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * A choice.
     *
     * @param value the stored value, JSON-shaped
     * @param label what people read
     * @param extra members of the author's that Callboard keeps and does not read
     */
    public record Option(Object value, String label, Map<String, @Nullable Object> extra) {
        /** The members that are read. */
        static final List<String> KNOWN = List.of("value", "label");

        /** Copies. */
        public Option {
            extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
        }

        /** One of which nothing more is said. */
        public Option(Object value, String label) {
            this(value, label, Map.of());
        }
    }
}
