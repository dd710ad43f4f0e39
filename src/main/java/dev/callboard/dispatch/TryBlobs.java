package dev.callboard.dispatch;

import dev.callboard.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;

/**
 * The blobs that a stage sees that is tried: those of the server, and its own, which go away with it.
 *
 * @param own where it stores
 * @param server where it may read, too
 */
record TryBlobs(BlobStore own, BlobStore server) implements BlobStore {
    @Override
    public InputStream open(String sha256) throws IOException {
        return own.size(sha256) >= 0 ? own.open(sha256) : server.open(sha256);
    }

    @Override
    public long size(String sha256) throws IOException {
        long size = own.size(sha256);
        return size >= 0 ? size : server.size(sha256);
    }

    @Override
    public String put(InputStream bytes) throws IOException {
        return own.put(bytes);
    }
}
