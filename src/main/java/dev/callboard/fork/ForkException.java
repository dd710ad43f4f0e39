package dev.callboard.fork;

/** A plugin's process did not start or ended before its time; the message is one sentence for people. */
public final class ForkException extends Exception {
    private static final long serialVersionUID = 1L;

    ForkException(String message) {
        super(message, null, false, false);
    }
}
