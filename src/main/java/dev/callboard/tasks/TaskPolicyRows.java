package dev.callboard.tasks;

import dev.callboard.json.Json;
import dev.callboard.pipelines.PolicyReader;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Policy;
import dev.callboard.taskmodel.PolicyView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.Wait;
import dev.callboard.taskmodel.WaitingFor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The policies of tasks as they are stored, and what their stages wait for. */
final class TaskPolicyRows {
    private final Map<String, List<Row>> templates;
    private final Map<String, List<Row>> executions;
    private final Map<String, List<PolicyView>> known = new LinkedHashMap<>();

    TaskPolicyRows(RowSet<Row> templates, RowSet<Row> executions) {
        this.templates = TaskViewRows.by(templates, "project_id");
        this.executions = TaskViewRows.by(executions, "task_id");
    }

    /** The policies that a task's stages have, as if nothing had used them yet. */
    List<PolicyView> of(Row task) {
        return known.computeIfAbsent(
                task.getString("project_id"), projectId -> read(projectId, task.getString("policies")));
    }

    private List<PolicyView> read(String projectId, String json) {
        List<PolicyView> views = new ArrayList<>();
        ((Map<?, ?>) Json.read(json, Map.class)).forEach((name, value) -> {
            List<String> stages = templates.getOrDefault(projectId, List.of()).stream()
                    .filter(row -> name.equals(row.getString("policy")) && row.getOffsetDateTime("deleted_at") == null)
                    .map(row -> row.getString("id"))
                    .toList();
            if (!stages.isEmpty()) {
                Policy policy = PolicyReader.stored(value);
                views.add(PolicyView.of(String.valueOf(name), stages, policy, PolicyView.Live.fresh(policy)));
            }
        });
        return List.copyOf(views);
    }

    /** What the first of a task's selected stages that wait waits for: the ledger, or to be tried again. */
    Optional<WaitingFor> waitingFor(String taskId, List<TaskView.Stage> stages, Instant now) {
        Map<String, Row> latest = new LinkedHashMap<>();
        Map<String, String> errors = new LinkedHashMap<>();
        for (Row row : executions.getOrDefault(taskId, List.of())) {
            Row before = latest.put(row.getString("stage_template_id"), row);
            if (before != null && before.getString("error") != null) {
                errors.put(row.getString("id"), before.getString("error"));
            }
        }
        return stages.stream()
                .filter(TaskView.Stage::selected)
                .flatMap(stage ->
                        Optional.ofNullable(latest.get(stage.id()))
                                .flatMap(row -> waits(stage, row, errors, now))
                                .stream())
                .findFirst();
    }

    private static Optional<WaitingFor> waits(TaskView.Stage stage, Row row, Map<String, String> errors, Instant now) {
        String waiting = row.getString("waiting");
        if ("leased".equals(row.getString("worker_wait"))) {
            return Optional.empty(); // A worker has it.
        }
        if (waiting != null) {
            return Optional.of(
                    Wait.of(Json.read(waiting, Map.class)).at(stage.id(), stage.name(), row.getString("id"), now));
        }
        Instant until = Sql.instant(row, "not_before");
        if (until == null || !until.isAfter(now) || !row.getString("status").equals(ExecutionStatus.PENDING.word())) {
            return Optional.empty();
        }
        return Optional.of(WaitingFor.retry(
                stage.id(),
                stage.name(),
                row.getString("id"),
                row.getInteger("attempt"),
                errors.get(row.getString("id")),
                Objects.requireNonNull(Sql.instant(row, "created_at")),
                until));
    }
}
