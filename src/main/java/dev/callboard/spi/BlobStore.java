package dev.callboard.spi;

import java.io.IOException;
import java.io.InputStream;

/** A content-addressed store: bytes are found by their SHA-256 and never change. */
public interface BlobStore {
    /**
     * Opens a blob; the caller closes it.
     *
     * @param sha256 64 lower-case hexadecimal digits
     * @throws java.io.FileNotFoundException when there is no such blob
     */
    InputStream open(String sha256) throws IOException;

    /** The size of a blob in bytes, or -1 when there is no such blob. */
    long size(String sha256) throws IOException;

    /**
     * Stores all bytes of a stream; storing the same bytes again changes nothing. The caller closes the stream.
     *
     * @return the SHA-256, 64 lower-case hexadecimal digits
     * @throws IOException when the store's size limit is passed or the disk is full; nothing is kept then
     */
    String put(InputStream bytes) throws IOException;
}
