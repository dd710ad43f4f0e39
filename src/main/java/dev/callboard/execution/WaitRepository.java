package dev.callboard.execution;

import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.json.Json;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.Wait;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;

/** The waits of attempts, and the ledger's revision that they are compared with. */
final class WaitRepository {
    private static final String WAITS = "id = ? AND fence = ? AND status = 'running'";

    /** What is stored of an attempt that waits; nothing when it was superseded or ended meanwhile. */
    Future<Optional<Wait>> find(SqlConnection connection, Attempt attempt) {
        return connection
                .preparedQuery("SELECT waiting FROM stage_executions WHERE waiting IS NOT NULL AND " + WAITS)
                .execute(Tuple.of(attempt.id(), attempt.fence()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Wait.of(Json.read(rows.iterator().next().getString("waiting"), Map.class))));
    }

    /** Lets a running attempt wait; false when it was superseded or ended meanwhile. */
    Future<Boolean> store(SqlConnection connection, Attempt attempt, Wait wait) {
        return Sql.guarded(
                connection,
                "UPDATE stage_executions SET waiting = ?, worker_wait = ?, revision = revision + 1 WHERE " + WAITS,
                Tuple.of(Json.write(wait.stored()), WorkRepository.word(wait), attempt.id(), attempt.fence()));
    }

    /** Grows with each write to the task's ledger. */
    Future<Long> ledgerRevision(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery("SELECT ledger_revision FROM tasks WHERE id = ?")
                .execute(Tuple.of(taskId))
                .map(rows -> rows.iterator().next().getLong("ledger_revision"));
    }

    /** The number of the last stored log line of an attempt, 0 when there is none. */
    Future<Long> lastLine(SqlConnection connection, Attempt attempt) {
        return connection
                .preparedQuery("SELECT COALESCE(MAX(seq), 0) AS seq FROM execution_log_lines WHERE execution_id = ?")
                .execute(Tuple.of(attempt.id()))
                .map(rows -> rows.iterator().next().getLong("seq"));
    }
}
