package dev.callboard.download;

import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Typed reading of settings. One that is absent or null has its default; one of the wrong shape is a permanent failure.
 *
 * @param values setting key to JSON-shaped value
 * @param code of the failure
 * @param owner what a sentence calls a setting: {@code The setting}
 */
record SettingValues(Map<String, Object> values, String code, String owner) {
    SettingValues {
        Objects.requireNonNull(values, "values is null");
    }

    /** The pipeline author's. */
    static SettingValues ofStage(Map<String, Object> values) {
        return new SettingValues(values, "invalid_settings", "The setting");
    }

    /** The operator's. */
    static SettingValues ofPlugin(Map<String, Object> values) {
        return new SettingValues(values, "invalid_plugin_settings", "The operator's setting for callboard-download");
    }

    long integer(String key, long fallback, long min, long max) throws StageFailure {
        Object value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof Number number)
                || number.doubleValue() != Math.rint(number.doubleValue())
                || number.doubleValue() < min
                || number.doubleValue() > max) {
            throw wrong(key, "must be a whole number from " + min + " to " + max);
        }
        return number.longValue();
    }

    boolean flag(String key, boolean fallback) throws StageFailure {
        Object value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, "must be true or false");
    }

    String text(String key, String fallback) throws StageFailure {
        Object value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof String text) {
            return text.strip();
        }
        throw wrong(key, "must be a text");
    }

    /** A list of texts; one text is read as a list with commas. */
    List<String> texts(String key) throws StageFailure {
        Object value = values.get(key);
        if (value == null || "".equals(value)) {
            return List.of();
        }
        if (value instanceof String text) {
            return List.of(text.strip().split("\\s*,\\s*"));
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).map(String::strip).toList();
        }
        throw wrong(key, "must be a list of texts");
    }

    StageFailure wrong(String key, String what) {
        return StageFailure.permanent(code, owner + " " + key + " " + what + ".");
    }
}
