package dev.callboard.execution;

import dev.callboard.execution.Engine.Event;
import dev.callboard.execution.Engine.Step;
import dev.callboard.execution.StageOutcome.Completed;
import dev.callboard.execution.StageOutcome.Failed;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.json.Json;
import dev.callboard.model.ExecutionStatus;
import dev.callboard.model.ExecutionView;
import dev.callboard.model.LogLine;
import dev.callboard.model.ProblemException;
import dev.callboard.model.TaskStatus;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves tasks through their life: each method is one transaction that reads the task, asks the rules and stores what follows.
 * What is to be done after the commit is in the {@link Moved} that it answers.
 */
final class Transitions {
    private final Database database;
    private final ExecutionRepository writes;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final ExecutionViewRepository views = new ExecutionViewRepository();
    private final Clock clock;

    Transitions(Database database, ExecutionRepository writes, Clock clock) {
        this.database = database;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * Somebody starts, ends or retries a task. Fails with {@code wrong_status} when its status does not allow that.
     *
     * @param check may refuse it after the task was read
     */
    Future<Moved> command(
            String taskId,
            Event event,
            String verb,
            @Nullable String userInput,
            String actor,
            Consumer<TaskRecord> check) {
        return database.write(connection -> records.load(connection, taskId).compose(task -> {
            Optional<Step> step = Engine.step(task.state(), event);
            if (step.isEmpty()) {
                throw ProblemException.illegalState(
                        "wrong_status", "The task is " + task.status().word() + "; it cannot be " + verb + " now.");
            }
            check.accept(task);
            return (userInput == null
                            ? Future.<Void>succeededFuture()
                            : writes.setUserInput(connection, taskId, userInput))
                    .compose(ignored -> writes.note(connection, taskId, verb, "", actor, clock.instant()))
                    .compose(ignored -> store(connection, task, step.get(), List.of()));
        }));
    }

    /** An attempt gave its outcome. Empty when the attempt was superseded or ended meanwhile: the outcome is dropped. */
    Future<Optional<Moved>> finish(Attempt attempt, StageOutcome outcome, List<LogLine> lines, long durationMs) {
        return database.write(connection -> {
            Instant now = clock.instant();
            Future<Boolean> took = outcome instanceof Completed completed
                    ? writes.complete(connection, attempt, completed, now, durationMs)
                    : writes.fail(connection, attempt, (Failed) outcome, now, durationMs);
            return took.compose(ok -> ok
                    ? writes.addLog(connection, attempt.id(), lines)
                            .compose(ignored -> after(
                                    connection,
                                    attempt,
                                    outcome instanceof Completed
                                            ? new Event.Completed(attempt.templateId())
                                            : new Event.Failed(attempt.templateId())))
                            .map(Optional::of)
                    : Future.succeededFuture(Optional.empty()));
        });
    }

    /**
     * An attempt was cut off with the process, or is about to be: it is closed, and made again unless its policy forbids
     * that.
     */
    Future<Optional<Moved>> cutOff(Attempt attempt, List<LogLine> lines) {
        return database.write(connection -> writes.fail(
                        connection,
                        attempt,
                        new Failed("interrupted", "The server stopped while the stage was running.", true),
                        clock.instant(),
                        0)
                .compose(took -> took
                        ? writes.addLog(connection, attempt.id(), lines)
                                .compose(ignored -> records.load(connection, attempt.taskId()))
                                .compose(task -> after(
                                        connection,
                                        attempt,
                                        task.atMostOnce(task.template(attempt.templateId()))
                                                ? new Event.Failed(attempt.templateId())
                                                : new Event.CutOff(attempt.templateId())))
                                .map(Optional::of)
                        : Future.succeededFuture(Optional.empty())));
    }

    /** The attempts that an earlier process left waiting or running. */
    Future<List<Attempt>> leftOver() {
        return database.read(connection -> records.runningTasks(connection).compose(ids -> {
            List<Attempt> found = new ArrayList<>();
            Future<Void> all = Future.succeededFuture();
            for (String id : ids) {
                all = all.compose(before -> records.load(connection, id))
                        .onSuccess(task -> task.latest().values().stream()
                                .filter(attempt -> attempt.status() == ExecutionStatus.PENDING
                                        || attempt.status() == ExecutionStatus.RUNNING)
                                .forEach(found::add))
                        .mapEmpty();
            }
            return all.map(found);
        }));
    }

    private Future<Moved> after(SqlConnection connection, Attempt attempt, Event event) {
        return records.load(connection, attempt.taskId()).compose(task -> {
            // Nothing follows in a task that is not running any more; the attempt itself is stored.
            Step step = Engine.step(task.state(), event).orElse(new Step(task.state(), List.of(), false));
            return store(connection, task, step, List.of(attempt.id()));
        });
    }

    private Future<Moved> store(SqlConnection connection, TaskRecord task, Step step, List<String> touched) {
        Instant now = clock.instant();
        List<Attempt> attempts = new ArrayList<>();
        List<Attempt> ended = new ArrayList<>();
        Future<Void> done = Future.succeededFuture();
        long fence = task.lastFence();
        for (String templateId : step.attempts()) {
            long next = ++fence;
            done = done.compose(ignored ->
                            writes.insertAttempt(connection, task, templateId, next, inputOf(task, templateId), now))
                    .onSuccess(attempts::add)
                    .mapEmpty();
        }
        if (step.closeActive()) {
            for (Attempt attempt : task.latest().values()) {
                done = done.compose(ignored -> writes.cancel(connection, attempt, now))
                        .onSuccess(took -> {
                            if (took) {
                                ended.add(attempt);
                            }
                        })
                        .mapEmpty();
            }
        }
        TaskStatus status = step.state().status();
        String error = status == TaskStatus.FAILED ? task.failure().orElse(null) : null;
        return done.compose(
                        ignored -> writes.moveTask(connection, task, status, Engine.current(step.state()), error, now))
                .compose(took -> {
                    if (!took) {
                        throw new IllegalStateException("task " + task.id() + " was changed by somebody else");
                    }
                    return status == task.status() || status.open()
                            ? Future.<Void>succeededFuture()
                            : writes.note(
                                    connection, task.id(), status.word(), error == null ? "" : error, "engine", now);
                })
                .compose(ignored -> views(connection, touched, attempts, ended))
                .map(changed -> new Moved(task.id(), status, task.revision() + 1, attempts, ended, changed));
    }

    private Future<List<ExecutionView>> views(
            SqlConnection connection, List<String> touched, List<Attempt> attempts, List<Attempt> ended) {
        List<String> ids = new ArrayList<>(touched);
        attempts.forEach(attempt -> ids.add(attempt.id()));
        ended.forEach(attempt -> ids.add(attempt.id()));
        List<ExecutionView> changed = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        for (String id : ids) {
            all = all.compose(before -> views.get(connection, id))
                    .onSuccess(changed::add)
                    .mapEmpty();
        }
        return all.map(changed);
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
}
