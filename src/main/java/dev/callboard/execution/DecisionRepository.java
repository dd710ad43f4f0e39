package dev.callboard.execution;

import dev.callboard.execution.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.problem.Ids;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ExecutionStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes what people decide: approvals, selections, and the suggestions they decide on. */
final class DecisionRepository {
    private final Ids ids;

    DecisionRepository(Ids ids) {
        this.ids = ids;
    }

    /** A decision as it is kept. */
    static String decision(String action, String actor, Instant now) {
        return Json.write(decision(action, actor, now, Map.of()));
    }

    static Map<String, Object> decision(String action, String actor, Instant now, Map<String, Object> members) {
        Map<String, Object> decision = new LinkedHashMap<>();
        decision.put("action", action);
        decision.put("by", actor);
        decision.put("at", now.toString());
        decision.putAll(members);
        return decision;
    }

    /**
     * An attempt that a decision is about.
     *
     * @param output the JSON text, null when it is in a blob or when there is none
     * @param size of the output in bytes, null when it has none
     */
    record Waiting(
            String id,
            String taskId,
            String templateId,
            long fence,
            ExecutionStatus status,
            @Nullable String output,
            @Nullable String sha256,
            @Nullable Long size,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {}

    /** One attempt. */
    Future<Optional<Waiting>> attempt(SqlConnection connection, String id) {
        return connection
                .preparedQuery(
                        "SELECT id, task_id, stage_template_id, fence, status, output, output_sha256, output_size, "
                                + "decided_by, decided_at FROM stage_executions WHERE id = ?")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(waiting(rows.iterator().next())));
    }

    private static Waiting waiting(Row row) {
        OffsetDateTime decided = row.getOffsetDateTime("decided_at");
        return new Waiting(
                row.getString("id"),
                row.getString("task_id"),
                row.getString("stage_template_id"),
                row.getLong("fence"),
                ExecutionStatus.of(row.getString("status")),
                row.getString("output"),
                row.getString("output_sha256"),
                row.getLong("output_size"),
                row.getString("decided_by"),
                decided == null ? null : decided.toInstant());
    }

    /** The last decision of a task: who and when. */
    Future<Optional<Waiting>> lastDecided(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery("SELECT id, task_id, stage_template_id, fence, status, NULL AS output, output_sha256, "
                        + "output_size, decided_by, decided_at FROM stage_executions "
                        + "WHERE task_id = ? AND decided_at IS NOT NULL ORDER BY decided_at DESC, fence DESC LIMIT 1")
                .execute(Tuple.of(taskId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(waiting(rows.iterator().next())));
    }

    /**
     * Approves a waiting attempt; false when it was decided meanwhile.
     *
     * @param made what the person made of the output, null when they left it as it was
     */
    Future<Boolean> approve(
            SqlConnection connection,
            Waiting attempt,
            String decision,
            @Nullable StoredJson made,
            String actor,
            Instant now) {
        boolean first = attempt.size() == null;
        return Sql.guarded(
                        connection,
                        "UPDATE stage_executions SET status = 'approved', decision = ?, decided_by = ?, decided_at = ?, "
                                + "completed_at = COALESCE(completed_at, ?), revision = revision + 1 "
                                + "WHERE id = ? AND fence = ? AND status = 'awaiting_approval'",
                        Tuple.of(decision, actor, Sql.at(now), Sql.at(now), attempt.id(), attempt.fence()))
                .compose(took -> took && made != null
                        ? Sql.guarded(
                                connection,
                                first
                                        ? "UPDATE stage_executions SET output = ?, output_sha256 = ?, output_size = ?, "
                                                + "output_count = 1 WHERE id = ?"
                                        : "UPDATE stage_executions SET decided_output = ?, decided_sha256 = ?, "
                                                + "decided_size = ? WHERE id = ?",
                                Tuple.tuple()
                                        .addString(made.inline())
                                        .addString(made.sha256())
                                        .addLong(made.size())
                                        .addString(attempt.id()))
                        : Future.succeededFuture(took));
    }

    /** Replaces a task's selection; an empty one means all stages. */
    Future<Void> putSelection(SqlConnection connection, String taskId, Map<String, Integer> selection) {
        List<Tuple> rows = selection.entrySet().stream()
                .map(entry -> Tuple.of(ids.next(), taskId, entry.getKey(), entry.getValue()))
                .toList();
        return connection
                .preparedQuery("DELETE FROM task_stages WHERE task_id = ?")
                .execute(Tuple.of(taskId))
                .compose(deleted -> Sql.each(
                        connection,
                        "INSERT INTO task_stages (id, task_id, stage_template_id, sort_order) VALUES (?, ?, ?, ?)",
                        rows))
                .compose(inserted -> connection
                        .preparedQuery("UPDATE tasks SET selection_revision = selection_revision + 1 WHERE id = ?")
                        .execute(Tuple.of(taskId)))
                .mapEmpty();
    }

    /** Keeps what stages suggested, null for nothing. */
    Future<Void> putSuggestions(SqlConnection connection, String taskId, @Nullable String suggestions) {
        return connection
                .preparedQuery("UPDATE tasks SET suggestions = ? WHERE id = ?")
                .execute(Tuple.tuple().addString(suggestions).addString(taskId))
                .mapEmpty();
    }
}
