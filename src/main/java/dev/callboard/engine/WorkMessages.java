package dev.callboard.engine;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine answers workers. Whoever names a lease that is not valid any more gets {@code lease_lost}, and nothing was
 * changed.
 */
public final class WorkMessages {
    /** Of which stage types workers are to do something, or do it: tasks keep the stages that they started with. */
    public static final Address<FindWork, WorkFound> FIND =
            new Address<>("execution.work.find", FindWork.class, WorkFound.class);

    /** Gives the attempt that waits longest to a worker. */
    public static final Address<TakeWork, TakenWork> TAKE =
            new Address<>("execution.work.take", TakeWork.class, TakenWork.class);

    /** Prolongs a lease. */
    public static final Address<BeatWork, WorkAlive> BEAT =
            new Address<>("execution.work.beat", BeatWork.class, WorkAlive.class);

    /** Shows how far a worker is. */
    public static final Address<ProgressWork, WorkAlive> PROGRESS =
            new Address<>("execution.work.progress", ProgressWork.class, WorkAlive.class);

    /** Adds lines to the log of an attempt. */
    public static final Address<LogWork, WorkAlive> LOG =
            new Address<>("execution.work.log", LogWork.class, WorkAlive.class);

    /** Ends an attempt with an output. */
    public static final Address<CompleteWork, WorkDone> COMPLETE =
            new Address<>("execution.work.complete", CompleteWork.class, WorkDone.class);

    /** Ends an attempt without one. */
    public static final Address<FailWork, WorkDone> FAIL =
            new Address<>("execution.work.fail", FailWork.class, WorkDone.class);

    /** Gives an attempt back that its worker never saw: it waits for a worker again. */
    public static final Address<ReleaseWork, WorkDone> RELEASE =
            new Address<>("execution.work.release", ReleaseWork.class, WorkDone.class);

    /** An attempt waits for a worker. */
    public static final Topic<WorkWaiting> WAITING = new Topic<>("execution.work.waiting", WorkWaiting.class);

    /** A worker has an attempt. */
    public static final Topic<WorkLeased> LEASED = new Topic<>("execution.work.leased", WorkLeased.class);

    /** A worker has an attempt no more. */
    public static final Topic<WorkEnded> ENDED = new Topic<>("execution.work.ended", WorkEnded.class);

    /** Workers can reach the server from now on. */
    public static final Topic<Reachable> REACHABLE = new Topic<>("execution.work.reachable", Reachable.class);

    private WorkMessages() {}

    /** The web server listens. */
    public record Reachable() {}

    /** @param types stage types */
    public record FindWork(List<String> types) {
        /** Copies. */
        public FindWork {
            types = List.copyOf(types);
        }
    }

    /** @param types those of which there is work */
    public record WorkFound(List<String> types) {
        /** Copies. */
        public WorkFound {
            types = List.copyOf(types);
        }
    }

    /** Why a worker has an attempt no more. */
    public enum End {
        /** It gave its output, or its failure. */
        DONE,
        /** The task was cancelled. */
        CANCELLED,
        /** It took longer than the stage may. */
        TIMEOUT,
        /** It gave no sign of life. */
        LOST,
        /** It never saw it. */
        RELEASED;

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Asks for work.
     *
     * @param types stage types, at least one
     * @param worker the worker's name
     * @param trusted whether it may get secrets
     */
    public record TakeWork(List<String> types, String worker, boolean trusted) {
        /** Copies. */
        public TakeWork {
            types = List.copyOf(types);
        }
    }

    /** @param work null when there is none */
    public record TakenWork(@Nullable Work work) {}

    /**
     * What a worker is to do.
     *
     * @param lease what it shows with all that it says of this work
     * @param stage the stage template's name
     * @param attempt from 1
     * @param settings key to value, secrets filled in
     * @param input what the stage takes
     * @param deadline until when it must be done
     * @param leaseLasts how long the lease lasts from now on, and from each beat on
     */
    public record Work(
            String executionId,
            String lease,
            String taskId,
            String stage,
            String stageType,
            int attempt,
            Map<String, @Nullable Object> settings,
            @Nullable Object input,
            Instant deadline,
            Duration leaseLasts) {
        /** Copies. */
        public Work {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }

        /** Settings may have secrets. */
        @Override
        public String toString() {
            return "Work[" + executionId + "]";
        }
    }

    /** A worker is alive. */
    public record BeatWork(String executionId, String lease) {}

    /**
     * The lease is valid, or its work has an end that the worker should know of.
     *
     * @param until when it ends unless it is prolonged
     * @param end why the worker is to stop, null when it is to go on
     */
    public record WorkAlive(Instant until, @Nullable End end) {}

    /**
     * How far a worker is.
     *
     * @param total 0 when that is not known
     * @param message a few words
     */
    public record ProgressWork(String executionId, String lease, long done, long total, @Nullable String message) {}

    /** Lines for the log. */
    public record LogWork(String executionId, String lease, List<String> lines) {
        /** Copies. */
        public LogWork {
            lines = List.copyOf(lines);
        }
    }

    /** The output of a stage. */
    public record CompleteWork(String executionId, String lease, @Nullable Object output) {}

    /**
     * A failure.
     *
     * @param code a stable machine word
     * @param message a sentence for people
     * @param retryable whether the same input may succeed later
     * @param retryAfter how long another attempt is of no use, null when that is not known
     */
    public record FailWork(
            String executionId,
            String lease,
            String code,
            String message,
            boolean retryable,
            @Nullable Duration retryAfter) {}

    /** The worker never saw it. */
    public record ReleaseWork(String executionId, String lease) {}

    /**
     * It is stored.
     *
     * @param status {@code completed}, {@code failed}, or {@code released}
     * @param error why a given output is a failure all the same, null when it is none
     */
    public record WorkDone(String status, @Nullable String error) {}

    /** @param secrets whether it gets secrets, so that not every worker may have it */
    public record WorkWaiting(String stageType, boolean secrets) {}

    /** A worker has an attempt. */
    public record WorkLeased(String executionId, String stageType, String worker) {}

    /** A worker has an attempt no more. */
    public record WorkEnded(String executionId, String lease, String stageType, String worker, End end) {}
}
