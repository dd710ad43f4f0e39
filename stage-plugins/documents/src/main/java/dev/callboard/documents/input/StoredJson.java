package dev.callboard.documents.input;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A JSON-shaped value as bytes in the content store. The same value has the same bytes.
 *
 * @param blob their SHA-256
 * @param size how many they are
 */
public record StoredJson(String blob, long size) {
    /** The media type of the bytes. */
    public static final String MEDIA_TYPE = "application/json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Stores a value; bytes that are there already are not written again. */
    public static StoredJson of(BlobStore blobs, Object value) throws IOException {
        byte[] json = MAPPER.writeValueAsBytes(value);
        String sha256 = HexFormat.of().formatHex(sha256().digest(json));
        if (blobs.size(sha256) < 0) {
            blobs.put(new ByteArrayInputStream(json));
        }
        return new StoredJson(sha256, json.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
