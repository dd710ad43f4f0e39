package dev.callboard.tasks;

import dev.callboard.json.Json;
import dev.callboard.model.PipelineRules;
import dev.callboard.model.SelectionRules;
import dev.callboard.model.StageOrder;
import dev.callboard.model.StageResolver;
import dev.callboard.model.TaskView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stages of tasks, put together from the rows of several tables. Deleted stage templates are bridged and left out. */
final class TaskStageRows {
    private final Map<String, List<Row>> templates;
    private final Map<String, List<Row>> selections;
    private final Map<String, List<Row>> executions;
    private final StageResolver resolver;

    TaskStageRows(RowSet<Row> templates, RowSet<Row> selections, RowSet<Row> executions, StageResolver resolver) {
        this.templates = TaskViewRows.by(templates, "project_id");
        this.selections = TaskViewRows.by(selections, "task_id");
        this.executions = TaskViewRows.by(executions, "task_id");
        this.resolver = resolver;
    }

    /** What is needed to tell of one task's stages. */
    private record Context(
            Map<String, Row> rows,
            Map<String, Integer> selected,
            Map<String, Row> latest,
            Map<String, String> suggested,
            SelectionRules rules,
            List<String> chosen) {}

    /** @param suggestions as they are kept with the task */
    List<TaskView.Stage> of(String taskId, String projectId, Map<?, ?> suggestions) {
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
            nodes.add(TemplateRepository.node(row, selected.getOrDefault(id, row.getInteger("sort_order"))));
        }
        StageOrder alive = StageOrder.of(nodes)
                .select(rows.keySet().stream()
                        .filter(id -> row(rows, id).getOffsetDateTime("deleted_at") == null)
                        .toList());
        Context context = new Context(
                rows,
                selected,
                latest,
                reasons(suggestions),
                rules(alive, rows),
                SelectionRules.effective(alive, selected.keySet()).keys());
        return alive.keys().stream().map(id -> stage(id, context)).toList();
    }

    private static Row row(Map<String, Row> rows, String id) {
        return Objects.requireNonNull(rows.get(id));
    }

    private SelectionRules rules(StageOrder alive, Map<String, Row> rows) {
        return new SelectionRules(alive, alive.keys().stream().collect(Collectors.toMap(id -> id, id -> {
            Row row = row(rows, id);
            Map<String, @Nullable Object> overrides = new LinkedHashMap<>();
            ((Map<?, ?>) Json.read(row.getString("metadata_overrides"), Map.class))
                    .forEach((key, value) -> overrides.put(String.valueOf(key), value));
            return new SelectionRules.Stage(
                    row.getString("name"),
                    row.getString("stage_type"),
                    row.getBoolean("locked"),
                    PipelineRules.needs(row.getString("stage_type"), overrides, resolver));
        })));
    }

    /** Template id to the reason of its suggestion, possibly empty. */
    private static Map<String, String> reasons(Map<?, ?> suggestions) {
        Map<String, String> reasons = new LinkedHashMap<>();
        if (suggestions.get("stages") instanceof List<?> stages) {
            for (Object stage : stages) {
                if (stage instanceof Map<?, ?> each) {
                    reasons.put(
                            String.valueOf(each.get("id")), each.get("reason") instanceof String reason ? reason : "");
                }
            }
        }
        return reasons;
    }

    private static @Nullable Object json(Row row, String column) {
        String text = row.getString(column);
        return text == null ? null : Json.read(text, Object.class);
    }

    private static TaskView.Stage stage(String id, Context context) {
        Row template = row(context.rows(), id);
        Row latest = context.latest().get(id);
        boolean locked = template.getBoolean("locked");
        String reason = context.suggested().getOrDefault(id, "");
        int place = context.chosen().indexOf(id);
        return new TaskView.Stage(
                id,
                template.getString("name"),
                template.getString("stage_type"),
                place < 0 ? null : place + 1,
                latest == null ? "pending" : latest.getString("status"),
                place >= 0,
                locked,
                context.suggested().containsKey(id),
                locked ? "Belongs to every task." : reason.isEmpty() ? null : reason,
                context.rules().needs(id),
                json(template, "approval"),
                template.getString("output_format"),
                json(template, "output_schema"),
                context.selected().getOrDefault(id, template.getInteger("sort_order")),
                TemplateRepository.dependsOn(template).stream()
                        .map(other -> row(context.rows(), other))
                        .filter(other -> other.getOffsetDateTime("deleted_at") == null)
                        .map(other -> other.getString("name"))
                        .toList(),
                latest == null ? null : latest.getString("id"),
                latest == null ? null : latest.getLong("output_count"),
                latest == null ? null : TaskViewRows.instant(latest, "started_at"),
                latest == null ? null : latest.getLong("duration_ms"));
    }
}
