package dev.callboard.engine;

import dev.callboard.json.Json;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.TaskTrigger;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The rows of {@code tasks} as they are written. */
final class TaskRows {
    /** Changes what the engine changes of a task, as long as it has the revision that was decided about. */
    static final String UPDATE;

    /** As {@link #UPDATE}, and divides by zero when it has another revision; tasks are never deleted. */
    static final String FIRM_UPDATE;

    static {
        String change =
                "UPDATE tasks SET status = ?, status_since = ?, current_stage_id = ?, error = ?, user_input = ?, "
                        + "suggestions = ?, revision = ?, selection_revision = ?, ledger_revision = ?, updated_at = ?, "
                        + "started_at = ?, completed_at = ? WHERE id = ? AND ";
        UPDATE = change + "revision = ?";
        FIRM_UPDATE = change + "1 / CASE WHEN revision = ? THEN 1 ELSE 0 END = 1";
    }

    /** A new task. */
    static final String INSERT = "INSERT INTO tasks (id, project_id, title, description, status, input, "
            + "settings, user_input, created_by, revision, selection_revision, ledger_revision, created_at, updated_at, "
            + "status_since, started_at, current_stage_id, suggestions, auto_start, labels, trigger_id, trigger_type, "
            + "trigger_due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private TaskRows() {}

    /** @param start whether it is to start as soon as it can */
    static Tuple inserted(TaskRecord task, boolean start) {
        TaskRow row = task.row();
        Given given = task.given();
        TaskTrigger trigger = given.trigger();
        return Tuple.tuple()
                .addString(row.id())
                .addString(task.projectId())
                .addString(given.title())
                .addString(given.description())
                .addString(row.status().word())
                .addString(Json.write(given.input()))
                .addString(Json.write(given.settings()))
                .addString(row.userInput())
                .addString(given.createdBy())
                .addLong(row.revision())
                .addLong(row.selectionRevision())
                .addLong(row.ledgerRevision())
                .addOffsetDateTime(Sql.at(given.createdAt()))
                .addOffsetDateTime(Sql.at(row.updatedAt()))
                .addOffsetDateTime(at(row.statusSince()))
                .addOffsetDateTime(at(row.startedAt()))
                .addString(row.currentStage())
                .addString(row.suggestions())
                .addBoolean(start)
                .addString(given.labels())
                .addString(trigger == null ? null : trigger.id())
                .addString(trigger == null ? null : trigger.type())
                .addOffsetDateTime(trigger == null ? null : at(trigger.dueAt()));
    }

    /** @param expected the revision that was decided about */
    static Tuple updated(TaskRow row, long expected) {
        return Tuple.tuple()
                .addString(row.status().word())
                .addOffsetDateTime(at(row.statusSince()))
                .addString(row.currentStage())
                .addString(row.error())
                .addString(row.userInput())
                .addString(row.suggestions())
                .addLong(row.revision())
                .addLong(row.selectionRevision())
                .addLong(row.ledgerRevision())
                .addOffsetDateTime(Sql.at(row.updatedAt()))
                .addOffsetDateTime(at(row.startedAt()))
                .addOffsetDateTime(at(row.completedAt()))
                .addString(row.id())
                .addLong(expected);
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : Sql.at(time);
    }
}
