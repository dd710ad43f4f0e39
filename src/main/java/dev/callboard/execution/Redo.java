package dev.callboard.execution;

import dev.callboard.bus.Caller;
import dev.callboard.execution.Engine.Event;
import dev.callboard.execution.ExecutionMessages.RedoTask;
import dev.callboard.execution.Steps.Cause;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
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
final class Redo {
    private final Database database;
    private final DecisionRepository repository;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final TimelineRepository timeline;
    private final Steps steps;
    private final Consumer<TaskRecord> startable;
    private final Clock clock;

    /**
     * Names the parts.
     *
     * @param startable refuses a task that cannot be started
     */
    Redo(
            Database database,
            DecisionRepository repository,
            TimelineRepository timeline,
            Steps steps,
            Consumer<TaskRecord> startable,
            Clock clock) {
        this.database = database;
        this.repository = repository;
        this.timeline = timeline;
        this.steps = steps;
        this.startable = startable;
        this.clock = clock;
    }

    /** Fails with {@code wrong_status} or {@code unknown_stage}. */
    Future<StoredTransition> redo(RedoTask ask) {
        return database.write(
                connection -> records.loadOpen(connection, ask.taskId()).compose(task -> {
                    if (task.status() == TaskStatus.RUNNING) {
                        throw wrongStatus("The task is running; no stage of it can be done again now.");
                    }
                    Optional<Engine.Step> first = Engine.step(task.state(), new Event.Run());
                    if (first.isPresent()
                            && (ask.stage() == null || first.get().attempts().contains(ask.stage()))) {
                        return begin(connection, task, first.get(), ask);
                    }
                    String templateId = target(task, ask);
                    Template template = task.template(templateId);
                    Instant now = clock.instant();
                    String detail = template.name() + (ask.userInput() == null ? "" : ": " + ask.userInput());
                    return timeline.note(connection, task.id(), "redone", detail, database.caller(), now)
                            .compose(ignored -> reopened(connection, task, template, database.caller(), now))
                            .compose(open -> {
                                Engine.Step step = Engine.step(open.state(), new Event.Redo(templateId))
                                        .orElseThrow(() -> wrongStatus("The stage cannot be done again now."));
                                Map<String, String> input =
                                        ask.userInput() == null ? Map.of() : Map.of(templateId, ask.userInput());
                                return steps.store(
                                        connection, open, step, new Cause(database.caller(), List.of(), input), now);
                            });
                }));
    }

    /** Nothing of a pending task was done yet: to do it again is to do it. */
    private Future<StoredTransition> begin(SqlConnection connection, TaskRecord task, Engine.Step step, RedoTask ask) {
        startable.accept(task);
        Map<String, String> input = new LinkedHashMap<>();
        String given = ask.userInput();
        if (given != null) {
            step.attempts().forEach(key -> input.put(key, given));
        }
        Instant now = clock.instant();
        return timeline.note(connection, task.id(), "started", given == null ? "" : given, database.caller(), now)
                .compose(ignored ->
                        steps.store(connection, task, step, new Cause(database.caller(), List.of(), input), now));
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

    private Future<TaskRecord> reopened(
            SqlConnection connection, TaskRecord task, Template template, Caller by, Instant now) {
        boolean chooses =
                template.locked() && task.alive().previous(template.id()).isEmpty();
        if (!chooses) {
            return Future.succeededFuture(task);
        }
        return (task.rows().isEmpty()
                        ? Future.<Void>succeededFuture()
                        : timeline.note(connection, task.id(), "selection_cleared", task.selectedNames(), by, now)
                                .compose(ignored -> repository.putSelection(connection, task.id(), Map.of())))
                .compose(ignored -> repository.putSuggestions(connection, task.id(), null))
                .map(task.select(Map.of()));
    }
}
