package dev.callboard.execution;

import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.json.Json;
import dev.callboard.model.ExecutionStatus;
import dev.callboard.model.ProblemException;
import dev.callboard.model.StageOrder;
import dev.callboard.model.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads tasks as the engine needs them. */
final class TaskRecordRepository {
    /** Reads a task with its selected stages and their latest attempts. Fails with {@code unknown_task}. */
    Future<TaskRecord> load(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery("SELECT t.id, t.project_id, t.status, t.revision, t.input, t.settings, p.policies "
                        + "FROM tasks t JOIN projects p ON p.id = t.project_id "
                        + "WHERE t.id = ? AND t.archived_at IS NULL")
                .execute(Tuple.of(taskId))
                .compose(tasks -> tasks.size() == 0
                        ? Future.failedFuture(
                                ProblemException.notFound("unknown_task", "There is no task '" + taskId + "'."))
                        : load(connection, tasks.iterator().next()));
    }

    private Future<TaskRecord> load(SqlConnection connection, Row task) {
        String taskId = task.getString("id");
        return connection
                .preparedQuery("SELECT s.id, s.name, s.stage_type, s.sort_order, s.depends_on, s.settings, s.policy, "
                        + "s.metadata_overrides, x.sort_order AS selected_order FROM stage_templates s "
                        + "LEFT JOIN task_stages x ON x.stage_template_id = s.id AND x.task_id = ? "
                        + "WHERE s.project_id = ? AND s.deleted_at IS NULL ORDER BY s.sort_order, s.id")
                .execute(Tuple.of(taskId, task.getString("project_id")))
                .compose(templates -> connection
                        .preparedQuery("SELECT id, task_id, stage_template_id, attempt, fence, status, error "
                                + "FROM stage_executions WHERE task_id = ? ORDER BY fence")
                        .execute(Tuple.of(taskId))
                        .map(attempts -> record(task, templates, attempts)));
    }

    private static TaskRecord record(Row task, RowSet<Row> templateRows, RowSet<Row> attemptRows) {
        List<StageOrder.Node> nodes = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        Map<String, Template> templates = new LinkedHashMap<>();
        for (Row row : templateRows) {
            Integer selectedOrder = row.getInteger("selected_order");
            String id = row.getString("id");
            List<String> dependsOn = new ArrayList<>();
            ((List<?>) Json.read(row.getString("depends_on"), List.class))
                    .forEach(key -> dependsOn.add(String.valueOf(key)));
            nodes.add(new StageOrder.Node(
                    id, selectedOrder == null ? row.getInteger("sort_order") : selectedOrder, dependsOn));
            if (selectedOrder != null) {
                selected.add(id);
            }
            templates.put(
                    id,
                    new Template(
                            id,
                            row.getString("name"),
                            row.getString("stage_type"),
                            map(row.getString("settings")),
                            row.getString("policy"),
                            map(row.getString("metadata_overrides"))));
        }
        StageOrder order = StageOrder.of(nodes);
        Map<String, Attempt> latest = new LinkedHashMap<>();
        long lastFence = 0;
        for (Row row : attemptRows) {
            Attempt attempt = attempt(row);
            latest.put(attempt.templateId(), attempt);
            lastFence = Math.max(lastFence, attempt.fence());
        }
        return new TaskRecord(
                task.getString("id"),
                TaskStatus.of(task.getString("status")),
                task.getLong("revision"),
                list(task.getString("input")),
                map(task.getString("settings")),
                map(task.getString("policies")),
                selected.isEmpty() ? order : order.select(selected),
                templates,
                latest,
                lastFence);
    }

    private static Attempt attempt(Row row) {
        return new Attempt(
                row.getString("id"),
                row.getString("task_id"),
                row.getString("stage_template_id"),
                row.getInteger("attempt"),
                row.getLong("fence"),
                ExecutionStatus.of(row.getString("status")),
                row.getString("error"));
    }

    /** The ids of the tasks that are running, oldest first. */
    Future<List<String>> runningTasks(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT id FROM tasks WHERE status = 'running' AND archived_at IS NULL ORDER BY id")
                .execute()
                .map(rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString("id")));
                    return ids;
                });
    }

    static Map<String, @Nullable Object> map(String json) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) Json.read(json, Map.class)).forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    private static List<Object> list(String json) {
        return List.copyOf((List<?>) Json.read(json, List.class));
    }
}
