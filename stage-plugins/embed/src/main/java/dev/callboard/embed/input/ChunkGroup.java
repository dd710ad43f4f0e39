package dev.callboard.embed.input;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;

/** Chunks that are read together. */
public interface ChunkGroup {
    /** How many they are. */
    int size();

    /** Adds to a hash what tells these chunks, their ids and texts, from others. */
    void hashInto(MessageDigest digest);

    /**
     * The chunks, in order.
     *
     * @throws StageFailure {@code missing_blob} or {@code invalid_chunks}, both permanent
     */
    List<Chunk> read(BlobStore blobs) throws IOException, StageFailure;
}
