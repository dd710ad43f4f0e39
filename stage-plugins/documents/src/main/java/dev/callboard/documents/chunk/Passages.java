package dev.callboard.documents.chunk;

import dev.callboard.documents.ir.CodePoints;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What chunking needs of a document: its text and where its blocks stand in it.
 *
 * @param docId the document's id
 * @param sha256 of its source
 * @param lang a BCP 47 tag
 * @param text the whole text
 * @param points the same, by code points
 * @param blocks in order, none overlapping another
 */
record Passages(String docId, String sha256, String lang, String text, CodePoints points, List<Passage> blocks) {
    /**
     * A block.
     *
     * @param id the block's id
     * @param section its section's id, or null
     * @param kind as the IR has it
     * @param start UTF-16 offset into the text
     * @param end after its last character
     */
    record Passage(String id, String section, String kind, int start, int end) {}

    /**
     * Reads a document IR.
     *
     * @throws StageFailure {@code invalid_document} when what is needed is missing or the offsets are impossible
     */
    static Passages of(Map<?, ?> document) throws StageFailure {
        if (!(document.get("text") instanceof String text)
                || !(document.get("blocks") instanceof List<?> blocks)
                || !(document.get("doc_id") instanceof String docId)) {
            throw invalid("it lacks doc_id, text or blocks");
        }
        String hash = document.get("sha256") instanceof String digest ? digest : docId;
        // Of several documents in one source each has its own chunks: their ids are made of this.
        String sha256 = hash.startsWith(docId) || !docId.matches("[0-9a-f]+-\\d+") ? hash : hash + docId;
        String lang = document.get("lang") instanceof String tag ? tag : "und";
        CodePoints points = new CodePoints(text);
        List<Passage> passages = new ArrayList<>();
        int before = 0;
        for (Object element : blocks) {
            Passage passage = passage(element, points);
            if (passage.start() < before) {
                throw invalid("its block " + passage.id() + " overlaps the one before it");
            }
            before = passage.end();
            passages.add(passage);
        }
        return new Passages(docId, sha256, lang, text, points, passages);
    }

    private static Passage passage(Object element, CodePoints points) throws StageFailure {
        if (!(element instanceof Map<?, ?> block)
                || !(block.get("id") instanceof String id)
                || !(block.get("start") instanceof Number start)
                || !(block.get("end") instanceof Number end)) {
            throw invalid("a block lacks id, start or end");
        }
        if (start.longValue() < 0 || end.longValue() < start.longValue() || end.longValue() > points.length()) {
            throw invalid("its block " + id + " is not inside the text");
        }
        return new Passage(
                id,
                block.get("section") instanceof String section ? section : null,
                block.get("kind") instanceof String kind ? kind : "paragraph",
                points.index(start.intValue()),
                points.index(end.intValue()));
    }

    private static StageFailure invalid(String reason) {
        return StageFailure.permanent(
                "invalid_document", "The document cannot be cut into chunks: " + reason + "; run ir-validation first.");
    }
}
