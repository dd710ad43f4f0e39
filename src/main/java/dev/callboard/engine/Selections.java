package dev.callboard.engine;

import dev.callboard.engine.ExecutionMessages.PutSelection;
import dev.callboard.engine.Steps.Cause;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PipelineRules;
import dev.callboard.pipelines.SelectionRules;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which stages a task goes through. */
public final class Selections {
    /** Where a request names the stages. */
    private static final String STAGES = "/stages";

    private final TaskCommands tasks;
    private final StageResolver resolver;

    /**
     * Names the parts.
     *
     * @param resolver says which stages others need
     */
    public Selections(TaskCommands tasks, StageResolver resolver) {
        this.tasks = tasks;
        this.resolver = resolver;
    }

    /** Replaces the selection whole. Fails with {@code wrong_status}, {@code stale_revision} or {@code invalid_selection}. */
    public Future<StoredTransition> put(PutSelection ask) {
        return tasks.decideOpen(ask.taskId(), draft -> {
            TaskRecord task = draft.task();
            if (ask.ifRevision() != null && ask.ifRevision() != task.selectionRevision()) {
                throw ProblemException.staleRevision("The selection", ask.ifRevision(), task.selectionRevision());
            }
            if (task.status() == TaskStatus.COMPLETED || task.status() == TaskStatus.CANCELLED) {
                throw ProblemException.illegalState(
                        "wrong_status",
                        "The task is " + task.status().word() + "; redo a stage to choose its stages again.");
            }
            Map<String, Integer> wanted = new LinkedHashMap<>();
            ask.stages().forEach(stage -> wanted.put(stage.stageTemplateId(), stage.sortOrder()));
            replace(draft, wanted);
            return Steps.take(
                    draft,
                    new Engine.Step(draft.task().state(), List.of(), false),
                    new Cause(draft.caller(), List.of(), Map.of()));
        });
    }

    /** Chooses stages in the project's own order; an empty choice leaves the locked ones. */
    void choose(TaskDraft draft, List<String> wanted, String pointer) {
        TaskRecord task = draft.task();
        List<String> accepted = rules(task).accept(wanted, task.order().keys(), started(task), pointer);
        Map<String, Integer> selection = new LinkedHashMap<>();
        accepted.forEach(key -> selection.put(
                key, task.rows().getOrDefault(key, task.template(key).sortOrder())));
        select(draft, selection);
    }

    private void replace(TaskDraft draft, Map<String, Integer> wanted) {
        TaskRecord task = draft.task();
        if (wanted.isEmpty()) {
            rules(task).accept(task.alive().keys(), task.order().keys(), started(task), STAGES);
            select(draft, Map.of());
            return;
        }
        TaskRecord ordered = task.select(wanted);
        List<String> accepted =
                rules(ordered).accept(List.copyOf(wanted.keySet()), task.order().keys(), started(task), STAGES);
        Map<String, Integer> selection = new LinkedHashMap<>();
        accepted.forEach(key ->
                selection.put(key, wanted.getOrDefault(key, task.template(key).sortOrder())));
        requireFirst(task, task.select(selection));
        select(draft, selection);
    }

    /** A locked first stage stays the first, and what was started stays before what was not. */
    private static void requireFirst(TaskRecord before, TaskRecord after) {
        StageOrder was = before.order();
        StageOrder order = after.order();
        String first = before.alive().keys().get(0);
        String firstNow = order.keys().get(0);
        Set<String> started = started(before);
        for (String key : order.keys()) {
            boolean late = !started.contains(key)
                    && started.stream().anyMatch(other -> order.isBefore(key, other) && !was.isBefore(key, other));
            if (late || (before.template(first).locked() && !first.equals(firstNow))) {
                throw SelectionRules.invalid(
                        STAGES,
                        "the order cannot be taken: '"
                                + before.template(late ? key : first).name()
                                + (late
                                        ? "' would come before a stage that was started already"
                                        : "' is the first stage"));
            }
        }
    }

    private static void select(TaskDraft draft, Map<String, Integer> selection) {
        TaskRecord task = draft.task();
        draft.select(selection);
        String what = draft.task().selectedNames();
        if (!what.equals(task.selectedNames()) || task.rows().isEmpty()) {
            draft.note("selected", what, draft.caller());
        }
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

    /** The selected stages that were started and whose attempt counts. */
    private static Set<String> started(TaskRecord task) {
        Set<String> started = new LinkedHashSet<>();
        task.state().stages().forEach((key, stage) -> {
            if (stage != Engine.Stage.OPEN) {
                started.add(key);
            }
        });
        return started;
    }
}
