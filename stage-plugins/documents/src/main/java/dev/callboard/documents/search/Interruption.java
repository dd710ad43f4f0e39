package dev.callboard.documents.search;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/** Tells a file that is damaged from one whose reading was interrupted, which closes it. */
final class Interruption {
    private Interruption() {}

    /** Whether that is what happened, or what happened first. */
    static boolean is(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedByInterruptException
                    || cause instanceof InterruptedIOException
                    || cause instanceof InterruptedException) {
                return true;
            }
        }
        return Thread.currentThread().isInterrupted();
    }

    /** Goes on with an interruption as one; returns when it is something else. */
    static void rethrow(Throwable thrown) throws InterruptedIOException {
        if (is(thrown)) {
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(thrown);
            throw interrupted;
        }
    }
}
