package dev.callboard.fork;

/** A call to a process of this server that got no answer. */
public final class CallException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why there is none. */
    public enum Kind {
        /** It took too long; its process was ended. */
        TIMEOUT,
        /** Its process ran out of memory and has ended. */
        OUT_OF_MEMORY,
        /** Its process ended for another reason, or could not be started. */
        ENDED,
        /** It is too long to be sent. */
        TOO_LONG
    }

    CallException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** Why there is none. */
    public Kind kind() {
        return kind;
    }
}
