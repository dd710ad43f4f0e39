package dev.callboard.spi;

import java.util.Objects;

/** An expected failure of a stage: its message is shown as it is to the person who started the task. */
public final class StageFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;

    private StageFailure(String code, String message, boolean retryable, Throwable cause) {
        super(Objects.requireNonNull(message, "message is null"), cause, false, false);
        this.code = Objects.requireNonNull(code, "code is null");
        this.retryable = retryable;
    }

    /**
     * A failure that another attempt would meet again: wrong input, wrong settings.
     *
     * @param code a stable machine word such as {@code unsupported_media_type}
     * @param message one sentence that says what is wrong and, where it can, what to do
     */
    public static StageFailure permanent(String code, String message) {
        return new StageFailure(code, message, false, null);
    }

    /**
     * A failure that may pass: a busy service, a lost connection.
     *
     * @param code a stable machine word
     * @param message one sentence
     * @param cause what happened, or null
     */
    public static StageFailure retryable(String code, String message, Throwable cause) {
        return new StageFailure(code, message, true, cause);
    }

    /** A stable machine word. */
    public String code() {
        return code;
    }

    /** Whether the same input may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
