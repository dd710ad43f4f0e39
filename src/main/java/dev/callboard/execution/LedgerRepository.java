package dev.callboard.execution;

import dev.callboard.problem.ProblemException;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/** The task that a ledger belongs to. */
final class LedgerRepository {
    /** As much of a task as a write to its ledger needs. */
    record Task(String id, TaskStatus status, long revision, boolean archived) {}

    /** One task, archived or not. Fails with {@code unknown_task}. */
    Future<Task> task(SqlConnection connection, String id) {
        return connection
                .preparedQuery("SELECT status, revision, archived_at FROM tasks WHERE id = ?")
                .execute(Tuple.of(id))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw ProblemException.notFound("unknown_task", "There is no task '" + id + "'.");
                    }
                    Row row = rows.iterator().next();
                    return new Task(
                            id,
                            TaskStatus.of(row.getString("status")),
                            row.getLong("revision"),
                            row.getOffsetDateTime("archived_at") != null);
                });
    }

    /** How many keys a task's ledger has. */
    Future<Long> keys(SqlConnection connection, String id) {
        return connection
                .preparedQuery("SELECT COUNT(*) AS amount FROM task_ledger WHERE task_id = ?")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getLong("amount"));
    }

    /** Gives a task its next revision. */
    Future<Void> touch(SqlConnection connection, String id, Instant now) {
        return connection
                .preparedQuery("UPDATE tasks SET updated_at = ?, revision = revision + 1 WHERE id = ?")
                .execute(Tuple.of(Sql.at(now), id))
                .mapEmpty();
    }
}
