package dev.callboard.palette;

import dev.callboard.problem.Fields;
import dev.callboard.problem.JsonDepth;
import dev.callboard.problem.Names;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Plural;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a stage's settings against its settings schema. */
public final class SettingsRules {
    /** The most characters of one text. */
    static final int MAX_TEXT = 1_000_000;

    private SettingsRules() {}

    /**
     * The outcome of a check.
     *
     * @param values the settings with defaults filled in, in the schema's order; of use only without violations
     * @param violations what is wrong, possibly nothing
     */
    public record Checked(Map<String, @Nullable Object> values, List<Violation> violations) {
        /** Copies. */
        public Checked {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            violations = List.copyOf(violations);
        }
    }

    /**
     * Checks all values. A null counts as not given. An empty schema says nothing about the settings, so every key passes;
     * otherwise an unknown key is a violation. Whatever the schema says, numbers are finite, texts have no control characters
     * but line breaks and tabs and at most {@value #MAX_TEXT} characters, and nothing is nested deeper than
     * {@value JsonDepth#SETTINGS} levels.
     *
     * @param values JSON-shaped
     * @param pointer where the values are, as a JSON Pointer; each violation's pointer starts with it
     */
    public static Checked check(List<Setting> schema, Map<String, ? extends @Nullable Object> values, String pointer) {
        List<Violation> violations = new ArrayList<>();
        if (schema.isEmpty()) {
            values.forEach((key, value) -> unfit(value, 0)
                    .ifPresent(what -> violations.add(new Violation(
                            pointer + "/" + Fields.escape(key), "The setting '" + key + "' must " + what + "."))));
            return new Checked(new LinkedHashMap<>(values), violations);
        }
        Map<String, @Nullable Object> checked = new LinkedHashMap<>();
        for (Setting setting : schema) {
            Object value = values.get(setting.key());
            String at = pointer + "/" + Fields.escape(setting.key());
            if (value == null) {
                fillIn(setting, at, checked, violations);
            } else {
                fault(setting, value).ifPresent(detail -> violations.add(new Violation(at, detail)));
                checked.put(setting.key(), setting.type() == Setting.Type.INTEGER ? whole(value) : value);
            }
        }
        for (String key : values.keySet()) {
            if (schema.stream().noneMatch(setting -> setting.key().equals(key))) {
                violations.add(new Violation(
                        pointer + "/" + Fields.escape(key),
                        "There is no setting '" + key + "'; known are " + keys(schema) + "."));
            }
        }
        return new Checked(checked, violations);
    }

    private static void fillIn(
            Setting setting, String at, Map<String, @Nullable Object> checked, List<Violation> violations) {
        if (setting.defaultValue() != null) {
            checked.put(setting.key(), setting.defaultValue());
        } else if (setting.required()) {
            violations.add(new Violation(at, "The setting '" + setting.key() + "' is required."));
        }
    }

    /** What is wrong with a given value, as a sentence. */
    static Optional<String> fault(Setting setting, Object value) {
        return switch (setting.type()) {
            case NUMBER -> isNumber(value) ? outOfRange(setting, number(value)) : wrong(setting, "a number");
            case INTEGER ->
                whole(value) instanceof Number && isWhole(value)
                        ? outOfRange(setting, number(value))
                        : wrong(setting, "a whole number");
            case STRING ->
                value instanceof String text && text.chars().noneMatch(Character::isISOControl)
                        ? wrongLength(setting, text)
                        : wrong(setting, "a text of one line without control characters");
            case TEXT ->
                value instanceof String text
                        ? unfit(setting, text).or(() -> wrongLength(setting, text))
                        : wrong(setting, "a text");
            case BOOLEAN -> value instanceof Boolean ? Optional.empty() : wrong(setting, "true or false");
            case SELECT -> isOption(setting, value) ? Optional.empty() : wrong(setting, "one of " + options(setting));
            case JSON -> unfit(setting, value);
            case SECRET ->
                SecretReference.of(value).isPresent()
                        ? Optional.empty()
                        : wrong(setting, "env:NAME or secret:NAME, which says where the secret is, never its value");
        };
    }

    private static Optional<String> wrong(Setting setting, String wanted) {
        return Optional.of("The setting '" + setting.key() + "' must be " + wanted + ".");
    }

    private static Optional<String> unfit(Setting setting, Object value) {
        return unfit(value, 0).map(what -> "The setting '" + setting.key() + "' must " + what + ".");
    }

    /** What no setting may have, whatever its schema says; ends the sentence "it must …". */
    private static Optional<String> unfit(@Nullable Object value, int depth) {
        if (depth > JsonDepth.SETTINGS) {
            return Optional.of("not be nested deeper than " + JsonDepth.SETTINGS + " levels");
        }
        if (value instanceof String text) {
            return unfitText(text);
        }
        if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
            return Optional.of("have finite numbers only");
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .flatMap(entry ->
                            unfitText(String.valueOf(entry.getKey()))
                                    .or(() -> unfit(entry.getValue(), depth + 1))
                                    .stream())
                    .findFirst();
        }
        return value instanceof List<?> list
                ? list.stream()
                        .flatMap(element -> unfit(element, depth + 1).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> unfitText(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.of("have at most " + MAX_TEXT + " characters in a text");
        }
        return Names.hasControls(text) ? Optional.of("not have control characters") : Optional.empty();
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    private static boolean isWhole(Object value) {
        return isNumber(value) && number(value).stripTrailingZeros().scale() <= 0;
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    /** 3.0 becomes 3; what is not whole or too large for a long stays as it is. */
    private static Object whole(Object value) {
        if (value instanceof Double
                && isWhole(value)
                && number(value).abs().compareTo(BigDecimal.valueOf(1L << 53)) <= 0) {
            return number(value).longValueExact();
        }
        return value;
    }

    private static Optional<String> outOfRange(Setting setting, BigDecimal value) {
        if (setting.min() != null && value.compareTo(number(setting.min())) < 0) {
            return wrong(setting, "at least " + setting.min());
        }
        if (setting.max() != null && value.compareTo(number(setting.max())) > 0) {
            return wrong(setting, "at most " + setting.max());
        }
        return Optional.empty();
    }

    private static Optional<String> wrongLength(Setting setting, String text) {
        BigDecimal length = BigDecimal.valueOf(text.codePointCount(0, text.length()));
        if (text.length() > MAX_TEXT) {
            return wrong(setting, "at most " + MAX_TEXT + " characters long");
        }
        if (setting.required() && text.isBlank()) {
            return wrong(setting, "filled in");
        }
        if (setting.min() != null && length.compareTo(number(setting.min())) < 0) {
            return wrong(setting, "at least " + counted(setting.min()) + " long");
        }
        if (setting.max() != null && length.compareTo(number(setting.max())) > 0) {
            return wrong(setting, "at most " + counted(setting.max()) + " long");
        }
        return Optional.empty();
    }

    private static String counted(Number length) {
        return length.doubleValue() == 1 ? Plural.of(1, "character") : length + " characters";
    }

    private static boolean isOption(Setting setting, Object value) {
        return setting.options().stream().anyMatch(option -> equal(option.value(), value));
    }

    private static boolean equal(Object one, Object other) {
        return (isNumber(one) && isNumber(other)) ? number(one).compareTo(number(other)) == 0 : one.equals(other);
    }

    private static String options(Setting setting) {
        return setting.options().stream()
                .map(option -> String.valueOf(option.value()))
                .collect(Collectors.joining(", "));
    }

    private static String keys(List<Setting> schema) {
        return schema.stream().map(Setting::key).collect(Collectors.joining(", "));
    }
}
