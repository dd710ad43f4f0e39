package dev.callboard.palette;

import dev.callboard.problem.Fields;
import dev.callboard.spi.Forms;
import java.util.List;
import java.util.Map;

/** Reads one entry of a settings schema. */
final class SettingReader {
    private static final int MAX_OPTIONS = 500;

    private SettingReader() {}

    static Setting read(Fields entry) {
        if (!entry.has("key")) {
            entry.wrong("key", "is missing; it must match " + Forms.SETTING_KEY.pattern());
        }
        String key = entry.word("key", "", Forms.SETTING_KEY);
        Setting.Type type = Setting.Type.of(entry.get("type")).orElse(null);
        if (type == null) {
            entry.wrong("type", "must be one of " + Setting.Type.WORDS);
            type = Setting.Type.JSON;
        }
        Number min = entry.number("min");
        Number max = entry.number("max");
        if (min != null && max != null && min.doubleValue() > max.doubleValue()) {
            entry.wrong("min", "must not be greater than max");
        }
        List<Setting.Option> options = entry.objects("options", MAX_OPTIONS, (option, index) -> option(option));
        if (type == Setting.Type.SELECT && options.isEmpty()) {
            entry.wrong("options", "must have at least one choice: a select needs them");
        }
        if (type == Setting.Type.SECRET && entry.has("default")) {
            entry.wrong("default", "must be absent: who uses the stage says where the secret is");
        }
        Setting setting = new Setting(
                key,
                type,
                entry.text("label", key, 200),
                entry.get("default"),
                min,
                max,
                options,
                entry.flag("required"),
                entry.others(Setting.KNOWN));
        checkDefault(entry, setting);
        return setting;
    }

    private static Setting.Option option(Fields option) {
        Object value = option.get("value");
        if (value == null) {
            option.wrong("value", "is missing");
            value = "";
        }
        return new Setting.Option(
                value, option.text("label", String.valueOf(value), 200), option.others(Setting.Option.KNOWN));
    }

    private static void checkDefault(Fields entry, Setting setting) {
        Object value = setting.defaultValue();
        if (value == null || setting.type() == Setting.Type.SECRET) {
            return;
        }
        SettingsRules.check(List.of(setting), Map.of(setting.key(), value), "")
                .violations()
                .forEach(violation -> entry.wrong("default", violation.detail()));
    }
}
