package dev.callboard.tasks;

import dev.callboard.json.Json;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PipelineRules;
import dev.callboard.pipelines.SelectionRules;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.projects.TemplateRepository;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.TaskView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Map<Selected, List<Part>> parts = new HashMap<>();

    TaskStageRows(RowSet<Row> templates, RowSet<Row> selections, RowSet<Row> executions, StageResolver resolver) {
        this.templates = TaskViewRows.by(templates, "project_id");
        this.selections = TaskViewRows.by(selections, "task_id");
        this.executions = TaskViewRows.by(executions, "task_id");
        this.resolver = resolver;
    }

    /** What all tasks of one project with the same selection say of a stage. */
    private record Part(
            String id,
            Row template,
            boolean locked,
            @Nullable Integer number,
            List<String> needs,
            @Nullable Object approval,
            @Nullable Object outputSchema,
            int sortOrder,
            List<String> dependsOn) {}

    private record Selected(String projectId, Map<String, Integer> selected) {}

    /** @param suggestions as they are kept with the task */
    List<TaskView.Stage> of(String taskId, String projectId, Map<?, ?> suggestions) {
        Map<String, Integer> selected = new LinkedHashMap<>();
        selections
                .getOrDefault(taskId, List.of())
                .forEach(row -> selected.put(row.getString("stage_template_id"), row.getInteger("sort_order")));
        List<Part> its = parts.computeIfAbsent(new Selected(projectId, selected), this::partsOf);
        Map<String, Row> latest = new LinkedHashMap<>();
        executions.getOrDefault(taskId, List.of()).forEach(row -> latest.put(row.getString("stage_template_id"), row));
        Map<String, String> suggested = reasons(suggestions);
        return its.stream()
                .map(part -> stage(part, latest.get(part.id()), suggested.get(part.id())))
                .toList();
    }

    private List<Part> partsOf(Selected key) {
        Map<String, Integer> selected = key.selected();
        Map<String, Row> rows = new LinkedHashMap<>();
        List<StageOrder.Node> nodes = new ArrayList<>();
        for (Row row : templates.getOrDefault(key.projectId(), List.of())) {
            String id = row.getString("id");
            rows.put(id, row);
            nodes.add(TemplateRepository.node(row, selected.getOrDefault(id, row.getInteger("sort_order"))));
        }
        StageOrder alive = StageOrder.of(nodes)
                .select(rows.keySet().stream()
                        .filter(id -> row(rows, id).getOffsetDateTime("deleted_at") == null)
                        .toList());
        SelectionRules rules = rules(alive, rows);
        List<String> chosen = SelectionRules.effective(alive, selected.keySet()).keys();
        return alive.keys().stream()
                .map(id -> part(id, rows, selected, rules, chosen.indexOf(id)))
                .toList();
    }

    private static Part part(
            String id, Map<String, Row> rows, Map<String, Integer> selected, SelectionRules rules, int place) {
        Row template = row(rows, id);
        return new Part(
                id,
                template,
                template.getBoolean("locked"),
                place < 0 ? null : place + 1,
                rules.needs(id),
                json(template, "approval"),
                json(template, "output_schema"),
                selected.getOrDefault(id, template.getInteger("sort_order")),
                TemplateRepository.dependsOn(template).stream()
                        .map(other -> row(rows, other))
                        .filter(other -> other.getOffsetDateTime("deleted_at") == null)
                        .map(other -> other.getString("name"))
                        .toList());
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

    /**
     * A task's own.
     *
     * @param latest its newest attempt
     * @param suggested why it was suggested, null when it was not
     */
    private static TaskView.Stage stage(Part part, @Nullable Row latest, @Nullable String suggested) {
        Row template = part.template();
        String reason = suggested == null || suggested.isEmpty() ? null : suggested;
        return new TaskView.Stage(
                part.id(),
                template.getString("name"),
                template.getString("stage_type"),
                part.number(),
                latest == null ? "pending" : latest.getString("status"),
                part.number() != null,
                part.locked(),
                suggested != null,
                part.locked() ? "Belongs to every task." : reason,
                part.needs(),
                part.approval(),
                template.getString("output_format"),
                part.outputSchema(),
                part.sortOrder(),
                part.dependsOn(),
                latest == null ? null : latest.getString("id"),
                latest == null ? null : latest.getLong("output_count"),
                latest == null ? null : Sql.instant(latest, "started_at"),
                latest == null ? null : latest.getLong("duration_ms"));
    }
}
