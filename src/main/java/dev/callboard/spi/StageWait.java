package dev.callboard.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A stage's word that it cannot go on yet. The engine stores it and gives the thread back; the same attempt is executed
 * again, with the {@linkplain StageContext#memory() memory} given here and the ledger as it is then, as soon as anybody
 * writes the task's ledger, after each poll interval, and at the deadline. Waiting costs no thread and survives a restart.
 * What the stage wrote to the ledger before is not stored.
 */
public final class StageWait extends Exception {
    private static final long serialVersionUID = 1L;

    /** The shortest poll interval. */
    public static final Duration MIN_POLL = Duration.ofSeconds(1);

    private final Duration pollInterval;
    private final transient Instant deadline;
    private final transient Map<String, Object> memory;

    private StageWait(String reason, Duration pollInterval, Instant deadline, Map<String, Object> memory) {
        super(Objects.requireNonNull(reason, "reason is null"), null, false, false);
        if (pollInterval.compareTo(MIN_POLL) < 0) {
            throw new IllegalArgumentException("pollInterval " + pollInterval + " is shorter than " + MIN_POLL);
        }
        this.pollInterval = pollInterval;
        this.deadline = deadline;
        this.memory = Collections.unmodifiableMap(new LinkedHashMap<>(memory));
    }

    /**
     * Waits.
     *
     * @param reason what it waits for, shown as it is to people: "pdf_ir_ready to equal true (it is not set)"
     * @param pollInterval how often to look again although nobody wrote the ledger, at least {@link #MIN_POLL}
     * @param deadline when to look for the last time, or null; it is up to the stage to fail then. One that has passed already
     *     is due at once; a stage that waits on after it is woken by the ledger and the poll interval alone. Shown as of year 0
     *     when it is before that, and as none from year 9999
     * @param memory what the stage needs when it goes on, JSON-shaped, at most 64 KiB of JSON
     */
    public static StageWait until(String reason, Duration pollInterval, Instant deadline, Map<String, Object> memory) {
        return new StageWait(reason, pollInterval, deadline, memory);
    }

    /** What it waits for: the message. */
    public String reason() {
        return Objects.requireNonNull(getMessage());
    }

    /** How often to look again. */
    public Duration pollInterval() {
        return pollInterval;
    }

    /** When to look for the last time, if ever. */
    public Optional<Instant> deadline() {
        return Optional.ofNullable(deadline);
    }

    /** What the stage is given back when it goes on. */
    public Map<String, Object> memory() {
        return memory;
    }
}
