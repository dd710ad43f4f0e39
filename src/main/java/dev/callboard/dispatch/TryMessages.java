package dev.callboard.dispatch;

import dev.callboard.bus.Address;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.Usage;
import dev.callboard.taskmodel.LogLine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs definitions once, without storing them. */
public final class TryMessages {
    /** How long a definition may run when it is tried, in milliseconds. */
    public static final long LIMIT_MS = 60_000;

    /** The most bytes of an output that is answered: 1 MiB. */
    public static final long MAX_OUTPUT = 1L << 20;

    /** Runs a definition once; ask with a time limit above {@link #LIMIT_MS}. */
    public static final Address<TryStage, Tried> TRY = new Address<>("execution.try", TryStage.class, Tried.class);

    /** Ends a try that runs. */
    public static final Address<CancelTry, TryCancelled> CANCEL =
            new Address<>("execution.try.cancel", CancelTry.class, TryCancelled.class);

    private TryMessages() {}

    /**
     * Runs a definition once.
     *
     * @param id of the try, made by who asks, so that it can be cancelled
     * @param definition checked as one that is to be stored
     * @param settings JSON-shaped, not yet checked
     * @param input what the stage takes, JSON-shaped
     */
    public record TryStage(
            String id, StageDefinition definition, Map<String, @Nullable Object> settings, @Nullable Object input) {
        /** Copies. */
        public TryStage {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }
    }

    /**
     * How a try ended. It has an output or an error, or neither when it was cancelled or its output is too long to be shown.
     *
     * @param status {@code completed}, {@code failed} or {@code cancelled}
     * @param output JSON-shaped; null unless it was completed
     * @param outputBytes how long the output is as JSON text, 0 when there is none
     * @param error why it failed
     * @param log what it wrote, at most 1,000 lines
     * @param usage what it used of a language model
     */
    public record Tried(
            String status,
            @Nullable Object output,
            long outputBytes,
            @Nullable TryError error,
            List<LogLine> log,
            long durationMs,
            @Nullable Usage usage) {
        /** Copies. */
        public Tried {
            log = List.copyOf(log);
        }
    }

    /**
     * Why a try failed.
     *
     * @param code a stable machine word
     * @param message a sentence
     */
    public record TryError(String code, String message) {}

    /** Ends a try; one that has ended already, or never began, is no fault. */
    public record CancelTry(String id) {}

    /** Whether it ran. */
    public record TryCancelled(boolean ran) {}
}
