package dev.callboard.documents.input;

import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Typed reading of a stage's settings. A setting that is absent or null has its default; one of the wrong shape is a
 * permanent failure {@code invalid_settings} that names it.
 *
 * @param values setting key to JSON-shaped value
 */
public record Settings(Map<String, Object> values) {
    /** Checks that there are some, possibly none. */
    public Settings {
        Objects.requireNonNull(values, "values is null");
    }

    /** A whole number between two bounds, both included. */
    public long integer(String key, long fallback, long min, long max) throws StageFailure {
        double value = number(key, fallback, min, max);
        if (value != Math.rint(value)) {
            throw invalid(key, "a whole number");
        }
        return (long) value;
    }

    /** A number between two bounds, both included; a string that reads as a number counts as one. */
    public double number(String key, double fallback, double min, double max) throws StageFailure {
        Object value = values.get(key);
        if (value == null) {
            return fallback;
        }
        double number;
        try {
            number = value instanceof Number given ? given.doubleValue() : Double.parseDouble(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw invalid(key, "a number");
        }
        if (!(number >= min && number <= max)) {
            throw invalid(key, "between " + plain(min) + " and " + plain(max));
        }
        return number;
    }

    /** A string without blanks around it. */
    public String string(String key, String fallback) throws StageFailure {
        Object value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof String string) {
            return string.strip();
        }
        throw invalid(key, "a string");
    }

    /** A list of strings; a single string is read as a list with commas. */
    public List<String> strings(String key, List<String> fallback) throws StageFailure {
        Object value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof String string) {
            return List.of(string.strip().split("\\s*,\\s*"));
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw invalid(key, "a list of strings");
    }

    /** A failure that says what a setting must be. */
    public static StageFailure invalid(String key, String expected) {
        return StageFailure.permanent("invalid_settings", "The setting " + key + " must be " + expected + ".");
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
