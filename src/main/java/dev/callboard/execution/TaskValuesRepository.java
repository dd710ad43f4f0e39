package dev.callboard.execution;

import dev.callboard.execution.ExecutionMessages.OutputReply;
import dev.callboard.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the values that a task has gathered. */
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
}
