package dev.callboard.documents.parse;

import dev.callboard.documents.input.Payload;
import dev.callboard.spi.StageFailure;
import java.util.function.BooleanSupplier;

/**
 * What a parser reads.
 *
 * @param payload with the media type that the bytes show
 * @param bytes all of them; not copied, not to be changed
 * @param maxDepth how deep elements may nest
 * @param charset the name of the charset of plain text without a byte order mark
 * @param cancelled asked now and then in long loops
 */
record Source(Payload payload, byte[] bytes, int maxDepth, String charset, BooleanSupplier cancelled) {
    /** Ends the parsing when the execution was cancelled. */
    void checkCancelled() throws InterruptedException {
        if (cancelled.getAsBoolean()) {
            throw new InterruptedException("cancelled");
        }
    }

    /**
     * A failure about this source.
     *
     * @param predicate the rest of a sentence that begins with the file's name, without the full stop
     */
    StageFailure unreadable(String predicate) {
        return StageFailure.permanent("unreadable_document", payload.shownName() + " " + predicate + ".");
    }
}
