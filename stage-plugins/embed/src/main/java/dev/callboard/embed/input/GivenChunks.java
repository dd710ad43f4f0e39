package dev.callboard.embed.input;

import dev.callboard.spi.BlobStore;
import java.security.MessageDigest;
import java.util.List;

/** Chunks that stand in the stage's input. */
record GivenChunks(List<Chunk> chunks) implements ChunkGroup {
    @Override
    public int size() {
        return chunks.size();
    }

    @Override
    public void hashInto(MessageDigest digest) {
        chunks.forEach(chunk -> chunk.hashInto(digest));
    }

    @Override
    public List<Chunk> read(BlobStore blobs) {
        return chunks;
    }
}
