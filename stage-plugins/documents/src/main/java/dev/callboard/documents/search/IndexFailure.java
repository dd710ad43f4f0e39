package dev.callboard.documents.search;

import java.io.IOException;

/** The index's own files could not be read or written, as opposed to what is read to be indexed. */
final class IndexFailure extends IOException {
    private static final long serialVersionUID = 1L;

    IndexFailure(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
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
