package dev.callboard.tasks;

import dev.callboard.json.Json;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.TaskTrigger;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.TaskView.SuggestionView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the rows of several tables together to tasks. */
final class TaskViewRows {
    private final TaskStageRows stages;
    private final Map<String, List<Row>> state;
    private final Map<String, List<Row>> ledger;
    private final TaskPolicyRows policies;
    private final Instant now;

    TaskViewRows(TaskStageRows stages, TaskPolicyRows policies, RowSet<Row> state, Iterable<Row> ledger, Instant now) {
        this.policies = policies;
        this.stages = stages;
        this.state = by(state, "task_id");
        this.ledger = by(ledger, "task_id");
        this.now = now;
    }

    static Map<String, List<Row>> by(Iterable<Row> rows, String column) {
        Map<String, List<Row>> grouped = new LinkedHashMap<>();
        rows.forEach(row -> grouped.computeIfAbsent(row.getString(column), key -> new ArrayList<>())
                .add(row));
        return grouped;
    }

    TaskView view(Row task) {
        String id = task.getString("id");
        String suggestions = task.getString("suggestions");
        Map<?, ?> suggested = suggestions == null ? Map.of() : Json.read(suggestions, Map.class);
        List<TaskView.Stage> itsStages = stages.of(id, task.getString("project_id"), suggested);
        return new TaskView(
                id,
                task.getString("title"),
                task.getString("description"),
                TaskLabels.read(task.getString("labels")),
                task.getString("status"),
                task.getString("kind").equals("project") ? task.getString("project_id") : null,
                task.getString("project_id"),
                task.getString("pipeline"),
                task.getString("pipeline_version"),
                task.getString("current_stage_id"),
                itsStages,
                state(id),
                ledger(id),
                List.copyOf((List<?>) Json.read(task.getString("input"), List.class)),
                task.getString("user_input"),
                policies.waitingFor(id, itsStages, now).orElse(null),
                policies.of(task),
                suggestion(suggested),
                task.getString("error"),
                trigger(task),
                task.getString("created_by"),
                Objects.requireNonNull(Sql.instant(task, "created_at")),
                Objects.requireNonNull(Sql.instant(task, "updated_at")),
                Objects.requireNonNull(Sql.instant(task, "status_since")),
                Sql.instant(task, "started_at"),
                Sql.instant(task, "completed_at"),
                Sql.instant(task, "archived_at"),
                task.getLong("revision"));
    }

    private static @Nullable TaskTrigger trigger(Row task) {
        String id = task.getString("trigger_id");
        return id == null
                ? null
                : new TaskTrigger(id, task.getString("trigger_type"), Sql.instant(task, "trigger_due_at"));
    }

    private static @Nullable SuggestionView suggestion(Map<?, ?> kept) {
        return kept.get("unknown") instanceof List<?> unknown && kept.get("matched") instanceof Number matched
                ? new SuggestionView(
                        String.valueOf(kept.get("by")),
                        String.valueOf(kept.get("execution_id")),
                        matched.intValue(),
                        unknown.stream().map(String::valueOf).toList())
                : null;
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
}
