package dev.callboard.sinks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt at a delivery ended.
 *
 * @param error a sentence that says why it failed, null when it was delivered
 * @param lasts whether it would fail again
 * @param retryAfter how long another attempt is of no use, null when that is not known
 */
record Attempted(@Nullable String error, boolean lasts, @Nullable Duration retryAfter) {
    static final Attempted DELIVERED = new Attempted(null, false, null);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DOUBLINGS = 10;

    static Attempted failed(String error) {
        return new Attempted(error, false, null);
    }

    static Attempted refused(String error) {
        return new Attempted(error, true, null);
    }

    /** When the delivery is tried again: later each time, an hour apart at most; null for never. */
    @Nullable
    Instant next(Delivery delivery, Instant now) {
        if (error == null || lasts) {
            return null;
        }
        Duration usual = FIRST.multipliedBy(1L << Math.min(DOUBLINGS, delivery.attempts()));
        Duration pause = usual.compareTo(LONGEST) > 0 ? LONGEST : usual;
        Instant next = now.plus(retryAfter == null || retryAfter.compareTo(pause) < 0 ? pause : retryAfter);
        return next.isAfter(delivery.giveUpAt()) ? null : next;
    }
}
