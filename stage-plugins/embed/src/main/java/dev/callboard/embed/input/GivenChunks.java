package dev.callboard.embed.input;

import dev.callboard.spi.BlobStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Chunks that stand in the stage's input. */
record GivenChunks(List<Chunk> chunks) implements ChunkGroup {
    @Override
    public int size() {
        return chunks.size();
    }

    /** Of each text its length and its bytes, so that no two lists have the same bytes. */
    @Override
    public void hashInto(MessageDigest digest) {
        for (Chunk chunk : chunks) {
            update(digest, chunk.id());
            update(digest, chunk.text());
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    @Override
    public List<Chunk> read(BlobStore blobs) {
        return chunks;
    }
}
