package dev.callboard.engine;

import dev.callboard.engine.Gathered.LedgerValue;
import dev.callboard.engine.Gathered.StateValue;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.engine.Transitions.Unstarted;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.TaskStatus;
import dev.callboard.taskmodel.TaskTrigger;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tasks as the engine needs them. */
final class TaskRecordRepository {
    private static final ProjectRecordRepository PROJECTS = new ProjectRecordRepository();

    /** Where projects come from: they are shared by many tasks. */
    interface Projects {
        /** A project that is there. */
        Future<ProjectRecord> get(Transaction transaction, String id);
    }

    /** Reads a task with its project. Fails with {@code unknown_task}. */
    Future<TaskRecord> load(Transaction transaction, String taskId) {
        return load(transaction, taskId, PROJECTS::load);
    }

    /** Reads a task. Fails with {@code unknown_task}, also for an archived one. */
    Future<TaskRecord> load(Transaction transaction, String taskId, Projects projects) {
        return transaction
                .execute(
                        "SELECT id, project_id, title, description, user_input, created_at, status, status_since, "
                                + "current_stage_id, error, suggestions, revision, selection_revision, ledger_revision, "
                                + "updated_at, started_at, completed_at, input, settings, labels, created_by, trigger_id, "
                                + "trigger_type, trigger_due_at FROM tasks WHERE id = ? AND archived_at IS NULL",
                        Tuple.of(taskId))
                .compose(tasks -> tasks.size() == 0
                        ? Future.failedFuture(
                                ProblemException.notFound("unknown_task", "There is no task '" + taskId + "'."))
                        : load(transaction, tasks.iterator().next(), projects));
    }

    /** As {@link #load}, for what somebody wants of a task: an archived one is refused with {@code wrong_status}. */
    Future<TaskRecord> loadOpen(Transaction transaction, String taskId) {
        return load(transaction, taskId).recover(failure -> refuseArchived(transaction, taskId, failure));
    }

    /** Fails: with {@code wrong_status} when a task is archived, else with what loading it failed with. */
    Future<TaskRecord> refuseArchived(Transaction transaction, String taskId, Throwable failure) {
        return transaction
                .execute("SELECT id FROM tasks WHERE id = ? AND archived_at IS NOT NULL", Tuple.of(taskId))
                .compose(archived -> Future.failedFuture(
                        archived.size() == 0
                                ? failure
                                : ProblemException.illegalState(
                                        "wrong_status", "The task is archived; restore it first.")));
    }

    private Future<TaskRecord> load(Transaction transaction, Row task, Projects projects) {
        String taskId = task.getString("id");
        Tuple ofTask = Tuple.of(taskId);
        return projects.get(transaction, task.getString("project_id"))
                .compose(project -> selection(transaction, taskId).compose(selection -> transaction
                        .execute(
                                "SELECT " + AttemptRows.COLUMNS
                                        + " FROM stage_executions e WHERE e.task_id = ? ORDER BY e.fence",
                                ofTask)
                        .compose(attempts -> gathered(transaction, ofTask)
                                .compose(gathered -> leftOut(transaction, taskId, project)
                                        .map(leftOut -> TaskRecord.of(
                                                row(task),
                                                given(task),
                                                project,
                                                selection,
                                                attempts(attempts),
                                                gathered,
                                                leftOut))))));
    }

    private static Future<Map<String, Integer>> selection(Transaction transaction, String taskId) {
        return transaction
                .execute(
                        "SELECT x.stage_template_id, x.sort_order FROM task_stages x "
                                + "JOIN stage_templates s ON s.id = x.stage_template_id WHERE x.task_id = ? "
                                + "ORDER BY s.sort_order, s.id",
                        Tuple.of(taskId))
                .map(rows -> {
                    Map<String, Integer> selection = new LinkedHashMap<>();
                    rows.forEach(
                            row -> selection.put(row.getString("stage_template_id"), row.getInteger("sort_order")));
                    return selection;
                });
    }

    private static Map<String, AttemptRow> attempts(RowSet<Row> rows) {
        Map<String, AttemptRow> attempts = new LinkedHashMap<>();
        rows.forEach(row -> attempts.put(row.getString("id"), AttemptRows.of(row)));
        return attempts;
    }

    private static Future<Gathered> gathered(Transaction transaction, Tuple ofTask) {
        return transaction
                .execute(
                        "SELECT state_key, execution_id, value, sha256, size FROM task_state "
                                + "WHERE task_id = ? ORDER BY state_key",
                        ofTask)
                .compose(values -> transaction
                        .execute(
                                "SELECT ledger_key, value, written_by, written_at "
                                        + "FROM task_ledger WHERE task_id = ? ORDER BY ledger_key",
                                ofTask)
                        .map(ledger -> new Gathered(values(values), ledger(ledger))));
    }

    private static Map<String, StateValue> values(RowSet<Row> rows) {
        Map<String, StateValue> values = new LinkedHashMap<>();
        rows.forEach(row -> values.put(
                row.getString("state_key"),
                new StateValue(
                        row.getString("execution_id"),
                        new StoredJson(row.getString("value"), row.getString("sha256"), row.getLong("size")))));
        return values;
    }

    private static Map<String, LedgerValue> ledger(RowSet<Row> rows) {
        Map<String, LedgerValue> ledger = new LinkedHashMap<>();
        rows.forEach(row -> ledger.put(
                row.getString("ledger_key"),
                new LedgerValue(
                        row.getString("value"),
                        row.getString("written_by"),
                        row.getOffsetDateTime("written_at").toInstant())));
        return ledger;
    }

    /** Only projects of which stages were deleted have any. */
    private static Future<Set<String>> leftOut(Transaction transaction, String taskId, ProjectRecord project) {
        return project.templates().values().stream().anyMatch(template -> template.deletedAt() != null)
                ? transaction
                        .execute(
                                "SELECT detail FROM task_timeline WHERE task_id = ? AND kind = 'left_out'",
                                Tuple.of(taskId))
                        .map(rows -> {
                            Set<String> names = new LinkedHashSet<>();
                            rows.forEach(row -> names.add(row.getString("detail")));
                            return names;
                        })
                : Future.succeededFuture(Set.of());
    }

    private static Given given(Row task) {
        String trigger = task.getString("trigger_id");
        return new Given(
                task.getString("title"),
                task.getString("description"),
                list(task.getString("input")),
                map(task.getString("settings")),
                task.getString("labels"),
                task.getString("created_by"),
                trigger == null
                        ? null
                        : new TaskTrigger(trigger, task.getString("trigger_type"), Sql.instant(task, "trigger_due_at")),
                task.getOffsetDateTime("created_at").toInstant());
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

    /** The ids of the tasks that are running, oldest first. */
    Future<List<String>> runningTasks(Transaction transaction) {
        return transaction
                .execute("SELECT id FROM tasks WHERE status = 'running' AND archived_at IS NULL ORDER BY id")
                .map(rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString("id")));
                    return ids;
                });
    }

    /** Tasks that were to start as soon as they were made, and did not, the oldest first. */
    Future<List<Unstarted>> unstarted(Transaction transaction) {
        return transaction
                .execute("SELECT id, created_by FROM tasks WHERE status = 'pending' AND auto_start = TRUE "
                        + "AND archived_at IS NULL ORDER BY id")
                .map(rows -> {
                    List<Unstarted> tasks = new ArrayList<>();
                    rows.forEach(row -> tasks.add(new Unstarted(row.getString("id"), row.getString("created_by"))));
                    return tasks;
                });
    }

    /** What the pipeline of a task that may be started or retried says of plugins; nothing of any other. */
    Future<Map<String, @Nullable Object>> neededPlugins(Transaction transaction, String taskId) {
        return transaction
                .execute(
                        "SELECT p.plugins FROM tasks t JOIN projects p ON p.id = t.project_id "
                                + "WHERE t.id = ? AND t.status IN ('pending', 'failed') AND p.plugins IS NOT NULL",
                        Tuple.of(taskId))
                .map(rows ->
                        rows.size() == 0 ? Map.of() : map(rows.iterator().next().getString("plugins")));
    }

    static Map<String, @Nullable Object> map(String json) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) Json.read(json, Map.class)).forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    static List<Object> list(String json) {
        return List.copyOf((List<?>) Json.read(json, List.class));
    }
}
