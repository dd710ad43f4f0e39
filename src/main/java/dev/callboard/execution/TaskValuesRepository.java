package dev.callboard.execution;

import dev.callboard.execution.ExecutionMessages.OutputReply;
import dev.callboard.execution.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a task has gathered. */
final class TaskValuesRepository {
    /** State key to where its value is. */
    Future<Map<String, OutputReply>> state(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery(
                        "SELECT state_key, value, sha256, size FROM task_state WHERE task_id = ? ORDER BY state_key")
                .execute(Tuple.of(taskId))
                .map(rows -> {
                    Map<String, OutputReply> state = new LinkedHashMap<>();
                    rows.forEach(row -> state.put(
                            row.getString("state_key"),
                            new OutputReply(row.getString("value"), row.getString("sha256"), row.getLong("size"))));
                    return state;
                });
    }

    /** Ledger key to value. */
    Future<Map<String, @Nullable Object>> ledger(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery("SELECT ledger_key, value FROM task_ledger WHERE task_id = ? ORDER BY ledger_key")
                .execute(Tuple.of(taskId))
                .map(rows -> {
                    Map<String, @Nullable Object> ledger = new LinkedHashMap<>();
                    rows.forEach(row ->
                            ledger.put(row.getString("ledger_key"), Json.read(row.getString("value"), Object.class)));
                    return ledger;
                });
    }

    /** Puts values under state keys. */
    static Future<Void> storeState(
            SqlConnection connection, String taskId, String executionId, Map<String, StoredJson> state) {
        List<Tuple> keys = new ArrayList<>();
        List<Tuple> rows = new ArrayList<>();
        state.forEach((key, value) -> {
            keys.add(Tuple.of(taskId, key));
            rows.add(Tuple.tuple()
                    .addString(taskId)
                    .addString(key)
                    .addString(executionId)
                    .addString(value.inline())
                    .addString(value.sha256())
                    .addLong(value.size()));
        });
        return Sql.each(connection, "DELETE FROM task_state WHERE task_id = ? AND state_key = ?", keys)
                .compose(deleted -> Sql.each(
                        connection,
                        "INSERT INTO task_state (task_id, state_key, execution_id, value, sha256, size) "
                                + "VALUES (?, ?, ?, ?, ?, ?)",
                        rows));
    }

    /**
     * Writes to the ledger, which has a new revision then.
     *
     * @param by the execution whose stage wrote, or a person's name
     * @param ledger ledger key to value as JSON text, null to remove the key
     */
    static Future<Void> storeLedger(
            SqlConnection connection, String taskId, String by, Map<String, @Nullable String> ledger, Instant now) {
        if (ledger.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Tuple> keys = new ArrayList<>();
        List<Tuple> rows = new ArrayList<>();
        ledger.forEach((key, value) -> {
            keys.add(Tuple.of(taskId, key));
            if (value != null) {
                rows.add(Tuple.of(taskId, key, value, by, Sql.at(now)));
            }
        });
        return Sql.each(connection, "DELETE FROM task_ledger WHERE task_id = ? AND ledger_key = ?", keys)
                .compose(deleted -> Sql.each(
                        connection,
                        "INSERT INTO task_ledger (task_id, ledger_key, value, written_by, written_at) "
                                + "VALUES (?, ?, ?, ?, ?)",
                        rows))
                .compose(stored -> connection
                        .preparedQuery("UPDATE tasks SET ledger_revision = ledger_revision + 1 WHERE id = ?")
                        .execute(Tuple.of(taskId)))
                .mapEmpty();
    }
}
