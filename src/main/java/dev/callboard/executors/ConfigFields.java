package dev.callboard.executors;

import dev.callboard.palette.PromptRules;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.problem.Violation;
import java.util.List;

/** The fields of which the configurations of executors are made. */
final class ConfigFields {
    /** The most characters of one text. */
    private static final int MAX_TEXT = 100_000;

    private ConfigFields() {}

    /** Several lines. */
    static Setting text(String key, String label) {
        return field(key, Setting.Type.TEXT, label, false);
    }

    /** Several lines, which have to be there. */
    static Setting requiredText(String key, String label) {
        return field(key, Setting.Type.TEXT, label, true);
    }

    /** One line. */
    static Setting line(String key, String label) {
        return field(key, Setting.Type.STRING, label, false);
    }

    /** One line, which has to be there. */
    static Setting requiredLine(String key, String label) {
        return field(key, Setting.Type.STRING, label, true);
    }

    /** Any JSON value. */
    static Setting json(String key, String label) {
        return field(key, Setting.Type.JSON, label, false);
    }

    /** Any JSON value, which has to be there. */
    static Setting requiredJson(String key, String label) {
        return field(key, Setting.Type.JSON, label, true);
    }

    /**
     * A number.
     *
     * @param type {@code NUMBER} or {@code INTEGER}
     */
    static Setting number(String key, Setting.Type type, String label, Number min, Number max) {
        return new Setting(key, type, label, null, min, max, List.of(), false);
    }

    /**
     * One of some texts.
     *
     * @param texts at least one; the first is what counts where none is chosen
     */
    static Setting choice(String key, String label, List<String> texts) {
        List<Setting.Option> options =
                texts.stream().map(text -> new Setting.Option(text, text)).toList();
        return new Setting(key, Setting.Type.SELECT, label, texts.get(0), null, null, options, false);
    }

    private static Setting field(String key, Setting.Type type, String label, boolean required) {
        boolean bounded = type == Setting.Type.TEXT || type == Setting.Type.STRING;
        return new Setting(key, type, label, null, null, bounded ? MAX_TEXT : null, List.of(), required);
    }

    /** What is wrong with a template in the executor's config; nothing when there is none. */
    static List<Violation> templateFaults(StageDefinition definition, String key) {
        return definition.executorConfig().get(key) instanceof String template
                ? PromptRules.check(template, definition.settingsSchema(), "/executor_config/" + key)
                : List.of();
    }
}
