package dev.callboard.engine;

import dev.callboard.bus.Caller;
import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.Engine.Step;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.palette.Usage;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.LogLine;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves tasks through their life, by {@link TaskRules}. What is to be done once it is stored is in the {@link StoredTransition}
 * that it answers.
 */
public final class Transitions {
    private final Database database;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final TaskCommands tasks;
    private final Claims claims;
    private final TaskRules rules;

    /**
     * Names the parts.
     *
     * @param claims begins the attempt that follows one
     * @param retries says which failures are tried again, and when
     */
    public Transitions(Database database, TaskCommands tasks, Claims claims, Retries retries) {
        this.database = database;
        this.tasks = tasks;
        this.claims = claims;
        this.rules = new TaskRules(retries);
    }

    /**
     * Somebody starts, ends or retries a task. Fails with {@code wrong_status} when its status does not allow that.
     *
     * @param check may refuse it after the task was read, by throwing; it is asked inside of the transaction
     * @param place whether there is a place for an attempt that follows
     */
    public Future<StoredTransition> command(
            String taskId,
            Event event,
            String verb,
            @Nullable String userInput,
            Caller by,
            Consumer<TaskRecord> check,
            boolean place) {
        return tasks.decideOpen(taskId, draft -> {
            Step step = TaskRules.step(draft.task(), event, verb);
            check.accept(draft.task());
            StoredTransition moved = TaskRules.command(draft, step, verb, userInput, by);
            return place ? claims.beginNext(draft, moved) : moved;
        });
    }

    /**
     * An attempt gave its outcome. Empty when the attempt was superseded or ended meanwhile: the outcome is dropped.
     *
     * @param keepsPlace whether the attempt that follows has its place
     */
    public Future<Optional<StoredTransition>> finish(
            Attempt attempt,
            StageOutcome outcome,
            Optional<Usage> usage,
            List<LogLine> lines,
            long durationMs,
            boolean keepsPlace) {
        return tasks.decide(attempt.taskId(), draft -> rules.finish(draft, attempt, outcome, usage, durationMs)
                .map(moved -> {
                    draft.log(attempt.id(), lines);
                    return keepsPlace ? claims.beginNext(draft, moved) : moved;
                }));
    }

    /**
     * An attempt was cut off with the process, or is about to be: it is closed, and made again unless its policy forbids
     * that.
     */
    public Future<Optional<StoredTransition>> cutOff(Attempt attempt, List<LogLine> lines) {
        return cutOff(
                attempt, new Failed("interrupted", "The server stopped while the stage was running.", true), lines, 0);
    }

    /**
     * An attempt was cut off with whatever ran it.
     *
     * @param failed what is said of it
     */
    public Future<Optional<StoredTransition>> cutOff(
            Attempt attempt, Failed failed, List<LogLine> lines, long durationMs) {
        return tasks.decide(attempt.taskId(), draft -> rules.cutOff(draft, attempt, failed, durationMs)
                .map(moved -> {
                    draft.log(attempt.id(), lines);
                    return moved;
                }));
    }

    /**
     * A task that was to start as soon as it was made, and did not.
     *
     * @param by who made it
     */
    public record Unstarted(String id, String by) {}

    /** The tasks that an earlier process was to start and did not. */
    public Future<List<Unstarted>> unstarted() {
        return database.read(records::unstarted);
    }

    /** The attempts that an earlier process left waiting or running. */
    public Future<List<Attempt>> leftOver() {
        return database.read(transaction -> records.runningTasks(transaction)
                .compose(ids -> Sql.inTurn(ids, id -> records.load(transaction, id)))
                .map(tasks -> tasks.stream()
                        .flatMap(task -> task.latest().values().stream())
                        .filter(attempt -> attempt.status() == ExecutionStatus.PENDING
                                || attempt.status() == ExecutionStatus.RUNNING)
                        .toList()));
    }
}
