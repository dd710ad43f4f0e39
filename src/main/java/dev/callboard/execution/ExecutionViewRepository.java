package dev.callboard.execution;

import dev.callboard.execution.ExecutionMessages.OutputReply;
import dev.callboard.json.Json;
import dev.callboard.palette.Usage;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.ExecutionView.OutputRef;
import dev.callboard.taskmodel.Wait;
import dev.callboard.taskmodel.WaitingFor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads executions as clients see them. */
final class ExecutionViewRepository {
    private static final String COLUMNS = "SELECT e.id, e.task_id, e.stage_template_id, s.name AS stage, e.stage_type, "
            + "e.attempt, e.status, e.input, e.output, e.output_sha256, e.output_size, e.output_count, e.user_input, "
            + "e.decision, e.error, e.error_code, e.created_at, e.started_at, e.completed_at, e.duration_ms, "
            + "e.usage_report, e.revision, "
            + "e.waiting, e.worker_wait, e.not_before, b.error AS error_before "
            + "FROM stage_executions e JOIN stage_templates s ON s.id = e.stage_template_id "
            + "LEFT JOIN stage_executions b ON b.task_id = e.task_id AND b.stage_template_id = e.stage_template_id "
            + "AND b.attempt = e.attempt - 1 ";

    private final Clock clock;

    ExecutionViewRepository(Clock clock) {
        this.clock = clock;
    }

    /** One attempt. Fails with {@code unknown_execution}. */
    Future<ExecutionView> get(SqlConnection connection, String id) {
        return connection
                .preparedQuery(COLUMNS + "WHERE e.id = ?")
                .execute(Tuple.of(id))
                .map(rows -> view(first(rows, id)));
    }

    private static Row first(RowSet<Row> rows, String id) {
        if (rows.size() == 0) {
            throw ProblemException.notFound("unknown_execution", "There is no execution '" + id + "'.");
        }
        return rows.iterator().next();
    }

    /** All attempts of a task, in the order in which they were made. */
    Future<List<ExecutionView>> ofTask(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery(COLUMNS + "WHERE e.task_id = ? ORDER BY e.fence")
                .execute(Tuple.of(taskId))
                .map(rows -> {
                    List<ExecutionView> views = new ArrayList<>();
                    rows.forEach(row -> views.add(view(row)));
                    return views;
                });
    }

    private ExecutionView view(Row row) {
        String output = row.getString("output");
        String blob = row.getString("output_sha256");
        return new ExecutionView(
                row.getString("id"),
                row.getString("task_id"),
                row.getString("stage_template_id"),
                row.getString("stage"),
                row.getString("stage_type"),
                row.getInteger("attempt"),
                row.getString("status"),
                json(row.getString("input")),
                json(output),
                blob == null ? null : new OutputRef(blob, row.getLong("output_size")),
                row.getLong("output_count"),
                row.getString("user_input"),
                json(row.getString("decision")),
                row.getString("error"),
                row.getString("error_code"),
                null,
                waitingFor(row),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "started_at"),
                instant(row, "completed_at"),
                row.getLong("duration_ms"),
                usage(row.getString("usage_report")),
                row.getLong("revision"));
    }

    private static @Nullable Usage usage(@Nullable String text) {
        return text == null ? null : Json.read(text, Usage.class);
    }

    private @Nullable WaitingFor waitingFor(Row row) {
        String waiting = row.getString("waiting");
        Instant until = instant(row, "not_before");
        Instant now = clock.instant();
        if (WorkRepository.isLeased(row)) {
            return null;
        }
        if (waiting != null) {
            return Wait.of(Json.read(waiting, Map.class))
                    .at(row.getString("stage_template_id"), row.getString("stage"), row.getString("id"), now);
        }
        return until == null || !until.isAfter(now) || !row.getString("status").equals(ExecutionStatus.PENDING.word())
                ? null
                : WaitingFor.retry(
                        row.getString("stage_template_id"),
                        row.getString("stage"),
                        row.getString("id"),
                        row.getInteger("attempt"),
                        row.getString("error_before"),
                        Objects.requireNonNull(instant(row, "created_at")),
                        until);
    }

    private static @Nullable Object json(@Nullable String text) {
        return text == null ? null : Json.read(text, Object.class);
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** Where an attempt's output is. */
    Future<OutputReply> output(SqlConnection connection, String id) {
        return connection
                .preparedQuery("SELECT output, output_sha256, output_size FROM stage_executions WHERE id = ?")
                .execute(Tuple.of(id))
                .map(rows -> {
                    Row row = first(rows, id);
                    Long size = row.getLong("output_size");
                    return new OutputReply(
                            row.getString("output"), row.getString("output_sha256"), size == null ? 0 : size);
                });
    }

    /**
     * What goes on from an attempt.
     *
     * @param output what a person made of its output, else the output itself
     * @param decision what a person decided about it, as JSON
     */
    record Result(OutputReply output, @Nullable String decision) {}

    /** The results of attempts by execution id. */
    Future<Map<String, Result>> results(SqlConnection connection, List<String> ids) {
        Map<String, Result> results = new LinkedHashMap<>();
        return Sql.inTurn(ids, id -> result(connection, id).onSuccess(result -> results.put(id, result)))
                .map(results);
    }

    private static Future<Result> result(SqlConnection connection, String id) {
        return connection
                .preparedQuery(
                        "SELECT output, output_sha256, output_size, decided_output, decided_sha256, decided_size, "
                                + "decision FROM stage_executions WHERE id = ?")
                .execute(Tuple.of(id))
                .map(rows -> {
                    Row row = first(rows, id);
                    String prefix = row.getLong("decided_size") == null ? "output" : "decided";
                    Long size = row.getLong(prefix + "_size");
                    return new Result(
                            new OutputReply(
                                    row.getString(
                                            size == null || prefix.equals("output") ? "output" : "decided_output"),
                                    row.getString(prefix + "_sha256"),
                                    size == null ? 0 : size),
                            row.getString("decision"));
                });
    }

    /** The last result of a stage before an attempt at it, if there was one. */
    Future<Optional<OutputReply>> prior(SqlConnection connection, String taskId, String templateId, int attempt) {
        return connection
                .preparedQuery("SELECT id FROM stage_executions WHERE task_id = ? AND stage_template_id = ? "
                        + "AND attempt < ? AND output_size IS NOT NULL ORDER BY attempt DESC LIMIT 1")
                .execute(Tuple.of(taskId, templateId, attempt))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : result(connection, rows.iterator().next().getString("id"))
                                .map(result -> Optional.of(result.output())));
    }
}
