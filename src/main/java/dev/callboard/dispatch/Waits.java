package dev.callboard.dispatch;

import dev.callboard.bus.Caller;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.AttemptRow;
import dev.callboard.engine.AttemptRules;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.Steps;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.TaskCommands;
import dev.callboard.engine.TaskRecord;
import dev.callboard.json.Json;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.spi.StageWait;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.LogLine;
import dev.callboard.taskmodel.Wait;
import dev.callboard.taskmodel.WaitingFor;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores what attempts wait for. The ledger that a stage looked at may have been written meanwhile: it says so. */
final class Waits {
    private static final int MAX_MEMORY = 64 << 10;
    private static final Duration LONGEST_POLL = Duration.ofDays(365);

    /** Earlier deadlines cannot be written as timestamps, and have passed as well. */
    private static final Instant FIRST_DEADLINE = Instant.parse("0000-01-01T00:00:00Z");

    /** Later deadlines cannot be written as timestamps, and are as good as none. */
    private static final Instant LAST_DEADLINE = Instant.parse("9999-01-01T00:00:00Z");

    private final TaskCommands tasks;
    private final Clock clock;

    Waits(TaskCommands tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * An attempt that waits now.
     *
     * @param moved what changed for those who look on, null when it waits as before
     * @param outdated whether to look again at once: the ledger was written since the stage looked at it, or the deadline had
     *     passed already
     */
    record Parked(Wait entry, @Nullable StoredTransition moved, boolean outdated) {}

    /** What a stage said, as it can be stored; a failure when it cannot. */
    static StageOutcome outcome(StageWait wait) {
        Map<String, @Nullable Object> memory = new LinkedHashMap<>();
        try {
            ((Map<?, ?>) Objects.requireNonNull(
                            JsonShape.copy(wait.memory(), MAX_MEMORY, "for what a stage keeps while it waits")))
                    .forEach((key, value) -> memory.put(String.valueOf(key), value));
            if (Json.writeBytes(memory).length > MAX_MEMORY) {
                throw new WrongShapeException("", "has more than " + MAX_MEMORY + " bytes of JSON");
            }
        } catch (WrongShapeException e) {
            return new Failed(
                    "wrong_wait",
                    "What the stage wants to keep while it waits cannot be kept: " + e.getMessage() + ".",
                    false);
        }
        return new StageOutcome.Waits(
                WaitingFor.LEDGER,
                StageRunner.cut(wait.reason(), StageRunner.MAX_MESSAGE),
                wait.pollInterval().compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : wait.pollInterval(),
                wait.deadline()
                        .filter(LAST_DEADLINE::isAfter)
                        .map(deadline -> deadline.isBefore(FIRST_DEADLINE) ? FIRST_DEADLINE : deadline)
                        .orElse(null),
                memory);
    }

    /** An attempt waits. Empty when it was superseded or ended meanwhile. */
    Future<Optional<Parked>> park(StageJob job, StageOutcome.Waits outcome, List<LogLine> lines) {
        Instant now = clock.instant();
        Wait before = job.waited();
        Wait wait = outcome.began(before == null ? now : before.since());
        Attempt attempt = job.attempt();
        return wait.equals(before) && lines.isEmpty()
                ? tasks.read(attempt.taskId()).map(task -> stored(task, attempt)
                        .filter(AttemptRow::waits)
                        .map(row -> parked(task, job, wait, null)))
                : tasks.decide(attempt.taskId(), draft -> {
                    if (!AttemptRules.park(draft, attempt, wait)) {
                        return Optional.empty();
                    }
                    draft.log(attempt.id(), lines);
                    if (before == null) {
                        draft.note("waiting", job.template().name() + ": " + wait.reason(), Caller.ENGINE);
                    }
                    StoredTransition moved = Steps.touch(draft, attempt.id());
                    return Optional.of(parked(draft.task(), job, wait, moved));
                });
    }

    /** The stored image of an attempt, as long as it runs or waits. */
    private static Optional<AttemptRow> stored(TaskRecord task, Attempt attempt) {
        return Optional.ofNullable(task.attempts().get(attempt.id()))
                .filter(row -> row.fence() == attempt.fence() && row.status() == ExecutionStatus.RUNNING);
    }

    private static Parked parked(TaskRecord task, StageJob job, Wait wait, @Nullable StoredTransition moved) {
        boolean outdated =
                !StageOutcome.Waits.forWorker(wait) && (job.ledgerWrittenSince(task) || passedAlready(job, wait));
        return new Parked(wait, moved, outdated);
    }

    /** Whether the last look is due though the stage has just looked; once, or a stage that waits on would never rest. */
    private static boolean passedAlready(StageJob job, Wait wait) {
        return passed(wait, job) && (job.waited() == null || !passed(job.waited(), job));
    }

    private static boolean passed(Wait wait, StageJob job) {
        return wait.deadline() != null && !wait.deadline().isAfter(job.claimedAt());
    }
}
