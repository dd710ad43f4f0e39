package dev.callboard.engine;

import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.ExecutionMessages.RedoTask;
import dev.callboard.engine.Steps.Cause;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does a stage of a task again: a new attempt, and what came after it is out of date but not lost. Doing the locked first
 * stage again clears the selection, which stays in the timeline.
 */
public final class Redo {
    private final TaskCommands tasks;
    private final Consumer<TaskRecord> startable;

    /**
     * Names the parts.
     *
     * @param startable refuses a task that cannot be started
     */
    public Redo(TaskCommands tasks, Consumer<TaskRecord> startable) {
        this.tasks = tasks;
        this.startable = startable;
    }

    /** Fails with {@code wrong_status} or {@code unknown_stage}. */
    public Future<StoredTransition> redo(RedoTask ask) {
        return tasks.decideOpen(ask.taskId(), draft -> redo(draft, ask));
    }

    private StoredTransition redo(TaskDraft draft, RedoTask ask) {
        TaskRecord task = draft.task();
        if (task.status() == TaskStatus.RUNNING) {
            throw wrongStatus("The task is running; no stage of it can be done again now.");
        }
        Optional<Engine.Step> first = Engine.step(task.state(), new Event.Run());
        if (first.isPresent() && (ask.stage() == null || first.get().attempts().contains(ask.stage()))) {
            return begin(draft, first.get(), ask);
        }
        String templateId = target(task, ask);
        Template template = task.template(templateId);
        draft.note("redone", template.name() + (ask.userInput() == null ? "" : ": " + ask.userInput()), draft.caller());
        reopen(draft, template);
        Engine.Step step = Engine.step(draft.task().state(), new Event.Redo(templateId))
                .orElseThrow(() -> wrongStatus("The stage cannot be done again now."));
        Map<String, String> input = ask.userInput() == null ? Map.of() : Map.of(templateId, ask.userInput());
        return Steps.take(draft, step, new Cause(draft.caller(), List.of(), input));
    }

    /** Nothing of a pending task was done yet: to do it again is to do it. */
    private StoredTransition begin(TaskDraft draft, Engine.Step step, RedoTask ask) {
        startable.accept(draft.task());
        Map<String, String> input = new LinkedHashMap<>();
        String given = ask.userInput();
        if (given != null) {
            step.attempts().forEach(key -> input.put(key, given));
        }
        draft.note("started", given == null ? "" : given, draft.caller());
        return Steps.take(draft, step, new Cause(draft.caller(), List.of(), input));
    }

    private static ProblemException wrongStatus(String detail) {
        return ProblemException.illegalState("wrong_status", detail);
    }

    private static String target(TaskRecord task, RedoTask ask) {
        if (ask.stage() == null) {
            Optional<String> current = Engine.current(task.state());
            List<String> attempted = new ArrayList<>(task.order().keys());
            Collections.reverse(attempted);
            return current.or(() -> attempted.stream()
                            .filter(key -> wasBegun(task, key))
                            .findFirst())
                    .orElseThrow(() -> wrongStatus("No stage of the task was started yet."));
        }
        if (!task.templates().containsKey(ask.stage())
                || task.template(ask.stage()).deletedAt() != null) {
            throw ProblemException.invalid(
                    "unknown_stage", "The task has no stage template '" + ask.stage() + "' to do again.");
        }
        Template template = task.template(ask.stage());
        boolean selected = template.locked() || task.order().keys().contains(template.id());
        if (!selected || !task.latest().containsKey(template.id())) {
            throw wrongStatus("'" + template.name() + "' "
                    + (selected ? "was not started yet." : "is not one of the selected stages."));
        }
        return template.id();
    }

    /** A result that is out of date was begun once, but is not what the task stopped at. */
    private static boolean wasBegun(TaskRecord task, String templateId) {
        Attempt attempt = task.latest().get(templateId);
        return attempt != null && attempt.status() != ExecutionStatus.STALE;
    }

    private static void reopen(TaskDraft draft, Template template) {
        TaskRecord task = draft.task();
        boolean chooses =
                template.locked() && task.alive().previous(template.id()).isEmpty();
        if (!chooses) {
            return;
        }
        if (!task.rows().isEmpty()) {
            draft.note("selection_cleared", task.selectedNames(), draft.caller());
            draft.select(Map.of());
        }
        draft.put(draft.task().row().withSuggestions(null));
    }
}
