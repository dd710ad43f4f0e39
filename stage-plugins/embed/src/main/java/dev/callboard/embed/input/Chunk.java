package dev.callboard.embed.input;

import dev.callboard.spi.StageFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What is needed of a chunk.
 *
 * @param docId the document's id; empty when the chunk does not say it
 */
public record Chunk(String id, String docId, String text) {
    /** Adds id and text to a hash, of each its length and its bytes, so that no two lists have the same bytes. */
    public void hashInto(MessageDigest digest) {
        update(digest, id);
        update(digest, text);
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    /**
     * Checks what was read.
     *
     * @param docId anything but a string counts as absent
     * @param place in its list, from 1
     * @throws StageFailure {@code invalid_chunks} when id or text are missing
     */
    static Chunk of(Object id, Object docId, Object text, int place) throws StageFailure {
        if (id instanceof String name && !name.isEmpty() && text instanceof String words) {
            return new Chunk(name, docId instanceof String document ? document : "", words);
        }
        throw StageFailure.permanent(
                "invalid_chunks", "The chunk at place " + place + " cannot be embedded: it needs an id and a text.");
    }
}
