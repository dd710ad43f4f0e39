package dev.callboard.registry;

import dev.callboard.problem.Names;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people read a stage and its settings by, in a definition that comes in over the API. A stages file is not asked: what
 * it has from before still loads.
 */
final class StageNames {
    private final List<Violation> faults = new ArrayList<>();

    private StageNames() {}

    /** The names and labels that mislead: {@link Names#fault(String)}. */
    static List<Violation> faults(@Nullable Object definition) {
        StageNames names = new StageNames();
        if (definition instanceof Map<?, ?> stage) {
            names.check(stage, "name", "");
            names.check(stage, "label", "");
            names.each(stage, "settings_schema", "", (setting, pointer) -> {
                names.check(setting, "label", pointer);
                names.each(setting, "options", pointer, (option, at) -> names.check(option, "label", at));
            });
        }
        return names.faults;
    }

    private void check(Map<?, ?> object, String key, String pointer) {
        if (object.get(key) instanceof String text && !text.isEmpty()) {
            Names.fault(text).ifPresent(detail -> faults.add(new Violation(pointer + "/" + key, detail)));
        }
    }

    private void each(Map<?, ?> object, String key, String pointer, Visit visit) {
        List<?> elements = object.get(key) instanceof List<?> list ? list : List.of();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Map<?, ?> element) {
                visit.at(element, pointer + "/" + key + "/" + i);
            }
        }
    }

    @FunctionalInterface
    private interface Visit {
        void at(Map<?, ?> object, String pointer);
    }
}
