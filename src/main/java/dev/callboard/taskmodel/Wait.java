package dev.callboard.taskmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An attempt's wait, as it is stored with the attempt.
 *
 * @param kind what it waits for, one of {@link WaitingFor}'s words
 * @param reason a few words for people
 * @param since when it began to wait
 * @param deadline when it goes on whatever happens, null for never
 * @param poll how often it looks again by itself, zero for never
 * @param memory what the stage is given when it goes on, JSON-shaped
 */
public record Wait(
        String kind,
        String reason,
        Instant since,
        @Nullable Instant deadline,
        Duration poll,
        Map<String, @Nullable Object> memory) {

    /** Copies. */
    public Wait {
        memory = Collections.unmodifiableMap(new LinkedHashMap<>(memory));
    }

    /** Reads what {@link #stored()} made. */
    public static Wait of(Map<?, ?> stored) {
        Map<String, @Nullable Object> memory = new LinkedHashMap<>();
        if (stored.get("memory") instanceof Map<?, ?> kept) {
            kept.forEach((key, value) -> memory.put(String.valueOf(key), value));
        }
        return new Wait(
                String.valueOf(stored.get("kind")),
                String.valueOf(stored.get("reason")),
                Instant.parse(String.valueOf(stored.get("since"))),
                stored.get("deadline") instanceof String text ? Instant.parse(text) : null,
                Duration.ofMillis(stored.get("poll_ms") instanceof Number number ? number.longValue() : 0),
                memory);
    }

    /** JSON-shaped: {@code {kind, reason, since, deadline?, poll_ms, memory}}. */
    public Map<String, Object> stored() {
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("kind", kind);
        stored.put("reason", reason);
        stored.put("since", since.toString());
        if (deadline != null) {
            stored.put("deadline", deadline.toString());
        }
        stored.put("poll_ms", poll.toMillis());
        stored.put("memory", memory);
        return stored;
    }

    /**
     * When it looks again by itself: after each poll interval counted from {@link #since()}, and at the deadline. It needs no
     * store of its own this way.
     *
     * @return a time after {@code now}, null for never
     */
    public @Nullable Instant next(Instant now) {
        Instant next = null;
        if (!poll.isZero()) {
            long passed = Math.max(0, Duration.between(since, now).toMillis() / poll.toMillis());
            next = since.plus(poll.multipliedBy(passed + 1));
        }
        boolean lastLook = deadline != null && deadline.isAfter(now) && (next == null || deadline.isBefore(next));
        return lastLook ? deadline : next;
    }

    /** As clients see it. */
    public WaitingFor at(String stageId, String stage, String executionId, Instant now) {
        return new WaitingFor(stageId, stage, executionId, kind, reason, since, deadline, next(now));
    }
}
