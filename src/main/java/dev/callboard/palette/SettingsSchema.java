package dev.callboard.palette;

import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a settings schema: the member {@code settings_schema} of a stage, or of a plugin. */
public final class SettingsSchema {
    private static final int MAX_SETTINGS = 200;

    private SettingsSchema() {}

    /**
     * Reads it.
     *
     * @param object what it is a member of; without one the schema is empty
     * @param pointer where the object stands in its document
     * @param violations takes what is wrong
     */
    public static List<Setting> read(Map<?, ?> object, String pointer, List<Violation> violations) {
        return read(new Fields(object, pointer, violations));
    }

    static List<Setting> read(Fields fields) {
        Set<String> keys = new HashSet<>();
        return fields.objects("settings_schema", MAX_SETTINGS, (entry, index) -> {
            Setting setting = SettingReader.read(entry);
            if (!setting.key().isEmpty() && !keys.add(setting.key())) {
                entry.wrong("key", "'" + setting.key() + "' is named twice");
            }
            return setting;
        });
    }
}
