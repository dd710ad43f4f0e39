package dev.callboard.tasks;

import dev.callboard.palette.StageResolver;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages.SelectedStage;
import dev.callboard.tasks.TaskMessages.SelectionReply;
import dev.callboard.taskview.TaskViews;
import dev.callboard.taskview.ViewedTask.ViewedValue;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads tasks as clients see them. */
final class TaskViewRepository {
    private static final String COLUMNS = "t.id, t.project_id, t.title, t.labels, t.status, "
            + "t.current_stage_id, t.suggestions, t.error, t.trigger_id, t.trigger_type, t.trigger_due_at, t.created_by, t.revision, "
            + "t.created_at, t.updated_at, COALESCE(t.status_since, t.updated_at) AS status_since, t.started_at, t.completed_at, t.archived_at, "
            + "p.kind, p.pipeline, p.pipeline_version, p.policies ";
    private static final String FROM = "FROM tasks t JOIN projects p ON p.id = t.project_id ";
    private static final String TASKS = "SELECT t.description, t.user_input, t.input, " + COLUMNS + FROM;
    private static final String LISTED =
            "SELECT " + cut("description") + ", " + cut("user_input") + ", '[]' AS input, " + COLUMNS + FROM;

    private final StageResolver resolver;
    private final Clock clock;

    /** One character more than lists show of a text, so that it can be seen that it was cut. */
    private static String cut(String column) {
        return "SUBSTRING(t." + column + " FROM 1 FOR " + (TaskView.LISTED_TEXT + 1) + ") AS " + column;
    }

    TaskViewRepository(StageResolver resolver, Clock clock) {
        this.resolver = resolver;
        this.clock = clock;
    }

    /** One task, archived or not. Fails with {@code unknown_task}. */
    Future<TaskView> get(Transaction transaction, String id) {
        return transaction
                .execute(TASKS + "WHERE t.id = ?", Tuple.of(id))
                .compose(rows -> views(transaction, rows, true))
                .map(views -> {
                    if (views.isEmpty()) {
                        throw unknown(id);
                    }
                    return views.get(0);
                });
    }

    /** Those of these tasks that exist, archived or not. */
    Future<List<TaskView>> all(Transaction transaction, Set<String> ids) {
        return in(transaction, TASKS + "WHERE t.id IN (#)", ids).compose(rows -> views(transaction, rows, true));
    }

    static ProblemException unknown(String id) {
        return ProblemException.notFound("unknown_task", "There is no task '" + id + "'.");
    }

    /** Those of these tasks that exist, in this order, as lists show them: without ledger and input, long texts cut. */
    Future<List<TaskView>> listed(Transaction transaction, List<String> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(List.of())
                : in(transaction, LISTED + "WHERE t.id IN (#)", new LinkedHashSet<>(ids))
                        .compose(rows -> views(transaction, rows, false))
                        .map(views -> {
                            Map<String, TaskView> byId = new LinkedHashMap<>();
                            views.forEach(view -> byId.put(view.id(), view));
                            return ids.stream()
                                    .map(byId::get)
                                    .filter(Objects::nonNull)
                                    .toList();
                        });
    }

    private Future<List<TaskView>> views(Transaction transaction, RowSet<Row> tasks, boolean whole) {
        Set<String> taskIds = new LinkedHashSet<>();
        Set<String> projectIds = new LinkedHashSet<>();
        tasks.forEach(row -> {
            taskIds.add(row.getString("id"));
            projectIds.add(row.getString("project_id"));
        });
        if (taskIds.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return in(
                        transaction,
                        "SELECT id, project_id, name, stage_type, sort_order, depends_on, locked, metadata_overrides, "
                                + "deleted_at, approval, policy, output_format, output_schema FROM stage_templates WHERE project_id IN (#) ORDER BY sort_order, id",
                        projectIds)
                .compose(templates -> in(
                                transaction,
                                "SELECT task_id, stage_template_id, sort_order FROM task_stages "
                                        + "WHERE task_id IN (#)",
                                taskIds)
                        .compose(selections -> in(
                                        transaction,
                                        "SELECT id, task_id, stage_template_id, attempt, status, error, output_count, waiting, worker_wait, "
                                                + "not_before, created_at, started_at, duration_ms FROM stage_executions WHERE task_id IN (#) ORDER BY fence",
                                        taskIds)
                                .compose(executions -> in(
                                                transaction,
                                                "SELECT task_id, state_key, execution_id, sha256, size, "
                                                        + "CASE WHEN size <= " + ViewedValue.SHOWN
                                                        + " THEN value END AS small_value FROM task_state "
                                                        + "WHERE task_id IN (#) ORDER BY state_key",
                                                taskIds)
                                        .compose(state -> ledger(transaction, whole ? taskIds : Set.of())
                                                .map(ledger -> {
                                                    ViewedTaskRows rows = new ViewedTaskRows(
                                                            templates, selections, executions, state, ledger);
                                                    TaskViews made = new TaskViews(resolver, clock.instant());
                                                    List<TaskView> views = new ArrayList<>();
                                                    tasks.forEach(task -> views.add(made.view(rows.task(task))));
                                                    return views;
                                                })))));
    }

    private static Future<List<Row>> ledger(Transaction transaction, Set<String> taskIds) {
        return taskIds.isEmpty()
                ? Future.succeededFuture(List.of())
                : in(
                                transaction,
                                "SELECT task_id, ledger_key, value FROM task_ledger "
                                        + "WHERE task_id IN (#) ORDER BY ledger_key",
                                taskIds)
                        .map(rows -> {
                            List<Row> all = new ArrayList<>();
                            rows.forEach(all::add);
                            return all;
                        });
    }

    private static Future<RowSet<Row>> in(Transaction transaction, String sql, Set<String> ids) {
        String places = ids.stream().map(id -> "?").collect(Collectors.joining(", "));
        return transaction.execute(sql.replace("#", places), Tuple.wrap(new ArrayList<Object>(ids)));
    }

    /** A task's selection; all stages when it has none of its own. */
    Future<SelectionReply> selection(Transaction transaction, String taskId) {
        return transaction
                .execute(
                        "SELECT selection_revision, "
                                + "(SELECT COUNT(*) FROM task_stages s WHERE s.task_id = t.id) AS own FROM tasks t WHERE id = ?",
                        Tuple.of(taskId))
                .compose(rows -> get(transaction, taskId)
                        .map(task -> new SelectionReply(
                                task.stages().stream()
                                        .filter(TaskView.Stage::selected)
                                        .map(stage -> new SelectedStage(stage.id(), stage.sortOrder()))
                                        .toList(),
                                rows.iterator().next().getLong("own") == 0,
                                rows.iterator().next().getLong("selection_revision"))));
    }
}
