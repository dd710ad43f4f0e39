package dev.callboard.endpoint;

import java.util.Objects;

/** Why there is no answer to a request. */
public final class PostException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of reason. */
    public enum Kind {
        /** The address may not be connected to. */
        REFUSED,
        /** There is no connection, or it broke. */
        UNREACHABLE,
        /** The time was up. */
        TIMEOUT,
        /** The certificate is not trusted. */
        TLS,
        /** The answer is longer than it may be. */
        TOO_LARGE,
        /** The answer is not HTTP. */
        NOT_HTTP
    }

    private final Kind kind;

    /** @param detail a sentence, or empty */
    PostException(Kind kind, String detail) {
        super(Objects.requireNonNull(detail, "detail is null"), null, false, false);
        this.kind = kind;
    }

    /** What kind of reason it is. */
    public Kind kind() {
        return kind;
    }
}
