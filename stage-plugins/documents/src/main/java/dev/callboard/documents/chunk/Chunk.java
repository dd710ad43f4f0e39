package dev.callboard.documents.chunk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A slice of a document's text.
 *
 * @param docId the document's id
 * @param key of the document: its source's hash, and its id where several documents are of one source
 * @param blockIds the blocks that it has a part of, in order
 * @param section the id of the section that most of it stands in, or null
 * @param start code point offset into the document's text
 * @param end offset after its last code point
 * @param text the document's text from start to end
 * @param tokens those of all-MiniLM-L6-v2, without the two that stand around each input
 */
record Chunk(
        String docId, String key, List<String> blockIds, String section, int start, int end, String text, int tokens) {
    private static final int ID_BYTES = 12;

    Chunk {
        Objects.requireNonNull(text, "text is null");
        blockIds = List.copyOf(blockIds);
    }

    /** The same in every run: made of the document's key and the offsets alone. */
    String id() {
        try {
            byte[] place = (key + ":" + start + ":" + end).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(place);
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id());
        map.put("doc_id", docId);
        map.put("block_ids", blockIds);
        map.put("section", section);
        map.put("start", start);
        map.put("end", end);
        map.put("text", text);
        map.put("tokens", tokens);
        return map;
    }
}
