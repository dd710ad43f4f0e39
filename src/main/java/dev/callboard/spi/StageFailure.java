package dev.callboard.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** An expected failure of a stage: its message is shown as it is to the person who started the task. */
public final class StageFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;
    private final Duration retryAfter;

    private StageFailure(String code, String message, boolean retryable, Throwable cause, Duration retryAfter) {
        super(Objects.requireNonNull(message, "message is null"), cause, false, false);
        this.code = Objects.requireNonNull(code, "code is null");
        this.retryable = retryable;
        this.retryAfter = retryAfter == null || retryAfter.compareTo(Duration.ZERO) <= 0 ? null : retryAfter;
    }

    /**
     * A failure that another attempt would meet again: wrong input, wrong settings.
     *
     * @param code a stable machine word such as {@code unsupported_media_type}
     * @param message one sentence that says what is wrong and, where it can, what to do
     */
    public static StageFailure permanent(String code, String message) {
        return new StageFailure(code, message, false, null, null);
    }

    /**
     * A failure that may pass: a busy service, a lost connection.
     *
     * @param code a stable machine word
     * @param message one sentence
     * @param cause what happened, or null
     */
    public static StageFailure retryable(String code, String message, Throwable cause) {
        return new StageFailure(code, message, true, cause, null);
    }

    /**
     * A failure that may pass, but not before a time that is known: a service that says when to ask again. When the stage's
     * policy attempts it again, the delay is not shorter than this, even when it is longer than the policy's
     * {@code max_delay_seconds}; but of more than an hour, an hour counts. A person may retry it sooner.
     *
     * @param code a stable machine word
     * @param message one sentence
     * @param cause what happened, or null
     * @param retryAfter how long from now another attempt is of no use; null, zero and less say nothing
     * @since 1.1
     */
    public static StageFailure retryable(String code, String message, Throwable cause, Duration retryAfter) {
        return new StageFailure(code, message, true, cause, retryAfter);
    }

    /** A stable machine word. */
    public String code() {
        return code;
    }

    /** Whether the same input may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /**
     * How long another attempt is of no use, more than zero; empty when that is not known.
     *
     * @since 1.1
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
