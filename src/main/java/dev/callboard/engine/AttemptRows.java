package dev.callboard.engine;

import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Wait;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of {@code stage_executions}, to and from {@link AttemptRow}. */
final class AttemptRows {
    /** All columns of an attempt, of the table {@code e}. */
    static final String COLUMNS = "e.id, e.task_id, e.stage_template_id, e.attempt, e.fence, e.status, e.stage_type, "
            + "e.settings, e.input, e.output, e.output_sha256, e.output_size, e.output_count, e.decided_output, "
            + "e.decided_sha256, e.decided_size, e.user_input, e.decision, e.decided_by, e.decided_at, e.error, "
            + "e.error_code, e.retryable, e.usage_report, e.waiting, e.worker_wait, e.tries, e.not_before, e.revision, "
            + "e.created_at, e.started_at, e.completed_at, e.duration_ms";

    static final String INSERT = "INSERT INTO stage_executions (id, task_id, stage_template_id, attempt, fence, "
            + "stage_type, settings, user_input, tries, not_before, created_at, status, input, output, output_sha256, "
            + "output_size, output_count, decided_output, decided_sha256, decided_size, decision, decided_by, decided_at, "
            + "error, error_code, retryable, usage_report, waiting, worker_wait, started_at, completed_at, duration_ms, "
            + "revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            + "?, ?, ?)";

    static final String UPDATE = "UPDATE stage_executions SET status = ?, input = ?, output = ?, output_sha256 = ?, "
            + "output_size = ?, output_count = ?, decided_output = ?, decided_sha256 = ?, decided_size = ?, decision = ?, "
            + "decided_by = ?, decided_at = ?, error = ?, error_code = ?, retryable = ?, usage_report = ?, waiting = ?, "
            + "worker_wait = ?, started_at = ?, completed_at = ?, duration_ms = ?, revision = ? WHERE id = ?";

    private AttemptRows() {}

    static AttemptRow of(Row row) {
        String waiting = row.getString("waiting");
        return new AttemptRow(
                row.getString("id"),
                row.getString("task_id"),
                row.getString("stage_template_id"),
                row.getInteger("attempt"),
                row.getLong("fence"),
                ExecutionStatus.of(row.getString("status")),
                row.getString("stage_type"),
                row.getString("settings"),
                row.getString("input"),
                value(row, "output", "output"),
                row.getLong("output_count"),
                value(row, "decided_output", "decided"),
                row.getString("user_input"),
                row.getString("decision"),
                row.getString("decided_by"),
                Sql.instant(row, "decided_at"),
                row.getString("error"),
                row.getString("error_code"),
                row.getBoolean("retryable"),
                row.getString("usage_report"),
                waiting == null ? null : Wait.of(Json.read(waiting, Map.class)),
                row.getString("worker_wait"),
                row.getInteger("tries"),
                Sql.instant(row, "not_before"),
                row.getLong("revision"),
                Objects.requireNonNull(Sql.instant(row, "created_at")),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "completed_at"),
                row.getLong("duration_ms"));
    }

    private static @Nullable StoredJson value(Row row, String text, String prefix) {
        Long size = row.getLong(prefix + "_size");
        return size == null ? null : new StoredJson(row.getString(text), row.getString(prefix + "_sha256"), size);
    }

    static Tuple inserted(AttemptRow row) {
        Tuple values = Tuple.tuple()
                .addString(row.id())
                .addString(row.taskId())
                .addString(row.templateId())
                .addInteger(row.number())
                .addLong(row.fence())
                .addString(row.stageType())
                .addString(row.settings())
                .addString(row.userInput())
                .addInteger(row.tries())
                .addOffsetDateTime(at(row.notBefore()))
                .addOffsetDateTime(Sql.at(row.createdAt()));
        return addChanging(values, row);
    }

    static Tuple updated(AttemptRow row) {
        return addChanging(Tuple.tuple(), row).addString(row.id());
    }

    private static Tuple addChanging(Tuple values, AttemptRow row) {
        Wait wait = row.waiting();
        values.addString(row.status().word()).addString(row.input());
        addValue(values, row.output()).addLong(row.outputCount());
        return addValue(values, row.decided())
                .addString(row.decision())
                .addString(row.decidedBy())
                .addOffsetDateTime(at(row.decidedAt()))
                .addString(row.error())
                .addString(row.errorCode())
                .addBoolean(row.retryable())
                .addString(row.usage())
                .addString(wait == null ? null : Json.write(wait.stored()))
                .addString(row.workerWait())
                .addOffsetDateTime(at(row.startedAt()))
                .addOffsetDateTime(at(row.completedAt()))
                .addLong(row.durationMs())
                .addLong(row.revision());
    }

    private static Tuple addValue(Tuple values, @Nullable StoredJson value) {
        return values.addString(value == null ? null : value.inline())
                .addString(value == null ? null : value.sha256())
                .addLong(value == null ? null : value.size());
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : Sql.at(time);
    }
}
