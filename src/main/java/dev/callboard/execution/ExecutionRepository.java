package dev.callboard.execution;

import dev.callboard.execution.StageOutcome.StoredJson;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.json.Json;
import dev.callboard.model.ExecutionStatus;
import dev.callboard.model.Ids;
import dev.callboard.model.LogLine;
import dev.callboard.model.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes execution state. Every change of an attempt or a task is one guarded update: it says whether it took. */
final class ExecutionRepository {
    private final Ids ids;

    ExecutionRepository(Ids ids) {
        this.ids = ids;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Future<Boolean> guarded(SqlConnection connection, String sql, Tuple values) {
        return connection
                .preparedQuery(sql)
                .execute(values)
                .map(SqlResult::rowCount)
                .map(count -> count == 1);
    }

    private static Future<Void> each(SqlConnection connection, String sql, List<Tuple> rows) {
        return rows.isEmpty()
                ? Future.succeededFuture()
                : connection.preparedQuery(sql).executeBatch(rows).mapEmpty();
    }

    /** Makes the next attempt at a stage, waiting for its place. */
    Future<Attempt> insertAttempt(
            SqlConnection connection, TaskRecord task, String templateId, long fence, String input, Instant now) {
        Attempt last = task.latest().get(templateId);
        Attempt attempt = new Attempt(
                ids.next(),
                task.id(),
                templateId,
                last == null ? 1 : last.number() + 1,
                fence,
                ExecutionStatus.PENDING,
                null);
        return connection
                .preparedQuery("INSERT INTO stage_executions (id, task_id, stage_template_id, attempt, fence, status, "
                        + "stage_type, settings, input, revision, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)")
                .execute(Tuple.of(
                        attempt.id(),
                        task.id(),
                        templateId,
                        attempt.number(),
                        fence,
                        ExecutionStatus.PENDING.word(),
                        task.template(templateId).type(),
                        Json.write(task.configOf(task.template(templateId))),
                        input,
                        at(now)))
                .map(attempt);
    }

    /** Takes a waiting attempt to run it; false when it does not wait any more. */
    Future<Boolean> claim(SqlConnection connection, Attempt attempt, Instant now) {
        return guarded(
                connection,
                "UPDATE stage_executions SET status = 'running', started_at = ?, revision = revision + 1 "
                        + "WHERE id = ? AND fence = ? AND status = 'pending'",
                Tuple.of(at(now), attempt.id(), attempt.fence()));
    }

    /** Stores a result; false when the attempt was superseded or ended meanwhile. */
    Future<Boolean> complete(
            SqlConnection connection, Attempt attempt, StageOutcome.Completed outcome, Instant now, long durationMs) {
        return guarded(
                        connection,
                        "UPDATE stage_executions SET status = 'completed', output = ?, output_sha256 = ?, "
                                + "output_size = ?, output_count = ?, completed_at = ?, duration_ms = ?, "
                                + "revision = revision + 1 WHERE id = ? AND fence = ? AND status = 'running'",
                        Tuple.tuple()
                                .addString(outcome.output().inline())
                                .addString(outcome.output().sha256())
                                .addLong(outcome.output().size())
                                .addLong(outcome.count())
                                .addOffsetDateTime(at(now))
                                .addLong(durationMs)
                                .addString(attempt.id())
                                .addLong(attempt.fence()))
                .compose(took -> took
                        ? storeState(connection, attempt, outcome.state())
                                .compose(stored -> storeLedger(connection, attempt, outcome.ledger(), now))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    /** Stores a failure; false when the attempt was superseded or ended meanwhile. */
    Future<Boolean> fail(
            SqlConnection connection, Attempt attempt, StageOutcome.Failed outcome, Instant now, long durationMs) {
        return guarded(
                connection,
                "UPDATE stage_executions SET status = 'failed', error = ?, error_code = ?, retryable = ?, "
                        + "completed_at = ?, duration_ms = ?, revision = revision + 1 "
                        + "WHERE id = ? AND fence = ? AND status = 'running'",
                Tuple.tuple()
                        .addString(outcome.message())
                        .addString(outcome.code())
                        .addBoolean(outcome.retryable())
                        .addOffsetDateTime(at(now))
                        .addLong(durationMs)
                        .addString(attempt.id())
                        .addLong(attempt.fence()));
    }

    /** Ends an attempt that waits or runs, because its task ends. */
    Future<Boolean> cancel(SqlConnection connection, Attempt attempt, Instant now) {
        return guarded(
                connection,
                "UPDATE stage_executions SET status = 'cancelled', completed_at = ?, revision = revision + 1 "
                        + "WHERE id = ? AND fence = ? AND status IN ('pending', 'running')",
                Tuple.of(at(now), attempt.id(), attempt.fence()));
    }

    private static Future<Void> storeState(SqlConnection connection, Attempt attempt, Map<String, StoredJson> state) {
        List<Tuple> keys = new ArrayList<>();
        List<Tuple> rows = new ArrayList<>();
        state.forEach((key, value) -> {
            keys.add(Tuple.of(attempt.taskId(), key));
            rows.add(Tuple.tuple()
                    .addString(attempt.taskId())
                    .addString(key)
                    .addString(attempt.id())
                    .addString(value.inline())
                    .addString(value.sha256())
                    .addLong(value.size()));
        });
        return each(connection, "DELETE FROM task_state WHERE task_id = ? AND state_key = ?", keys)
                .compose(deleted -> each(
                        connection,
                        "INSERT INTO task_state (task_id, state_key, execution_id, value, sha256, size) "
                                + "VALUES (?, ?, ?, ?, ?, ?)",
                        rows));
    }

    private static Future<Void> storeLedger(
            SqlConnection connection, Attempt attempt, Map<String, String> ledger, Instant now) {
        List<Tuple> keys = new ArrayList<>();
        List<Tuple> rows = new ArrayList<>();
        ledger.forEach((key, value) -> {
            keys.add(Tuple.of(attempt.taskId(), key));
            rows.add(Tuple.of(attempt.taskId(), key, value, attempt.id(), at(now)));
        });
        return each(connection, "DELETE FROM task_ledger WHERE task_id = ? AND ledger_key = ?", keys)
                .compose(deleted -> each(
                        connection,
                        "INSERT INTO task_ledger (task_id, ledger_key, value, written_by, written_at) "
                                + "VALUES (?, ?, ?, ?, ?)",
                        rows));
    }

    /** Adds log lines. */
    Future<Void> addLog(SqlConnection connection, String executionId, List<LogLine> lines) {
        return each(
                connection,
                "INSERT INTO execution_log_lines (execution_id, seq, logged_at, level, text) VALUES (?, ?, ?, ?, ?)",
                lines.stream()
                        .map(line -> Tuple.of(executionId, line.seq(), at(line.at()), line.level(), line.text()))
                        .toList());
    }

    /** Moves a task on; false when somebody else did meanwhile. The times of start and end follow the status. */
    Future<Boolean> moveTask(
            SqlConnection connection,
            TaskRecord task,
            TaskStatus status,
            Optional<String> current,
            @Nullable String error,
            Instant now) {
        return guarded(
                connection,
                "UPDATE tasks SET status = ?, current_stage_id = ?, error = ?, updated_at = ?, "
                        + "started_at = COALESCE(started_at, ?), completed_at = ?, revision = revision + 1 "
                        + "WHERE id = ? AND revision = ?",
                Tuple.tuple()
                        .addString(status.word())
                        .addString(current.orElse(null))
                        .addString(error)
                        .addOffsetDateTime(at(now))
                        .addOffsetDateTime(status == TaskStatus.RUNNING ? at(now) : null)
                        .addOffsetDateTime(status.open() ? null : at(now))
                        .addString(task.id())
                        .addLong(task.revision()));
    }

    /** Keeps what the person who started the task added. */
    Future<Void> setUserInput(SqlConnection connection, String taskId, String userInput) {
        return connection
                .preparedQuery("UPDATE tasks SET user_input = ? WHERE id = ?")
                .execute(Tuple.of(userInput, taskId))
                .mapEmpty();
    }

    /** Adds to the task's history for people. */
    Future<Void> note(SqlConnection connection, String taskId, String kind, String detail, String actor, Instant now) {
        return connection
                .preparedQuery("INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) "
                        + "VALUES (?, ?, ?, ?, ?, ?)")
                .execute(Tuple.of(ids.next(), taskId, at(now), kind, detail, actor))
                .mapEmpty();
    }
}
