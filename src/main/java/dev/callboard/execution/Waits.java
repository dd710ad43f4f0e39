package dev.callboard.execution;

import dev.callboard.execution.Engine.Step;
import dev.callboard.execution.Steps.Cause;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.model.LogLine;
import dev.callboard.model.Wait;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores what attempts wait for. The ledger that a stage looked at may have been written meanwhile: it says so. */
final class Waits {
    private final Database database;
    private final WaitRepository repository = new WaitRepository();
    private final ExecutionRepository writes;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final TimelineRepository timeline;
    private final Steps steps;
    private final Clock clock;

    Waits(Database database, ExecutionRepository writes, TimelineRepository timeline, Steps steps, Clock clock) {
        this.database = database;
        this.writes = writes;
        this.timeline = timeline;
        this.steps = steps;
        this.clock = clock;
    }

    /**
     * An attempt that waits now.
     *
     * @param moved what changed for those who look on, null when it waits as before
     * @param outdated whether the ledger was written since the stage looked at it
     */
    record Parked(Wait entry, @Nullable Moved moved, boolean outdated) {}

    /** An attempt waits. Empty when it was superseded or ended meanwhile. */
    Future<Optional<Parked>> park(StageJob job, StageOutcome.Waits outcome, List<LogLine> lines) {
        Instant now = clock.instant();
        Wait before = job.waited();
        Wait wait = outcome.began(before == null ? now : before.since());
        return wait.equals(before) && lines.isEmpty()
                ? database.read(connection -> repository
                        .find(connection, job.attempt())
                        .compose(stored -> stored.isPresent()
                                ? parked(connection, job, wait, null)
                                : Future.succeededFuture(Optional.empty())))
                : database.write(connection -> repository
                        .store(connection, job.attempt(), wait)
                        .compose(took -> took
                                ? store(connection, job, wait, lines, now)
                                : Future.succeededFuture(Optional.empty())));
    }

    private Future<Optional<Parked>> store(
            SqlConnection connection, StageJob job, Wait wait, List<LogLine> lines, Instant now) {
        Attempt attempt = job.attempt();
        String noted = job.template().name() + ": " + wait.reason();
        return writes.addLog(connection, attempt.id(), lines)
                .compose(ignored -> job.waited() == null
                        ? timeline.note(connection, attempt.taskId(), "waiting", noted, "engine", now)
                        : Future.succeededFuture())
                .compose(ignored -> records.load(connection, attempt.taskId()))
                .compose(task -> steps.store(
                        connection, task, new Step(task.state(), List.of(), false), Cause.engine(attempt.id()), now))
                .compose(moved -> parked(connection, job, wait, moved));
    }

    private Future<Optional<Parked>> parked(SqlConnection connection, StageJob job, Wait wait, @Nullable Moved moved) {
        return repository
                .ledgerRevision(connection, job.attempt().taskId())
                .map(revision -> Optional.of(new Parked(wait, moved, revision != job.ledgerRevision())));
    }
}
