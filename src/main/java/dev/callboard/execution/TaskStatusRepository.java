package dev.callboard.execution;

import dev.callboard.store.Sql;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what the engine changes of a task itself. A change of its status is one guarded update: it says whether it took. */
final class TaskStatusRepository {
    private TaskStatusRepository() {}

    /** Moves a task on; false when somebody else did meanwhile. The times of start and end follow the status. */
    static Future<Boolean> moveTask(
            SqlConnection connection,
            TaskRecord task,
            TaskStatus status,
            Optional<String> current,
            @Nullable String error,
            Instant now) {
        return Sql.guarded(
                connection,
                "UPDATE tasks SET status_since = CASE WHEN status = ? THEN status_since ELSE ? END, "
                        + "status = ?, current_stage_id = ?, error = ?, updated_at = ?, "
                        + "started_at = COALESCE(started_at, ?), completed_at = ?, revision = revision + 1 "
                        + "WHERE id = ? AND revision = ?",
                Tuple.tuple()
                        .addString(status.word())
                        .addOffsetDateTime(Sql.at(now))
                        .addString(status.word())
                        .addString(current.orElse(null))
                        .addString(error)
                        .addOffsetDateTime(Sql.at(now))
                        .addOffsetDateTime(status == TaskStatus.RUNNING ? Sql.at(now) : null)
                        .addOffsetDateTime(status.open() ? null : Sql.at(now))
                        .addString(task.id())
                        .addLong(task.revision()));
    }

    /** Keeps what the person who started the task added. */
    static Future<Void> setUserInput(SqlConnection connection, String taskId, String userInput) {
        return connection
                .preparedQuery("UPDATE tasks SET user_input = ? WHERE id = ?")
                .execute(Tuple.of(userInput, taskId))
                .mapEmpty();
    }
}
