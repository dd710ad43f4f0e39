package dev.callboard.embed;

import dev.callboard.embed.model.Embedding;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Vectors one after the other, as they are stored, in a temporary file of the process: those of a thousand papers need not fit the
 * heap. All have the same dimensions. For one thread.
 */
final class VectorFile implements Closeable {
    private final Path path;
    private final OutputStream out;
    private int dimensions;
    private int count;

    /** An empty one. */
    VectorFile() throws IOException {
        path = Files.createTempFile("vectors", ".bin");
        out = new BufferedOutputStream(Files.newOutputStream(path));
    }

    /**
     * Adds one.
     *
     * @throws IllegalArgumentException when it has other dimensions than those before it
     */
    void add(Embedding embedding) throws IOException {
        requireDimensions(embedding.vector().length);
        out.write(embedding.bytes());
        count++;
    }

    /**
     * Adds those of a stored piece.
     *
     * @param bytes closed by the caller
     * @param vectors how many it has
     * @throws IOException when it has another length
     */
    void addAll(InputStream bytes, int vectors, int ofDimensions) throws IOException {
        requireDimensions(ofDimensions);
        long length = bytes.transferTo(out);
        if (length != vectors * vectorBytes()) {
            throw new IOException("the stored vectors have " + length + " bytes instead of " + vectors * vectorBytes());
        }
        count += vectors;
    }

    /** Whether vectors of so many dimensions may be added. */
    boolean takes(int ofDimensions) {
        return dimensions == 0 || dimensions == ofDimensions;
    }

    private void requireDimensions(int other) {
        if (!takes(other)) {
            throw new IllegalArgumentException("a vector has " + other + " dimensions, those before it " + dimensions);
        }
        dimensions = other;
    }

    private long vectorBytes() {
        return (long) dimensions * Float.BYTES;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** Of each vector; 0 before the first. */
    int dimensions() {
        return dimensions;
    }

    /** The bytes from a vector on to the last, to be closed. */
    InputStream from(int first) throws IOException {
        out.flush();
        InputStream in = Files.newInputStream(path);
        in.skipNBytes(first * vectorBytes());
        return in;
    }

    /** The bytes of some vectors; one document's fit the heap. */
    InputStream of(int first, int vectors) throws IOException {
        try (InputStream in = from(first)) {
            return new ByteArrayInputStream(in.readNBytes(Math.toIntExact(vectors * vectorBytes())));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            Files.delete(path);
        }
    }
}
