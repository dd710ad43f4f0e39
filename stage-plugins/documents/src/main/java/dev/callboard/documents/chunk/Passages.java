package dev.callboard.documents.chunk;

import dev.callboard.documents.ir.CodePoints;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What chunking needs of a document: its text and where its blocks stand in it.
 *
 * @param docId the document's id
 * @param title its title, else its id
 * @param sha256 of its source
 * @param key what the ids of its chunks are made of
 * @param lang a BCP 47 tag
 * @param text the whole text
 * @param points the same, by code points
 * @param blocks in order, none overlapping another
 */
record Passages(
        String docId,
        String title,
        String sha256,
        String key,
        String lang,
        String text,
        CodePoints points,
        List<Passage> blocks) {
    private static final int LONGEST_ID = 200;
    /** The stage parse takes so much of the source's hash for the first document in it. */
    private static final int PARSED_ID = 16;

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
        if (docId.isBlank() || docId.length() > LONGEST_ID) {
            throw invalid("its doc_id is empty or has more than " + LONGEST_ID + " characters");
        }
        String hash = document.get("sha256") instanceof String digest ? digest : docId;
        String title = document.get("title") instanceof String words && !words.isBlank() ? words : docId;
        // Each document has its own chunks, also where several are of one source.
        String key = docId.length() == PARSED_ID && hash.startsWith(docId) ? hash : hash + docId;
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
        return new Passages(docId, title, hash, key, lang, text, points, passages);
    }

    /** Whose rules say where sentences and lines end; of no language where the document does not say one. */
    Locale locale() {
        return lang.equals("und") ? Locale.ROOT : Locale.forLanguageTag(lang);
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
