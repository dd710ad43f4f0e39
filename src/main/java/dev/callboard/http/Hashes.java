package dev.callboard.http;

import dev.callboard.hash.Sha256;
import io.vertx.core.buffer.Buffer;

/** Fingerprints of answers. */
final class Hashes {
    private Hashes() {}

    /** An ETag, without quotes, for what has no revision. */
    static String etag(Buffer bytes) {
        return Sha256.hex(bytes.getBytes()).substring(0, 32);
    }
}
