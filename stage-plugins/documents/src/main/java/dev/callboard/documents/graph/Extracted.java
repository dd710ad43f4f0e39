package dev.callboard.documents.graph;

import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the stage extract found, of one or several documents.
 *
 * @param entities each a map with a doc_id, an id and a type
 * @param claims each a map with a doc_id, a subject, a predicate and an object
 */
record Extracted(List<Map<?, ?>> entities, List<Map<?, ?>> claims) {
    private static final String ENTITIES = "entities";
    private static final String CLAIMS = "claims";

    /**
     * Finds it in the previous stage's output, else in the state.
     *
     * @throws StageFailure {@code no_entities} when there is none, {@code invalid_entities} when it is something else
     */
    static Extracted find(Object input, Map<String, Object> state) throws StageFailure {
        Extracted found = new Extracted(new ArrayList<>(), new ArrayList<>());
        boolean given = found.collect(input);
        if (!given) {
            given = found.collect(state);
        }
        if (!given) {
            throw StageFailure.permanent(
                    "no_entities", "There are no entities to write: the stage extract must have run before.");
        }
        return found;
    }

    /** Looks at a map, and one level below for outputs of several stages by name. */
    private boolean collect(Object value) throws StageFailure {
        if (!(value instanceof Map<?, ?> map)) {
            return false;
        }
        if (map.get(ENTITIES) instanceof List<?> list) {
            add(list, entities, "entity");
            if (map.get(CLAIMS) instanceof List<?> more) {
                add(more, claims, "claim");
            }
            return true;
        }
        boolean given = false;
        for (Object inner : map.values()) {
            if (inner instanceof Map<?, ?> output && output.get(ENTITIES) instanceof List<?>) {
                given |= collect(output);
            }
        }
        return given;
    }

    private static void add(List<?> list, List<Map<?, ?>> found, String what) throws StageFailure {
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> map)) {
                throw invalid((what.equals("entity") ? "an " : "a ") + what + " is not an object");
            }
            found.add(map);
        }
    }

    /** The document that an entity or claim is of. */
    static String docId(Map<?, ?> map, String what) throws StageFailure {
        return text(map, "doc_id", what);
    }

    /** A text that must be there. */
    static String text(Map<?, ?> map, String key, String what) throws StageFailure {
        if (map.get(key) instanceof String value && !value.isBlank()) {
            return value;
        }
        throw invalid((what.equals("entity") ? "an " : "a ") + what + " has no " + key);
    }

    private static StageFailure invalid(String reason) {
        return StageFailure.permanent(
                "invalid_entities", "What is to become a graph is not what the stage extract puts out: " + reason + ".");
    }
}
