package dev.callboard.documents.search;

import dev.callboard.spi.StageFailure;
import java.io.IOException;

/** The index's own files could not be read or written, as opposed to what is read to be indexed. */
final class IndexFailure extends IOException {
    private static final long serialVersionUID = 1L;

    IndexFailure(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /**
     * What a stage ends with: an interruption as {@link InterruptedException}, a failure of the index as a {@link StageFailure}
     * {@code index_unusable} that may pass, and anything else as it is.
     */
    static Exception shown(IOException failure) {
        if (Interruption.is(failure)) {
            return (InterruptedException) new InterruptedException("cancelled").initCause(failure);
        }
        return failure instanceof IndexFailure
                ? StageFailure.retryable(
                        "index_unusable", "The search index cannot be used: " + failure.getMessage() + ".", failure)
                : failure;
    }

    /** Works on the index. */
    interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    /** Does some work on the index; whatever goes wrong with it is an {@link IndexFailure}. */
    static void guard(Work work) throws IndexFailure {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            throw new IndexFailure(e);
        }
    }
}
