package dev.callboard.taskmodel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a stage waits for, as clients see it.
 *
 * @param stageId the stage template's id
 * @param stage the stage template's name
 * @param kind {@code ledger}: a stage that goes on when the ledger is as it needs it; {@code retry}: a failed stage that is
 *     tried again later; {@code worker}: a stage that no worker has taken yet; {@code
 *     secret}, {@code stage}, {@code plugin}: the task was to start and cannot, since a stage's secret is missing, a stage cannot
 *     run, or its pipeline lacks a plugin; it starts when that is there; {@code circuit_breaker}, {@code rate_limit}, {@code concurrency}: a stage that its policy holds
 *     back
 * @param executionId the attempt that waits, null when the task has not started
 * @param reason a few words for people
 * @param until when it stops waiting whatever happens, null for never
 * @param nextCheck when it is next checked by itself, null for never
 */
public record WaitingFor(
        String stageId,
        String stage,
        @Nullable String executionId,
        String kind,
        String reason,
        Instant since,
        @Nullable Instant until,
        @Nullable Instant nextCheck) {

    /** Times as everywhere: in milliseconds. */
    public WaitingFor {
        since = since.truncatedTo(ChronoUnit.MILLIS);
        until = until == null ? null : until.truncatedTo(ChronoUnit.MILLIS);
        nextCheck = nextCheck == null ? null : nextCheck.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The kind of a stage that waits for the ledger. */
    public static final String LEDGER = "ledger";

    /** The kind of a stage that failed and is tried again later. */
    public static final String RETRY = "retry";

    /** The kind of a stage that a worker is to do and that none has taken yet. */
    public static final String WORKER = "worker";

    /** The kind of a task that was to start and whose stage has no secret. */
    public static final String SECRET = "secret";

    /** The kind of a task that was to start and whose stage cannot run. */
    public static final String STAGE = "stage";

    /** The kind of a task that was to start and whose pipeline lacks a plugin. */
    public static final String PLUGIN = "plugin";

    /** The kind of a stage that waits until what it uses works again. */
    public static final String CIRCUIT_BREAKER = "circuit_breaker";

    /** The kind of a stage that waits for its share of starts in a span of time. */
    public static final String RATE_LIMIT = "rate_limit";

    /** The kind of a stage that waits until another one has ended. */
    public static final String CONCURRENCY = "concurrency";

    /**
     * The wait of a failed stage's next attempt.
     *
     * @param attempt the number of the attempt that waits
     * @param error why the one before failed, null when that is not known
     */
    public static WaitingFor retry(
            String stageId,
            String stage,
            String executionId,
            int attempt,
            @Nullable String error,
            Instant since,
            Instant until) {
        String reason = "attempt " + attempt + " after a failure" + (error == null ? "" : ": " + error);
        return new WaitingFor(stageId, stage, executionId, RETRY, reason, since, until, until);
    }
}
