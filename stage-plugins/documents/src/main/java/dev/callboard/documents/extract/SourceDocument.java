package dev.callboard.documents.extract;

import dev.callboard.documents.ir.CodePoints;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What extraction needs of a document. Without the document itself, its chunks are its text, and there are no fields.
 *
 * @param mediaType of its source; empty when only its chunks are known
 * @param lang a BCP 47 tag
 * @param meta its fields, as parse gives them
 * @param refs the works that it cites, as parse gives them
 * @param passages in the order of their starts; those of chunks may overlap
 */
record SourceDocument(
        String docId,
        String title,
        String mediaType,
        String lang,
        Map<?, ?> meta,
        List<?> refs,
        List<Passage> passages) {
    /** As the library takes it. */
    private static final int LONGEST_ID = 200;

    /**
     * Reads a document IR.
     *
     * @throws StageFailure {@code invalid_document} when what is needed is missing or the offsets are impossible
     */
    static SourceDocument of(Map<?, ?> document) throws StageFailure {
        if (!(document.get("doc_id") instanceof String docId)
                || !(document.get("text") instanceof String text)
                || !(document.get("blocks") instanceof List<?> blocks)) {
            throw invalid("A document", "it lacks doc_id, text or blocks");
        }
        if (docId.isBlank() || docId.length() > LONGEST_ID) {
            throw invalid("A document", "its doc_id is empty or has more than " + LONGEST_ID + " characters");
        }
        CodePoints points = new CodePoints(text);
        List<Passage> passages = new ArrayList<>();
        for (Object element : blocks) {
            if (!(element instanceof Map<?, ?> block)
                    || !(block.get("start") instanceof Number start)
                    || !(block.get("end") instanceof Number end)
                    || start.longValue() < 0
                    || end.longValue() < start.longValue()
                    || end.longValue() > points.length()) {
                throw invalid(docId, "a block is not inside the text");
            }
            String kind = block.get("kind") instanceof String given ? given : "paragraph";
            Passage.add(passages, start.intValue(), kind, points.slice(start.intValue(), end.intValue()));
        }
        return new SourceDocument(
                docId,
                string(document, "title"),
                string(document, "media_type"),
                string(document, "lang"),
                document.get("meta") instanceof Map<?, ?> meta ? meta : Map.of(),
                document.get("refs") instanceof List<?> refs ? refs : List.of(),
                inOrder(passages));
    }

    /**
     * Reads the chunks of a document.
     *
     * @throws StageFailure {@code invalid_chunks} when one has no text or no place
     */
    static SourceDocument ofChunks(String docId, List<Map<?, ?>> chunks) throws StageFailure {
        List<Passage> passages = new ArrayList<>();
        for (Map<?, ?> chunk : chunks) {
            if (!(chunk.get("text") instanceof String text)
                    || !(chunk.get("start") instanceof Number start)
                    || start.longValue() < 0
                    || start.longValue() > Integer.MAX_VALUE) {
                throw StageFailure.permanent(
                        "invalid_chunks",
                        "A chunk of the document " + docId + " has no text or start: run the stage chunk again.");
            }
            Passage.add(passages, start.intValue(), "paragraph", text);
        }
        return new SourceDocument(docId, "", "", "", Map.of(), List.of(), inOrder(passages));
    }

    private static List<Passage> inOrder(List<Passage> passages) {
        passages.sort(Comparator.comparingInt(Passage::start));
        return passages;
    }

    private static String string(Map<?, ?> map, String key) {
        return map.get(key) instanceof String value ? value : "";
    }

    private static StageFailure invalid(String name, String reason) {
        return StageFailure.permanent(
                "invalid_document", name + " cannot be read: " + reason + "; run ir-validation first.");
    }
}
