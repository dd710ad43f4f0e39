package dev.callboard.spi.testing;

import dev.callboard.spi.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A blob store in memory, without a size limit. It may be used by several threads at once. */
public final class MemoryBlobStore implements BlobStore {
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    /** An empty one. */
    public MemoryBlobStore() {}

    @Override
    public InputStream open(String sha256) throws FileNotFoundException {
        byte[] bytes = blobs.get(sha256);
        if (bytes == null) {
            throw new FileNotFoundException("there is no blob " + sha256);
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public long size(String sha256) {
        byte[] bytes = blobs.get(sha256);
        return bytes == null ? -1 : bytes.length;
    }

    @Override
    public String put(InputStream bytes) throws IOException {
        return keep(bytes.readAllBytes());
    }

    /**
     * Stores bytes; storing the same bytes again changes nothing.
     *
     * @return the SHA-256, 64 lower-case hexadecimal digits
     */
    public String put(byte[] bytes) {
        return keep(bytes.clone());
    }

    private String keep(byte[] bytes) {
        String sha256 = HexFormat.of().formatHex(sha256().digest(bytes));
        blobs.put(sha256, bytes);
        return sha256;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** How many different blobs there are. */
    public int count() {
        return blobs.size();
    }
}
