package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.json.JsonPointers;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.json.Utf8;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageDefinitionReader;
import dev.callboard.palette.StageDefinitionWriter;
import dev.callboard.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stages file as text: {@code {"stages": [...]}}, and whatever a person wrote beside. */
final class StagesText {
    private StagesText() {}

    /** Writes it, sorted by id. */
    static byte[] write(StagesDocument document) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(document.members());
        members.put(
                StagesDocument.STAGES,
                document.stages().values().stream()
                        .map(StageDefinitionWriter::definition)
                        .toList());
        return Json.writePretty(members).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads it.
     *
     * @param reserved ids of built-in and plugin entries, which a custom stage may not have
     */
    static StagesDocument parse(byte[] bytes, Set<String> reserved) throws Unreadable {
        Object value;
        try {
            value = Json.parse(bytes);
        } catch (JsonSyntaxException e) {
            throw new Unreadable(e.line(), e.column(), String.valueOf(e.getMessage()));
        }
        String text = Utf8.lenient(bytes);
        if (!(value instanceof Map<?, ?> map) || !(map.get(StagesDocument.STAGES) instanceof List<?> list)) {
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
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((key, member) -> members.put(String.valueOf(key), member == list ? List.of() : member));
        return new StagesDocument(stages, members);
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
