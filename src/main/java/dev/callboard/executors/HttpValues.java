package dev.callboard.executors;

import dev.callboard.json.JsonPointers;
import dev.callboard.palette.PromptRules;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values in the definition of an {@code http} stage, each a template, and what is wrong with them. */
final class HttpValues {
    /** How many headers, or fields of one kind, there may be. */
    static final int MOST_FIELDS = 100;

    private final List<Violation> violations = new ArrayList<>();
    private final List<Setting> settings;

    private HttpValues(List<Setting> settings) {
        this.settings = settings;
    }

    static HttpValues of(StageDefinition definition) {
        // Here, other than in prompts, secrets may be used: those who are asked need them.
        return new HttpValues(definition.settingsSchema().stream()
                .map(setting -> setting.type() == Setting.Type.SECRET ? asText(setting) : setting)
                .toList());
    }

    private static Setting asText(Setting setting) {
        return new Setting(setting.key(), Setting.Type.STRING, setting.label(), null, null, null, List.of(), false);
    }

    /** All that was found wrong. */
    List<Violation> violations() {
        return violations;
    }

    /** An object of texts, or lists of texts, each a template. */
    void fields(@Nullable Object value, String at) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> map) || map.size() > MOST_FIELDS) {
            wrong(at, "must be an object of names and values, " + MOST_FIELDS + " at most");
            return;
        }
        map.forEach((name, each) -> {
            String pointer = JsonPointers.member(at, name);
            List<?> values = each instanceof List<?> list ? list : Collections.singletonList(each);
            for (Object one : values) {
                if (isPlain(one)) {
                    template(String.valueOf(one), pointer);
                } else {
                    wrong(pointer, "must be a text, a number, true, false or a list of these");
                }
            }
        });
    }

    /** A text that may have values of the task in it. */
    void template(String text, String pointer) {
        violations.addAll(PromptRules.check(text, settings, pointer));
    }

    static boolean isPlain(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    void wrong(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
