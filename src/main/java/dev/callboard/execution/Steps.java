package dev.callboard.execution;

import dev.callboard.bus.Caller;
import dev.callboard.execution.Engine.Step;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.execution.TaskRecord.AttemptSchedule;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.sinks.DeliveryRepository;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores what follows from an event, inside the transaction of the event. */
final class Steps {
    /** The code of a problem: the task is not as it was read any more; nothing was stored, and it can be repeated. */
    static final String CHANGED = "task_changed";

    private final ExecutionRepository writes;
    private final ExecutionViewRepository views;
    private final TimelineRepository timeline;
    private final DeliveryRepository deliveries;

    Steps(ExecutionRepository writes, TimelineRepository timeline, DeliveryRepository deliveries, Clock clock) {
        this.deliveries = deliveries;
        this.views = new ExecutionViewRepository(clock);
        this.writes = writes;
        this.timeline = timeline;
    }

    /**
     * Who made it happen.
     *
     * @param touched attempts that the event itself changed
     * @param userInput what a person adds to the new attempt at a stage, by template id
     * @param turns when the new attempts at stages that go on by themselves may start, by template id
     */
    record Cause(Caller by, List<String> touched, Map<String, String> userInput, Map<String, AttemptSchedule> turns) {
        Cause(Caller by, List<String> touched, Map<String, String> userInput) {
            this(by, touched, userInput, Map.of());
        }

        static Cause engine(String... touched) {
            return new Cause(Caller.ENGINE, List.of(touched), Map.of());
        }

        /** The engine makes another attempt by itself. */
        static Cause again(Attempt failed, AttemptSchedule turn) {
            return new Cause(Caller.ENGINE, List.of(failed.id()), Map.of(), Map.of(failed.templateId(), turn));
        }
    }

    /** Stores a step of a task as it was read in the same transaction. */
    Future<StoredTransition> store(SqlConnection connection, TaskRecord task, Step step, Cause cause, Instant now) {
        List<Attempt> attempts = new ArrayList<>();
        List<Attempt> ended = new ArrayList<>();
        List<String> touched = new ArrayList<>(cause.touched());
        Future<Void> done = Future.succeededFuture();
        for (String templateId : step.outdated()) {
            Attempt attempt = task.latest().get(templateId);
            // A failure that is tried again now stays one in the history.
            boolean triedAgain = attempt != null
                    && attempt.status() == ExecutionStatus.FAILED
                    && step.attempts().contains(templateId);
            if (attempt != null && !triedAgain) {
                done = done.compose(ignored ->
                                writes.outdate(connection, attempt, cause.by().name(), now))
                        .onSuccess(took -> touched.addAll(took ? List.of(attempt.id()) : List.of()))
                        .mapEmpty();
            }
        }
        if (step.closeActive()) {
            for (Attempt attempt : task.latest().values()) {
                done = done.compose(ignored ->
                                writes.cancel(connection, attempt, cause.by().name(), now))
                        .onSuccess(took -> ended.addAll(took ? List.of(attempt) : List.of()))
                        .mapEmpty();
            }
        }
        long fence = task.lastFence();
        for (String templateId : step.attempts()) {
            long next = ++fence;
            done = done.compose(ignored -> writes.insertAttempt(
                            connection,
                            task,
                            templateId,
                            next,
                            inputOf(task, templateId),
                            userInput(task, templateId, cause),
                            cause.turns().getOrDefault(templateId, AttemptSchedule.FIRST),
                            now))
                    .onSuccess(attempts::add)
                    .mapEmpty();
        }
        return done.compose(ignored -> leftOut(connection, task, step, now))
                .compose(ignored -> move(connection, task, step, now))
                .compose(ignored -> deliveries.add(connection, task.id(), SinkFirings.of(task, step), now))
                .compose(ignored -> {
                    attempts.forEach(attempt -> touched.add(attempt.id()));
                    ended.forEach(attempt -> touched.add(attempt.id()));
                    return views(connection, touched);
                })
                .map(changed -> new StoredTransition(
                        task.id(), step.state().status(), task.revision() + 1, attempts, ended, changed));
    }

    private Future<Void> move(SqlConnection connection, TaskRecord task, Step step, Instant now) {
        TaskStatus status = step.state().status();
        String error = status == TaskStatus.FAILED ? task.failure().orElse(null) : null;
        return TaskStatusRepository.moveTask(connection, task, status, Engine.current(step.state()), error, now)
                .compose(took -> {
                    if (!took) {
                        throw ProblemException.illegalState(
                                CHANGED,
                                "The task was changed at the same moment; look at it again, then repeat the request.");
                    }
                    return status == task.status() || status.open() || status == TaskStatus.CANCELLED
                            ? Future.succeededFuture()
                            : timeline.note(
                                    connection,
                                    task.id(),
                                    status.word(),
                                    error == null ? "" : error,
                                    Caller.ENGINE,
                                    now);
                });
    }

    /** Notes the stages whose turn has come and that were deleted from the project since the task was made. */
    private Future<Void> leftOut(SqlConnection connection, TaskRecord task, Step step, Instant now) {
        List<String> names = task.templates().values().stream()
                .filter(template -> wasDeleted(task, template) && hasPassed(task, step, template.id()))
                .map(Template::name)
                .toList();
        return names.isEmpty()
                ? Future.succeededFuture()
                : timeline.noteOnce(connection, task.id(), "left_out", names, Caller.ENGINE, now);
    }

    private static boolean wasDeleted(TaskRecord task, Template template) {
        return template.deletedAt() != null
                && template.deletedAt().isAfter(task.about().createdAt())
                && (task.rows().isEmpty() || task.rows().containsKey(template.id()))
                && !task.latest().containsKey(template.id());
    }

    private static boolean hasPassed(TaskRecord task, Step step, String templateId) {
        return step.state().status() == TaskStatus.COMPLETED
                || step.attempts().stream().anyMatch(next -> task.all().isBefore(templateId, next));
    }

    /** A stage that is tried again after a failure keeps what a person added. */
    private static @Nullable String userInput(TaskRecord task, String templateId, Cause cause) {
        Attempt last = task.latest().get(templateId);
        String kept =
                last != null && (last.status() == ExecutionStatus.FAILED || last.status() == ExecutionStatus.RUNNING)
                        ? last.userInput()
                        : null;
        return cause.userInput().getOrDefault(templateId, kept);
    }

    /** Where the input of a stage comes from, as JSON. */
    private static String inputOf(TaskRecord task, String templateId) {
        Map<String, Object> sources = new LinkedHashMap<>();
        for (String before : task.order().previous(templateId)) {
            Attempt attempt = task.latest().get(before);
            if (attempt != null) {
                sources.put(task.template(before).name(), attempt.id());
            }
        }
        return Json.write(sources.isEmpty() ? Map.of("task_input", true) : Map.of("executions", sources));
    }

    private Future<List<ExecutionView>> views(SqlConnection connection, List<String> executionIds) {
        return Sql.inTurn(executionIds, id -> views.get(connection, id));
    }
}
