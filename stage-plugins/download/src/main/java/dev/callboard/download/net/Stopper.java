package dev.callboard.download.net;

import java.util.Optional;
import org.apache.hc.core5.concurrent.Cancellable;

/** Ends one file's requests from another thread: the one under way and all that would follow. */
public final class Stopper {
    private Cancellable request = () -> false;
    private String reason = "";

    /** For a file that has not begun. */
    public Stopper() {}

    synchronized void watch(Cancellable next) {
        request = next;
        if (!reason.isEmpty()) {
            next.cancel();
        }
    }

    /**
     * Closes the connection; the first reason stays.
     *
     * @param why a word that {@link #reason()} gives back
     */
    public synchronized void stop(String why) {
        if (reason.isEmpty()) {
            reason = why;
            request.cancel();
        }
    }

    /** Why it was stopped; empty when it was not. */
    public synchronized Optional<String> reason() {
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }
}
