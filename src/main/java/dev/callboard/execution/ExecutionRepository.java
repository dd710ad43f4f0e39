package dev.callboard.execution;

import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.execution.TaskRecord.AttemptSchedule;
import dev.callboard.execution.TaskRecord.PolicyUse;
import dev.callboard.json.Json;
import dev.callboard.palette.Usage;
import dev.callboard.problem.Ids;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.LogLine;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes execution state. Every change of an attempt is one guarded update: it says whether it took. */
final class ExecutionRepository {
    private final Ids ids;

    ExecutionRepository(Ids ids) {
        this.ids = ids;
    }

    /** Makes the next attempt at a stage, waiting for its place. */
    Future<Attempt> insertAttempt(
            SqlConnection connection,
            TaskRecord task,
            String templateId,
            long fence,
            String input,
            @Nullable String userInput,
            AttemptSchedule turn,
            Instant now) {
        Attempt last = task.latest().get(templateId);
        PolicyUse limits = TaskRecord.limits(
                task.projectId(), task.policies(), task.template(templateId).policy());
        Attempt attempt = new Attempt(
                ids.next(),
                task.id(),
                templateId,
                last == null ? 1 : last.number() + 1,
                fence,
                ExecutionStatus.PENDING,
                userInput,
                null,
                false,
                turn.with(limits));
        return connection
                .preparedQuery("INSERT INTO stage_executions (id, task_id, stage_template_id, attempt, fence, status, "
                        + "stage_type, settings, input, user_input, tries, not_before, revision, created_at) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)")
                .execute(Tuple.tuple()
                        .addString(attempt.id())
                        .addString(task.id())
                        .addString(templateId)
                        .addInteger(attempt.number())
                        .addLong(fence)
                        .addString(ExecutionStatus.PENDING.word())
                        .addString(task.template(templateId).type())
                        .addString(Json.write(task.configOf(task.template(templateId))))
                        .addString(input)
                        .addString(userInput)
                        .addInteger(turn.tries())
                        .addOffsetDateTime(turn.notBefore() == null ? null : Sql.at(turn.notBefore()))
                        .addOffsetDateTime(Sql.at(now)))
                .map(attempt);
    }

    /** Takes a waiting attempt to run it; false when it does not wait any more. */
    Future<Boolean> claim(SqlConnection connection, Attempt attempt, Instant now) {
        return Sql.guarded(
                connection,
                "UPDATE stage_executions SET status = 'running', started_at = ?, waiting = NULL, worker_wait = NULL, "
                        + "revision = revision + 1 "
                        + "WHERE id = ? AND fence = ? AND status = 'pending'",
                Tuple.of(Sql.at(now), attempt.id(), attempt.fence()));
    }

    /**
     * Stores a result; false when the attempt was superseded or ended meanwhile.
     *
     * @param status completed, or waiting for a decision
     */
    Future<Boolean> complete(
            SqlConnection connection,
            Attempt attempt,
            StageOutcome.Completed outcome,
            ExecutionStatus status,
            Instant now,
            long durationMs) {
        return Sql.guarded(
                        connection,
                        "UPDATE stage_executions SET status = ?, output = ?, output_sha256 = ?, "
                                + "output_size = ?, output_count = ?, completed_at = ?, duration_ms = ?, "
                                + "waiting = NULL, worker_wait = NULL, "
                                + "revision = revision + 1 "
                                + "WHERE id = ? AND fence = ? AND status = 'running'",
                        Tuple.tuple()
                                .addString(status.word())
                                .addString(outcome.output().inline())
                                .addString(outcome.output().sha256())
                                .addLong(outcome.output().size())
                                .addLong(outcome.count())
                                .addOffsetDateTime(Sql.at(now))
                                .addLong(durationMs)
                                .addString(attempt.id())
                                .addLong(attempt.fence()))
                .compose(took -> WorkRepository.ended(connection, attempt, took))
                .compose(took -> took
                        ? TaskValuesRepository.storeState(connection, attempt.taskId(), attempt.id(), outcome.state())
                                .compose(stored -> TaskValuesRepository.storeLedger(
                                        connection,
                                        attempt.taskId(),
                                        attempt.id(),
                                        new HashMap<>(outcome.ledger()),
                                        now))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    /** Stores a failure; false when the attempt was superseded or ended meanwhile. */
    Future<Boolean> fail(
            SqlConnection connection, Attempt attempt, StageOutcome.Failed outcome, Instant now, long durationMs) {
        return Sql.guarded(
                        connection,
                        "UPDATE stage_executions SET status = 'failed', error = ?, error_code = ?, retryable = ?, "
                                + "completed_at = ?, duration_ms = ?, waiting = NULL, worker_wait = NULL, "
                                + "revision = revision + 1 "
                                + "WHERE id = ? AND fence = ? AND status = 'running'",
                        Tuple.tuple()
                                .addString(outcome.message())
                                .addString(outcome.code())
                                .addBoolean(outcome.retryable())
                                .addOffsetDateTime(Sql.at(now))
                                .addLong(durationMs)
                                .addString(attempt.id())
                                .addLong(attempt.fence()))
                .compose(took -> WorkRepository.ended(connection, attempt, took));
    }

    /** Keeps what an attempt used, in the transaction that stores its outcome. */
    Future<Void> used(SqlConnection connection, String executionId, Optional<Usage> usage) {
        return usage.isEmpty()
                ? Future.succeededFuture()
                : connection
                        .preparedQuery("UPDATE stage_executions SET usage_report = ? WHERE id = ?")
                        .execute(Tuple.of(Json.write(usage.get()), executionId))
                        .mapEmpty();
    }

    /** Lets an attempt wait for a person's result; false when it was superseded or ended meanwhile. */
    Future<Boolean> ask(SqlConnection connection, Attempt attempt, String input) {
        return Sql.guarded(
                connection,
                "UPDATE stage_executions SET status = 'awaiting_approval', input = ?, waiting = NULL, worker_wait = NULL, "
                        + "revision = revision + 1 "
                        + "WHERE id = ? AND fence = ? AND status = 'running'",
                Tuple.of(input, attempt.id(), attempt.fence()));
    }

    /** Where an attempt's input comes from, as it was stored. */
    Future<String> input(SqlConnection connection, String executionId) {
        return connection
                .preparedQuery("SELECT input FROM stage_executions WHERE id = ?")
                .execute(Tuple.of(executionId))
                .map(rows -> rows.iterator().next().getString("input"));
    }

    /** Ends an attempt that waits or runs, because its task ends. */
    Future<Boolean> cancel(SqlConnection connection, Attempt attempt, String actor, Instant now) {
        return Sql.guarded(
                        connection,
                        "UPDATE stage_executions SET status = 'cancelled', completed_at = ?, decided_by = ?, decided_at = ?, "
                                + "decision = ?, waiting = NULL, worker_wait = NULL, "
                                + "revision = revision + 1 "
                                + "WHERE id = ? AND fence = ? AND status IN ('pending', 'running', 'awaiting_approval')",
                        Tuple.of(
                                Sql.at(now),
                                actor,
                                Sql.at(now),
                                DecisionRepository.decision("cancelled", actor, now),
                                attempt.id(),
                                attempt.fence()))
                .compose(took -> WorkRepository.ended(connection, attempt, took));
    }

    /** Marks a result as out of date; false when there is none. One that waited is decided by that. */
    Future<Boolean> outdate(SqlConnection connection, Attempt attempt, String actor, Instant now) {
        return Sql.guarded(
                connection,
                "UPDATE stage_executions SET decision = CASE WHEN status = 'awaiting_approval' THEN CAST(? AS TEXT) "
                        + "ELSE decision END, decided_by = CASE WHEN status = 'awaiting_approval' "
                        + "THEN CAST(? AS VARCHAR(128)) ELSE decided_by END, "
                        + "decided_at = CASE WHEN status = 'awaiting_approval' "
                        + "THEN CAST(? AS TIMESTAMP(3) WITH TIME ZONE) ELSE decided_at END, "
                        + "status = 'stale', revision = revision + 1 "
                        + "WHERE id = ? AND fence = ? "
                        + "AND status IN ('completed', 'approved', 'awaiting_approval', 'failed')",
                Tuple.of(
                        DecisionRepository.decision("redone", actor, now),
                        actor,
                        Sql.at(now),
                        attempt.id(),
                        attempt.fence()));
    }

    /** Adds log lines. */
    Future<Void> addLog(SqlConnection connection, String executionId, List<LogLine> lines) {
        return Sql.each(
                connection,
                "INSERT INTO execution_log_lines (execution_id, seq, logged_at, level, text) VALUES (?, ?, ?, ?, ?)",
                lines.stream()
                        .map(line -> Tuple.of(executionId, line.seq(), Sql.at(line.at()), line.level(), line.text()))
                        .toList());
    }
}
