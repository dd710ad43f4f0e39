package dev.callboard.tasks;

import dev.callboard.json.Json;
import dev.callboard.model.StageOrder;
import dev.callboard.model.TaskView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the rows of several tables together to tasks. */
final class TaskViewRows {
    private final Map<String, List<Row>> templates;
    private final Map<String, List<Row>> selections;
    private final Map<String, List<Row>> executions;
    private final Map<String, List<Row>> state;
    private final Map<String, List<Row>> ledger;

    TaskViewRows(
            RowSet<Row> templates,
            RowSet<Row> selections,
            RowSet<Row> executions,
            RowSet<Row> state,
            RowSet<Row> ledger) {
        this.templates = by(templates, "project_id");
        this.selections = by(selections, "task_id");
        this.executions = by(executions, "task_id");
        this.state = by(state, "task_id");
        this.ledger = by(ledger, "task_id");
    }

    private static Map<String, List<Row>> by(RowSet<Row> rows, String column) {
        Map<String, List<Row>> grouped = new LinkedHashMap<>();
        rows.forEach(row -> grouped.computeIfAbsent(row.getString(column), key -> new ArrayList<>())
                .add(row));
        return grouped;
    }

    TaskView view(Row task) {
        String id = task.getString("id");
        return new TaskView(
                id,
                task.getString("title"),
                task.getString("description"),
                task.getString("status"),
                task.getString("project_id"),
                task.getString("pipeline"),
                task.getString("pipeline_version"),
                task.getString("current_stage_id"),
                stages(id, task.getString("project_id")),
                state(id),
                ledger(id),
                List.copyOf((List<?>) Json.read(task.getString("input"), List.class)),
                task.getString("user_input"),
                task.getString("waiting_for"),
                task.getString("error"),
                task.getString("created_by"),
                Objects.requireNonNull(instant(task, "created_at")),
                Objects.requireNonNull(instant(task, "updated_at")),
                instant(task, "started_at"),
                instant(task, "completed_at"),
                instant(task, "archived_at"),
                task.getLong("revision"));
    }

    private List<TaskView.Stage> stages(String taskId, String projectId) {
        Map<String, Integer> selected = new LinkedHashMap<>();
        selections
                .getOrDefault(taskId, List.of())
                .forEach(row -> selected.put(row.getString("stage_template_id"), row.getInteger("sort_order")));
        Map<String, Row> latest = new LinkedHashMap<>();
        executions.getOrDefault(taskId, List.of()).forEach(row -> latest.put(row.getString("stage_template_id"), row));
        Map<String, Row> rows = new LinkedHashMap<>();
        List<StageOrder.Node> nodes = new ArrayList<>();
        for (Row row : templates.getOrDefault(projectId, List.of())) {
            String id = row.getString("id");
            rows.put(id, row);
            nodes.add(new StageOrder.Node(id, selected.getOrDefault(id, row.getInteger("sort_order")), dependsOn(row)));
        }
        List<TaskView.Stage> stages = new ArrayList<>();
        int number = 0;
        for (String id : StageOrder.of(nodes).keys()) {
            boolean chosen = selected.isEmpty() || selected.containsKey(id);
            Row row = Objects.requireNonNull(rows.get(id));
            stages.add(stage(
                    row,
                    latest.get(id),
                    chosen ? ++number : null,
                    selected.getOrDefault(id, row.getInteger("sort_order")),
                    dependsOn(row).stream()
                            .map(other ->
                                    Objects.requireNonNull(rows.get(other)).getString("name"))
                            .toList()));
        }
        return stages;
    }

    private static List<String> dependsOn(Row template) {
        List<String> ids = new ArrayList<>();
        ((List<?>) Json.read(template.getString("depends_on"), List.class)).forEach(id -> ids.add(String.valueOf(id)));
        return ids;
    }

    private static TaskView.Stage stage(
            Row template, @Nullable Row latest, @Nullable Integer number, int sortOrder, List<String> dependsOn) {
        return new TaskView.Stage(
                template.getString("id"),
                template.getString("name"),
                template.getString("stage_type"),
                number,
                latest == null ? "pending" : latest.getString("status"),
                number != null,
                template.getBoolean("locked"),
                false,
                null,
                sortOrder,
                dependsOn,
                latest == null ? null : latest.getString("id"),
                latest == null ? null : latest.getLong("output_count"),
                latest == null ? null : instant(latest, "started_at"),
                latest == null ? null : latest.getLong("duration_ms"));
    }

    private Map<String, @Nullable Object> state(String taskId) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Row row : state.getOrDefault(taskId, List.of())) {
            String small = row.getString("small_value");
            if (small != null) {
                values.put(row.getString("state_key"), Json.read(small, Object.class));
            } else {
                Map<String, Object> ref = new LinkedHashMap<>();
                ref.put("execution_id", row.getString("execution_id"));
                ref.put("size", row.getLong("size"));
                if (row.getString("sha256") != null) {
                    ref.put("sha256", row.getString("sha256"));
                }
                values.put(row.getString("state_key"), Map.of("output_ref", ref));
            }
        }
        return values;
    }

    private Map<String, @Nullable Object> ledger(String taskId) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        ledger.getOrDefault(taskId, List.of())
                .forEach(row ->
                        values.put(row.getString("ledger_key"), Json.read(row.getString("value"), Object.class)));
        return values;
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
