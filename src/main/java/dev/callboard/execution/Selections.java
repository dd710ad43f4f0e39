package dev.callboard.execution;

import dev.callboard.bus.Caller;
import dev.callboard.execution.ExecutionMessages.PutSelection;
import dev.callboard.execution.Steps.Cause;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PipelineRules;
import dev.callboard.pipelines.SelectionRules;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which stages a task goes through. */
final class Selections {
    private final Database database;
    private final DecisionRepository repository;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final TimelineRepository timeline;
    private final Steps steps;
    private final StageResolver resolver;
    private final Clock clock;

    Selections(
            Database database,
            DecisionRepository repository,
            TimelineRepository timeline,
            Steps steps,
            StageResolver resolver,
            Clock clock) {
        this.database = database;
        this.repository = repository;
        this.timeline = timeline;
        this.steps = steps;
        this.resolver = resolver;
        this.clock = clock;
    }

    /** Replaces the selection whole. Fails with {@code wrong_status}, {@code stale_revision} or {@code invalid_selection}. */
    Future<StoredTransition> put(PutSelection ask) {
        return database.write(
                connection -> records.loadOpen(connection, ask.taskId()).compose(task -> {
                    if (ask.ifRevision() != null && ask.ifRevision() != task.selectionRevision()) {
                        throw ProblemException.staleRevision(
                                "The selection", ask.ifRevision(), task.selectionRevision());
                    }
                    if (task.status() == TaskStatus.COMPLETED || task.status() == TaskStatus.CANCELLED) {
                        throw ProblemException.illegalState(
                                "wrong_status",
                                "The task is " + task.status().word() + "; redo a stage to choose its stages again.");
                    }
                    Instant now = clock.instant();
                    Map<String, Integer> wanted = new LinkedHashMap<>();
                    ask.stages().forEach(stage -> wanted.put(stage.stageTemplateId(), stage.sortOrder()));
                    return choose(connection, task, wanted, "/stages", database.caller(), now)
                            .compose(selected -> steps.store(
                                    connection,
                                    selected,
                                    new Engine.Step(selected.state(), List.of(), false),
                                    new Cause(database.caller(), List.of(), Map.of()),
                                    now));
                }));
    }

    /** Chooses stages in the project's own order; an empty choice leaves the locked ones. */
    Future<TaskRecord> choose(
            SqlConnection connection, TaskRecord task, List<String> wanted, String pointer, Caller by, Instant now) {
        List<String> accepted = rules(task).accept(wanted, task.order().keys(), task.started(), pointer);
        Map<String, Integer> selection = new LinkedHashMap<>();
        accepted.forEach(key -> selection.put(
                key, task.rows().getOrDefault(key, task.template(key).sortOrder())));
        return store(connection, task, selection, by, now);
    }

    private Future<TaskRecord> choose(
            SqlConnection connection,
            TaskRecord task,
            Map<String, Integer> wanted,
            String pointer,
            Caller by,
            Instant now) {
        if (wanted.isEmpty()) {
            List<String> all = task.alive().keys();
            rules(task).accept(all, task.order().keys(), task.started(), pointer);
            return store(connection, task, Map.of(), by, now);
        }
        TaskRecord ordered = task.select(wanted);
        List<String> accepted =
                rules(ordered).accept(List.copyOf(wanted.keySet()), task.order().keys(), task.started(), pointer);
        Map<String, Integer> selection = new LinkedHashMap<>();
        accepted.forEach(key ->
                selection.put(key, wanted.getOrDefault(key, task.template(key).sortOrder())));
        requireFirst(task, task.select(selection), pointer);
        return store(connection, task, selection, by, now);
    }

    /** A locked first stage stays the first, and what was started stays before what was not. */
    private static void requireFirst(TaskRecord before, TaskRecord after, String pointer) {
        StageOrder was = before.order();
        StageOrder order = after.order();
        String first = before.alive().keys().get(0);
        String firstNow = order.keys().get(0);
        Set<String> started = before.started();
        for (String key : order.keys()) {
            boolean late = !started.contains(key)
                    && started.stream().anyMatch(other -> order.isBefore(key, other) && !was.isBefore(key, other));
            if (late || (before.template(first).locked() && !first.equals(firstNow))) {
                throw SelectionRules.invalid(
                        pointer,
                        "the order cannot be taken: '"
                                + before.template(late ? key : first).name()
                                + (late
                                        ? "' would come before a stage that was started already"
                                        : "' is the first stage"));
            }
        }
    }

    private Future<TaskRecord> store(
            SqlConnection connection, TaskRecord task, Map<String, Integer> selection, Caller by, Instant now) {
        TaskRecord selected = task.select(selection);
        String what = selected.selectedNames();
        return repository
                .putSelection(connection, task.id(), selection)
                .compose(ignored ->
                        what.equals(task.selectedNames()) && !task.rows().isEmpty()
                                ? Future.succeededFuture()
                                : timeline.note(connection, task.id(), "selected", what, by, now))
                .map(selected);
    }

    private SelectionRules rules(TaskRecord task) {
        Map<String, SelectionRules.Stage> stages = new LinkedHashMap<>();
        for (String key : task.alive().keys()) {
            Template template = task.template(key);
            stages.put(
                    key,
                    new SelectionRules.Stage(
                            template.name(),
                            template.type(),
                            template.locked(),
                            PipelineRules.needs(template.type(), template.overrides(), resolver)));
        }
        return new SelectionRules(task.alive(), stages);
    }
}
