package dev.callboard.documents.charset;

import java.util.Objects;

/**
 * Text made of bytes.
 *
 * @param text without a byte order mark
 * @param charset Java's name of the charset that was used
 * @param guessed whether nothing but the bytes' own statistics speak for it
 */
public record Decoded(String text, String charset, boolean guessed) {
    /** Checks that both are there. */
    public Decoded {
        Objects.requireNonNull(text, "text is null");
        Objects.requireNonNull(charset, "charset is null");
    }
}
