package dev.callboard.execution;

import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.execution.TaskRecord.AttemptSchedule;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.ApprovalRule;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
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
                .preparedQuery(
                        "SELECT t.id, t.project_id, t.title, t.description, t.user_input, t.created_at, t.status, "
                                + "t.revision, t.selection_revision, t.input, t.settings, p.policies, p.plugins, "
                                + "p.sinks "
                                + "FROM tasks t JOIN projects p ON p.id = t.project_id "
                                + "WHERE t.id = ? AND t.archived_at IS NULL")
                .execute(Tuple.of(taskId))
                .compose(tasks -> tasks.size() == 0
                        ? Future.failedFuture(
                                ProblemException.notFound("unknown_task", "There is no task '" + taskId + "'."))
                        : load(connection, tasks.iterator().next()));
    }

    /** As {@link #load}, for what somebody wants of a task: an archived one is refused with {@code wrong_status}. */
    Future<TaskRecord> loadOpen(SqlConnection connection, String taskId) {
        return load(connection, taskId).recover(failure -> connection
                .preparedQuery("SELECT id FROM tasks WHERE id = ? AND archived_at IS NOT NULL")
                .execute(Tuple.of(taskId))
                .compose(archived -> Future.failedFuture(
                        archived.size() == 0
                                ? failure
                                : ProblemException.illegalState(
                                        "wrong_status", "The task is archived; restore it first."))));
    }

    private Future<TaskRecord> load(SqlConnection connection, Row task) {
        String taskId = task.getString("id");
        return connection
                .preparedQuery(
                        "SELECT s.id, s.name, s.stage_type, s.sort_order, s.depends_on, s.inputs, s.settings, s.policy, "
                                + "s.metadata_overrides, s.approval, s.locked, s.input_source, s.prompt_template, "
                                + "s.output_format, s.output_schema, s.deleted_at, x.sort_order AS selected_order "
                                + "FROM stage_templates s "
                                + "LEFT JOIN task_stages x ON x.stage_template_id = s.id AND x.task_id = ? "
                                + "WHERE s.project_id = ? ORDER BY s.sort_order, s.id")
                .execute(Tuple.of(taskId, task.getString("project_id")))
                .compose(templates -> connection
                        .preparedQuery(
                                "SELECT id, task_id, stage_template_id, attempt, fence, status, user_input, error, waiting, "
                                        + "not_before, tries "
                                        + "FROM stage_executions WHERE task_id = ? ORDER BY fence")
                        .execute(Tuple.of(taskId))
                        .map(attempts -> record(task, templates, attempts)));
    }

    private static List<PipelineSink> sinks(@Nullable String json) {
        return json == null
                ? List.of()
                : list(json).stream()
                        .map(sink -> PipelineSink.stored((Map<?, ?>) sink))
                        .toList();
    }

    private static TaskRecord record(Row task, RowSet<Row> templateRows, RowSet<Row> attemptRows) {
        Map<String, Integer> selection = new LinkedHashMap<>();
        Map<String, Template> templates = new LinkedHashMap<>();
        for (Row row : templateRows) {
            Template template = template(row);
            templates.put(template.id(), template);
            Integer selectedOrder = row.getInteger("selected_order");
            if (selectedOrder != null) {
                selection.put(template.id(), selectedOrder);
            }
        }
        Map<String, @Nullable Object> policies = map(task.getString("policies"));
        String plugins = task.getString("plugins");
        Map<String, Attempt> latest = new LinkedHashMap<>();
        long lastFence = 0;
        for (Row row : attemptRows) {
            Template of = templates.get(row.getString("stage_template_id"));
            Attempt attempt = attempt(
                    row, TaskRecord.limits(task.getString("project_id"), policies, of == null ? null : of.policy()));
            latest.put(attempt.templateId(), attempt);
            lastFence = Math.max(lastFence, attempt.fence());
        }
        return new TaskRecord(
                task.getString("id"),
                task.getString("project_id"),
                new TaskRecord.About(
                        task.getString("title"),
                        task.getString("description"),
                        task.getString("user_input"),
                        task.getOffsetDateTime("created_at").toInstant()),
                TaskStatus.of(task.getString("status")),
                task.getLong("revision"),
                task.getLong("selection_revision"),
                list(task.getString("input")),
                map(task.getString("settings")),
                policies,
                plugins == null ? Map.of() : map(plugins),
                sinks(task.getString("sinks")),
                TaskRecord.orderOf(templates, selection),
                selection,
                templates,
                latest,
                lastFence);
    }

    private static Template template(Row row) {
        String approval = row.getString("approval");
        String schema = row.getString("output_schema");
        String dependsOn = row.getString("depends_on");
        String inputs = row.getString("inputs");
        OffsetDateTime deleted = row.getOffsetDateTime("deleted_at");
        return new Template(
                row.getString("id"),
                row.getString("name"),
                row.getString("stage_type"),
                row.getInteger("sort_order"),
                dependsOn == null,
                dependsOn == null
                        ? List.of()
                        : list(dependsOn).stream().map(String::valueOf).toList(),
                inputs == null ? Map.of() : PortInput.ofStored(map(inputs)),
                map(row.getString("settings")),
                row.getString("policy"),
                ApprovalRule.of(approval == null ? null : Json.read(approval, Object.class)),
                row.getBoolean("locked"),
                new StagePrompt(
                        row.getString("prompt_template"),
                        row.getString("input_source"),
                        row.getString("output_format"),
                        schema == null ? null : map(schema)),
                map(row.getString("metadata_overrides")),
                deleted == null ? null : deleted.toInstant());
    }

    private static Attempt attempt(Row row, TaskRecord.@Nullable PolicyUse limits) {
        OffsetDateTime notBefore = row.getOffsetDateTime("not_before");
        ExecutionStatus status = ExecutionStatus.of(row.getString("status"));
        return new Attempt(
                row.getString("id"),
                row.getString("task_id"),
                row.getString("stage_template_id"),
                row.getInteger("attempt"),
                row.getLong("fence"),
                status,
                row.getString("user_input"),
                row.getString("error"),
                status == ExecutionStatus.RUNNING && row.getString("waiting") != null,
                new AttemptSchedule(row.getInteger("tries"), notBefore == null ? null : notBefore.toInstant(), limits));
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

    /**
     * A task that was to start as soon as it was made, and did not.
     *
     * @param by who made it
     */
    record Unstarted(String id, String by) {}

    /** Those there are, the oldest first. */
    Future<List<Unstarted>> unstarted(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT id, created_by FROM tasks WHERE status = 'pending' AND auto_start = TRUE "
                        + "AND archived_at IS NULL ORDER BY id")
                .execute()
                .map(rows -> {
                    List<Unstarted> tasks = new ArrayList<>();
                    rows.forEach(row -> tasks.add(new Unstarted(row.getString("id"), row.getString("created_by"))));
                    return tasks;
                });
    }

    /** What the pipeline of a task that may be started or retried says of plugins; nothing of any other. */
    Future<Map<String, @Nullable Object>> neededPlugins(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery("SELECT p.plugins FROM tasks t JOIN projects p ON p.id = t.project_id "
                        + "WHERE t.id = ? AND t.status IN ('pending', 'failed') AND p.plugins IS NOT NULL")
                .execute(Tuple.of(taskId))
                .map(rows ->
                        rows.size() == 0 ? Map.of() : map(rows.iterator().next().getString("plugins")));
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
