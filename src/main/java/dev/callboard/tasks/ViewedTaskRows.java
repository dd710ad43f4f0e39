package dev.callboard.tasks;

import dev.callboard.json.Json;
import dev.callboard.projects.TemplateRepository;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.TaskTrigger;
import dev.callboard.taskmodel.Wait;
import dev.callboard.taskview.ViewedProject;
import dev.callboard.taskview.ViewedProject.ViewedTemplate;
import dev.callboard.taskview.ViewedTask;
import dev.callboard.taskview.ViewedTask.ViewedAttempt;
import dev.callboard.taskview.ViewedTask.ViewedValue;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the rows of several tables together to what views of tasks show. */
final class ViewedTaskRows {
    private final Map<String, List<Row>> templates;
    private final Map<String, List<Row>> selections;
    private final Map<String, List<Row>> executions;
    private final Map<String, List<Row>> state;
    private final Map<String, List<Row>> ledger;
    private final Map<String, ViewedProject> projects = new HashMap<>();

    ViewedTaskRows(
            Iterable<Row> templates,
            Iterable<Row> selections,
            Iterable<Row> executions,
            Iterable<Row> state,
            Iterable<Row> ledger) {
        this.templates = by(templates, "project_id");
        this.selections = by(selections, "task_id");
        this.executions = by(executions, "task_id");
        this.state = by(state, "task_id");
        this.ledger = by(ledger, "task_id");
    }

    private static Map<String, List<Row>> by(Iterable<Row> rows, String column) {
        Map<String, List<Row>> grouped = new LinkedHashMap<>();
        rows.forEach(row -> grouped.computeIfAbsent(row.getString(column), key -> new ArrayList<>())
                .add(row));
        return grouped;
    }

    ViewedTask task(Row task) {
        String id = task.getString("id");
        Map<String, Integer> selection = new LinkedHashMap<>();
        selections
                .getOrDefault(id, List.of())
                .forEach(row -> selection.put(row.getString("stage_template_id"), row.getInteger("sort_order")));
        Map<String, ViewedValue> values = new LinkedHashMap<>();
        state.getOrDefault(id, List.of())
                .forEach(row -> values.put(
                        row.getString("state_key"),
                        new ViewedValue(
                                row.getString("execution_id"),
                                row.getString("small_value"),
                                row.getString("sha256"),
                                row.getLong("size"))));
        Map<String, String> written = new LinkedHashMap<>();
        ledger.getOrDefault(id, List.of())
                .forEach(row -> written.put(row.getString("ledger_key"), row.getString("value")));
        return new ViewedTask(
                projects.computeIfAbsent(task.getString("project_id"), project -> project(project, task)),
                head(task),
                stand(task),
                selection,
                executions.getOrDefault(id, List.of()).stream()
                        .map(ViewedTaskRows::attempt)
                        .toList(),
                values,
                written);
    }

    private static ViewedTask.Head head(Row task) {
        String trigger = task.getString("trigger_id");
        return new ViewedTask.Head(
                task.getString("id"),
                task.getString("title"),
                task.getString("description"),
                TaskLabels.read(task.getString("labels")),
                List.copyOf((List<?>) Json.read(task.getString("input"), List.class)),
                trigger == null
                        ? null
                        : new TaskTrigger(trigger, task.getString("trigger_type"), Sql.instant(task, "trigger_due_at")),
                task.getString("created_by"),
                Objects.requireNonNull(Sql.instant(task, "created_at")),
                Sql.instant(task, "archived_at"));
    }

    private static ViewedTask.Stand stand(Row task) {
        return new ViewedTask.Stand(
                task.getString("status"),
                Objects.requireNonNull(Sql.instant(task, "status_since")),
                task.getString("current_stage_id"),
                task.getString("error"),
                task.getString("user_input"),
                task.getString("suggestions"),
                Objects.requireNonNull(Sql.instant(task, "updated_at")),
                Sql.instant(task, "started_at"),
                Sql.instant(task, "completed_at"),
                task.getLong("revision"));
    }

    private static ViewedAttempt attempt(Row row) {
        String waiting = row.getString("waiting");
        return new ViewedAttempt(
                row.getString("id"),
                row.getString("stage_template_id"),
                row.getInteger("attempt"),
                row.getString("status"),
                row.getString("error"),
                row.getLong("output_count"),
                waiting == null ? null : Wait.of(Json.read(waiting, Map.class)),
                "leased".equals(row.getString("worker_wait")),
                Sql.instant(row, "not_before"),
                Objects.requireNonNull(Sql.instant(row, "created_at")),
                Sql.instant(row, "started_at"),
                row.getLong("duration_ms"));
    }

    private ViewedProject project(String id, Row task) {
        return new ViewedProject(
                id,
                task.getString("kind").equals("project"),
                task.getString("pipeline"),
                task.getString("pipeline_version"),
                map(task.getString("policies")),
                templates.getOrDefault(id, List.of()).stream()
                        .map(ViewedTaskRows::template)
                        .toList());
    }

    private static ViewedTemplate template(Row row) {
        return new ViewedTemplate(
                row.getString("id"),
                row.getString("name"),
                row.getString("stage_type"),
                row.getInteger("sort_order"),
                row.getString("depends_on") == null,
                TemplateRepository.dependsOn(row),
                row.getBoolean("locked"),
                map(row.getString("metadata_overrides")),
                row.getString("policy"),
                json(row, "approval"),
                row.getString("output_format"),
                json(row, "output_schema"),
                Sql.instant(row, "deleted_at"));
    }

    private static Map<String, @Nullable Object> map(String json) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) Json.read(json, Map.class)).forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    private static @Nullable Object json(Row row, String column) {
        String text = row.getString(column);
        return text == null ? null : Json.read(text, Object.class);
    }
}
