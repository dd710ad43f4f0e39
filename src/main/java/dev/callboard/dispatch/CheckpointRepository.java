package dev.callboard.dispatch;

import dev.callboard.json.Json;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SQL of how far stages of tasks are. */
final class CheckpointRepository {
    private final Database database;

    CheckpointRepository(Database database) {
        this.database = database;
    }

    /** What was kept last; empty when nothing. */
    @SuppressWarnings("unchecked")
    Future<Map<String, @Nullable Object>> load(String taskId, String templateId) {
        return database.read(transaction -> transaction
                .execute(
                        "SELECT checkpoint FROM stage_checkpoints WHERE task_id = ? AND stage_template_id = ?",
                        Tuple.of(taskId, templateId))
                .map(rows -> rows.size() == 0
                        ? Map.of()
                        : Json.read(rows.iterator().next().getString("checkpoint"), Map.class)));
    }

    /** @param checkpoint JSON text */
    Future<Void> keep(String taskId, String templateId, String checkpoint, Instant now) {
        return database.write(transaction -> Sql.guarded(
                        transaction,
                        "UPDATE stage_checkpoints SET checkpoint = ?, kept_at = ? WHERE task_id = ? AND stage_template_id = ?",
                        Tuple.of(checkpoint, Sql.at(now), taskId, templateId))
                .compose(there -> there
                        ? Future.succeededFuture()
                        : transaction
                                .execute(
                                        "INSERT INTO stage_checkpoints (task_id, stage_template_id, checkpoint, kept_at)"
                                                + " VALUES (?, ?, ?, ?)",
                                        Tuple.of(taskId, templateId, checkpoint, Sql.at(now)))
                                .mapEmpty()));
    }

    Future<Void> remove(String taskId, String templateId) {
        return database.write(transaction -> transaction
                .execute(
                        "DELETE FROM stage_checkpoints WHERE task_id = ? AND stage_template_id = ?",
                        Tuple.of(taskId, templateId))
                .mapEmpty());
    }
}
