package dev.callboard.expressions;

/** An expression that gave no value; the message says why, in whole sentences for its author. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What to do about it. */
    public enum Reason {
        /** The expression does not fit the input, or is none. */
        FAILED,
        /** It took too long. */
        TIMEOUT,
        /** It needs too much memory. */
        MEMORY,
        /** Its process was not there; another try may help. */
        UNAVAILABLE
    }

    /** Without a stack trace, which would say nothing about the expression. */
    public ExpressionException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What kind it is. */
    public Reason reason() {
        return reason;
    }
}
