package dev.callboard.store;

import java.io.IOException;

/** More bytes than the blob folder takes for one blob. */
final class BlobTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BlobTooLargeException(long limit) {
        super("more than " + limit + " bytes, the most that one blob may have (limits.blob_bytes)");
    }
}
