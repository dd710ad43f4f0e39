package dev.callboard.engine;

import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.json.JsonShape;
import dev.callboard.spi.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keeps small JSON values as text and large ones as blobs. Blocks. */
public final class JsonBlobs {
    /** The most bytes of a value that is kept as text. */
    static final int INLINE = 64 * 1024;

    private final BlobStore blobs;

    /** @param blobs where large values go */
    public JsonBlobs(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Keeps a JSON-shaped value: up to {@value #INLINE} bytes of its JSON text inline, more as a blob. */
    public StoredJson store(@Nullable Object value) throws IOException {
        byte[] json = Json.writeBytes(value);
        return json.length <= INLINE
                ? new StoredJson(new String(json, StandardCharsets.UTF_8), null, json.length)
                : new StoredJson(null, blobs.put(new ByteArrayInputStream(json)), json.length);
    }

    /** The value, as plain unmodifiable lists and maps; null when there is neither text nor blob. */
    @Nullable
    public Object load(@Nullable String inline, @Nullable String sha256) throws IOException {
        if (inline != null) {
            return frozen(Json.parse(inline));
        }
        if (sha256 == null) {
            return null;
        }
        try (InputStream bytes = blobs.open(sha256)) {
            return frozen(Json.parse(bytes));
        }
    }

    private static @Nullable Object frozen(@Nullable Object value) throws IOException {
        try {
            return JsonShape.copy(value, Long.MAX_VALUE);
        } catch (JsonShape.WrongShapeException e) {
            throw new IOException("a stored value cannot be read", e);
        }
    }
}
