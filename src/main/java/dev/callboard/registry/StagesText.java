package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.json.JsonPointers;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.json.Utf8;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageDefinitionReader;
import dev.callboard.model.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What stands in the stages file: {@code {"stages": [...]}}. */
final class StagesText {
    private StagesText() {}

    /** The stages by id. */
    static SortedMap<String, StageDefinition> parse(byte[] bytes, Set<String> reserved) throws Unreadable {
        Object value;
        try {
            value = Json.parse(bytes);
        } catch (JsonSyntaxException e) {
            throw new Unreadable(e.line(), e.column(), String.valueOf(e.getMessage()));
        }
        String text = Utf8.lenient(bytes);
        if (!(value instanceof Map<?, ?> map) || !(map.get("stages") instanceof List<?> list)) {
            throw new Unreadable(1, 1, "The file must be an object with a list 'stages'.");
        }
        SortedMap<String, StageDefinition> stages = new TreeMap<>();
        for (int i = 0; i < list.size(); i++) {
            String pointer = "/stages/" + i;
            StageDefinitionReader.Result result = StageDefinitionReader.read(list.get(i), pointer);
            StageDefinition stage = result.definition();
            if (stage == null) {
                throw at(text, result.violations().get(0));
            }
            if (reserved.contains(stage.id())) {
                throw at(text, new Violation(pointer + "/id", "'" + stage.id() + "' is a built-in or plugin stage"));
            }
            if (stages.put(stage.id(), stage) != null) {
                throw at(text, new Violation(pointer + "/id", "duplicate id '" + stage.id() + "'"));
            }
        }
        return stages;
    }

    private static Unreadable at(String text, Violation violation) {
        JsonPointers.Position position = JsonPointers.find(text, violation.pointer());
        return new Unreadable(position.line(), position.column(), violation.pointer() + " " + violation.detail() + ".");
    }

    /** Why it cannot be read, and where. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        private Unreadable(int line, int column, String message) {
            super(message, null, false, false);
            this.line = line;
            this.column = column;
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }
}
