package dev.callboard.download;

import dev.callboard.spi.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** A content store in memory. */
final class MemoryBlobs implements BlobStore {
    private final Map<String, byte[]> blobs = new HashMap<>();

    int count() {
        return blobs.size();
    }

    @Override
    public InputStream open(String sha256) throws FileNotFoundException {
        if (!blobs.containsKey(sha256)) {
            throw new FileNotFoundException(sha256);
        }
        return new ByteArrayInputStream(blobs.get(sha256));
    }

    @Override
    public long size(String sha256) {
        return blobs.containsKey(sha256) ? blobs.get(sha256).length : -1;
    }

    @Override
    public String put(InputStream bytes) throws IOException {
        return put(bytes.readAllBytes());
    }

    String put(byte[] bytes) {
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            blobs.put(sha256, bytes);
            return sha256;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
