package dev.callboard.documents.search;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The chunks of a task, by document: those of the previous stage's output when it has some, else those of the state key
 * {@code chunks}, as after the stage embed.
 */
final class TaskChunks {
    private static final int LONGEST_ID = 200;

    private TaskChunks() {}

    /**
     * All chunks.
     *
     * @return document id to chunks, both in order; at least one
     * @throws StageFailure {@code no_chunks} when there are none, {@code invalid_chunks} when one is not as the stage chunk makes
     *     them
     */
    static Map<String, List<Map<?, ?>>> of(StageContext context, Object input) throws StageFailure {
        Map<String, List<Map<?, ?>>> found = new LinkedHashMap<>();
        collect(input, found);
        if (found.isEmpty()) {
            collect(context.state().get("chunks"), found);
        }
        if (found.isEmpty()) {
            throw StageFailure.permanent(
                    "no_chunks", "There are no chunks to index: the stage chunk must have run before.");
        }
        for (List<Map<?, ?>> chunks : found.values()) {
            check(chunks);
        }
        return found;
    }

    /** Lists are walked; so are maps, which may be outputs of several stages by name. */
    private static void collect(Object value, Map<String, List<Map<?, ?>>> found) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, found));
        } else if (value instanceof Map<?, ?> map) {
            if (isChunk(map)) {
                found.computeIfAbsent((String) map.get("doc_id"), id -> new ArrayList<>())
                        .add(map);
            } else if (!EmbeddingBatch.isBatch(map) && !map.containsKey("blocks")) {
                map.values().stream().filter(List.class::isInstance).forEach(element -> collect(element, found));
            }
        }
    }

    private static boolean isChunk(Map<?, ?> map) {
        return map.get("doc_id") instanceof String && map.get("id") instanceof String && map.get("text") instanceof String;
    }

    private static void check(List<Map<?, ?>> chunks) throws StageFailure {
        Set<Object> ids = new HashSet<>();
        for (Map<?, ?> chunk : chunks) {
            String id = (String) chunk.get("id");
            String docId = (String) chunk.get("doc_id");
            if (id.isEmpty() || id.length() > LONGEST_ID || docId.isEmpty() || docId.length() > LONGEST_ID) {
                throw invalid(docId, "has ids that are empty or longer than " + LONGEST_ID + " characters");
            }
            if (!ids.add(id)) {
                throw invalid(docId, "has the id " + id + " twice");
            }
            if (!(chunk.get("start") instanceof Number start)
                    || !(chunk.get("end") instanceof Number end)
                    || start.intValue() < 0
                    || end.intValue() < start.intValue()) {
                throw invalid(docId, "has no offsets in the chunk " + id);
            }
        }
    }

    private static StageFailure invalid(String docId, String what) {
        String shown = docId.substring(0, Math.min(LONGEST_ID, docId.length()));
        return StageFailure.permanent(
                "invalid_chunks", "The chunk list of the document " + shown + " " + what + ": run the stage chunk again.");
    }
}
