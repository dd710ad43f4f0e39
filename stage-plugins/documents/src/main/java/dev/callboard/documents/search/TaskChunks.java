package dev.callboard.documents.search;

import dev.callboard.documents.input.GivenChunks;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The chunks of a task, checked when it is their document's turn. */
final class TaskChunks {
    private static final int LONGEST_ID = 200;

    private TaskChunks() {}

    /**
     * All chunks, by document.
     *
     * @return at least one document
     * @throws StageFailure {@code no_chunks} when there is none
     */
    static List<GivenChunks> of(StageContext context, Object input) throws StageFailure {
        List<GivenChunks> found = GivenChunks.find(context, input);
        if (found.isEmpty()) {
            throw StageFailure.permanent(
                    "no_chunks", "There are no chunks to index: the stage chunk must have run before.");
        }
        return found;
    }

    /**
     * The chunks of a document, each {@code {id, start, end, text, section?}}.
     *
     * @throws StageFailure {@code invalid_chunks} when one is not as the stage chunk makes them
     */
    static List<Map<?, ?>> read(GivenChunks document) throws StageFailure {
        String docId = document.docId();
        if (docId.isEmpty() || docId.length() > LONGEST_ID) {
            throw invalid(docId, "has no id of at most " + LONGEST_ID + " characters");
        }
        List<Map<?, ?>> chunks = document.read();
        Set<Object> ids = new HashSet<>();
        for (Map<?, ?> chunk : chunks) {
            if (!(chunk.get("id") instanceof String id)
                    || id.isEmpty()
                    || id.length() > LONGEST_ID
                    || !(chunk.get("text") instanceof String)) {
                throw invalid(
                        docId, "has a chunk without text, or without an id of at most " + LONGEST_ID + " characters");
            }
            if (!ids.add(id)) {
                throw invalid(docId, "has the chunk " + id + " twice");
            }
            if (!(chunk.get("start") instanceof Number start)
                    || !(chunk.get("end") instanceof Number end)
                    || start.intValue() < 0
                    || end.intValue() < start.intValue()) {
                throw invalid(docId, "has no offsets in the chunk " + id);
            }
        }
        return chunks;
    }

    private static StageFailure invalid(String docId, String what) {
        String shown = docId.substring(0, Math.min(LONGEST_ID, docId.length()));
        return StageFailure.permanent(
                "invalid_chunks", "The document " + shown + " " + what + ": run the stage chunk again.");
    }
}
