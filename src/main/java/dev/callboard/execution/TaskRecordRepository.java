package dev.callboard.execution;

import dev.callboard.execution.StageOutcome.StoredJson;
import dev.callboard.execution.TaskRecord.LedgerValue;
import dev.callboard.execution.TaskRecord.Project;
import dev.callboard.execution.TaskRecord.StateValue;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ApprovalRule;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tasks as the engine needs them. */
final class TaskRecordRepository {
    /** Reads a task. Fails with {@code unknown_task}. */
    Future<TaskRecord> load(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery(
                        "SELECT t.id, t.project_id, t.title, t.description, t.user_input, t.created_at, t.status, "
                                + "t.status_since, t.current_stage_id, t.error, t.suggestions, t.revision, t.selection_revision, "
                                + "t.ledger_revision, t.updated_at, t.started_at, t.completed_at, t.input, t.settings, "
                                + "p.policies, p.plugins, p.sinks FROM tasks t JOIN projects p ON p.id = t.project_id "
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
        Tuple ofTask = Tuple.of(taskId);
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
                        .preparedQuery("SELECT " + AttemptRows.COLUMNS
                                + " FROM stage_executions e WHERE e.task_id = ? ORDER BY e.fence")
                        .execute(ofTask)
                        .compose(attempts -> connection
                                .preparedQuery("SELECT state_key, execution_id, value, sha256, size FROM task_state "
                                        + "WHERE task_id = ? ORDER BY state_key")
                                .execute(ofTask)
                                .compose(values -> connection
                                        .preparedQuery("SELECT ledger_key, value, written_by, written_at "
                                                + "FROM task_ledger WHERE task_id = ? ORDER BY ledger_key")
                                        .execute(ofTask)
                                        .compose(ledger -> leftOut(connection, taskId, templates)
                                                .map(leftOut ->
                                                        record(task, templates, attempts, values, ledger, leftOut))))));
    }

    /** Only projects of which stages were deleted have any. */
    private static Future<Set<String>> leftOut(SqlConnection connection, String taskId, RowSet<Row> templates) {
        boolean any = false;
        for (Row row : templates) {
            any |= row.getOffsetDateTime("deleted_at") != null;
        }
        return any
                ? connection
                        .preparedQuery("SELECT detail FROM task_timeline WHERE task_id = ? AND kind = 'left_out'")
                        .execute(Tuple.of(taskId))
                        .map(rows -> {
                            Set<String> names = new LinkedHashSet<>();
                            rows.forEach(row -> names.add(row.getString("detail")));
                            return names;
                        })
                : Future.succeededFuture(Set.of());
    }

    private static List<PipelineSink> sinks(@Nullable String json) {
        return json == null
                ? List.of()
                : list(json).stream()
                        .map(sink -> PipelineSink.stored((Map<?, ?>) sink))
                        .toList();
    }

    private static TaskRecord record(
            Row task,
            RowSet<Row> templateRows,
            RowSet<Row> attemptRows,
            RowSet<Row> valueRows,
            RowSet<Row> ledgerRows,
            Set<String> leftOut) {
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
        Map<String, AttemptRow> attempts = new LinkedHashMap<>();
        attemptRows.forEach(row -> attempts.put(row.getString("id"), AttemptRows.of(row)));
        Map<String, StateValue> values = new LinkedHashMap<>();
        valueRows.forEach(row -> values.put(
                row.getString("state_key"),
                new StateValue(
                        row.getString("execution_id"),
                        new StoredJson(row.getString("value"), row.getString("sha256"), row.getLong("size")))));
        Map<String, LedgerValue> ledger = new LinkedHashMap<>();
        ledgerRows.forEach(row -> ledger.put(
                row.getString("ledger_key"),
                new LedgerValue(
                        row.getString("value"),
                        row.getString("written_by"),
                        row.getOffsetDateTime("written_at").toInstant())));
        String plugins = task.getString("plugins");
        return new TaskRecord(
                row(task),
                new TaskRecord.About(
                        task.getString("title"),
                        task.getString("description"),
                        task.getString("user_input"),
                        task.getOffsetDateTime("created_at").toInstant()),
                new Project(
                        task.getString("project_id"),
                        map(task.getString("policies")),
                        plugins == null ? Map.of() : map(plugins),
                        sinks(task.getString("sinks")),
                        templates),
                list(task.getString("input")),
                map(task.getString("settings")),
                selection,
                attempts,
                values,
                ledger,
                leftOut);
    }

    private static TaskRow row(Row task) {
        return new TaskRow(
                task.getString("id"),
                TaskStatus.of(task.getString("status")),
                Sql.instant(task, "status_since"),
                task.getString("current_stage_id"),
                task.getString("error"),
                task.getString("user_input"),
                task.getString("suggestions"),
                task.getLong("revision"),
                task.getLong("selection_revision"),
                task.getLong("ledger_revision"),
                task.getOffsetDateTime("updated_at").toInstant(),
                Sql.instant(task, "started_at"),
                Sql.instant(task, "completed_at"));
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
