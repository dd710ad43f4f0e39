package dev.callboard.execution;

import dev.callboard.bus.Caller;
import dev.callboard.execution.Engine.Event;
import dev.callboard.execution.Engine.Step;
import dev.callboard.execution.StageOutcome.Asked;
import dev.callboard.execution.StageOutcome.Completed;
import dev.callboard.execution.StageOutcome.Failed;
import dev.callboard.execution.Steps.Cause;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.execution.TaskRecord.AttemptSchedule;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.execution.TaskRecordRepository.Unstarted;
import dev.callboard.palette.Usage;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ApprovalRule;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.LogLine;
import dev.callboard.taskmodel.Policy;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves tasks through their life: each method is one transaction that reads the task, asks the rules and stores what follows.
 * What is to be done after the commit is in the {@link StoredTransition} that it answers.
 */
final class Transitions {
    private final Database database;
    private final ExecutionRepository writes;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final TimelineRepository timeline;
    private final Suggestions suggestions;
    private final Steps steps;
    private final Retries retries;
    private final Clock clock;

    Transitions(
            Database database,
            ExecutionRepository writes,
            TimelineRepository timeline,
            Suggestions suggestions,
            Steps steps,
            Retries retries,
            Clock clock) {
        this.database = database;
        this.writes = writes;
        this.timeline = timeline;
        this.suggestions = suggestions;
        this.steps = steps;
        this.retries = retries;
        this.clock = clock;
    }

    /**
     * Somebody starts, ends or retries a task. Fails with {@code wrong_status} when its status does not allow that.
     *
     * @param check may refuse it after the task was read, by throwing; it is asked inside of the transaction
     */
    Future<StoredTransition> command(
            String taskId,
            Event event,
            String verb,
            @Nullable String userInput,
            Caller by,
            Consumer<TaskRecord> check) {
        return database.write(connection -> records.loadOpen(connection, taskId).compose(task -> {
            Optional<Step> step = Engine.step(task.state(), event);
            if (step.isEmpty()) {
                throw ProblemException.illegalState(
                        "wrong_status", "The task is " + task.status().word() + "; it cannot be " + verb + " now.");
            }
            check.accept(task);
            Future<Void> noted = userInput == null
                    ? Future.succeededFuture()
                    : TaskStatusRepository.setUserInput(connection, taskId, userInput);
            return noted.compose(ignored -> timeline.note(connection, taskId, verb, "", by, clock.instant()))
                    .compose(ignored -> steps.store(
                            connection, task, step.get(), new Cause(by, List.of(), Map.of()), clock.instant()));
        }));
    }

    /** An attempt gave its outcome. Empty when the attempt was superseded or ended meanwhile: the outcome is dropped. */
    Future<Optional<StoredTransition>> finish(
            Attempt attempt, StageOutcome outcome, Optional<Usage> usage, List<LogLine> lines, long durationMs) {
        return database.write(connection -> records.load(connection, attempt.taskId())
                .compose(task -> finish(connection, task, attempt, outcome, durationMs)
                        .compose(event -> event.isEmpty()
                                ? Future.succeededFuture(Optional.<StoredTransition>empty())
                                : writes.addLog(connection, attempt.id(), lines)
                                        .compose(ignored -> writes.used(connection, attempt.id(), usage))
                                        .compose(ignored -> records.load(connection, task.id()))
                                        .compose(now -> follow(connection, now, attempt, event.get(), outcome))
                                        .map(moved -> wroteLedger(outcome) ? moved.withLedgerWritten() : moved)
                                        .map(Optional::of))));
    }

    private static boolean wroteLedger(StageOutcome outcome) {
        return outcome instanceof Completed completed && !completed.ledger().isEmpty();
    }

    private Future<Optional<Event>> finish(
            SqlConnection connection, TaskRecord task, Attempt attempt, StageOutcome outcome, long durationMs) {
        Instant now = clock.instant();
        Template template = task.template(attempt.templateId());
        if (outcome instanceof Failed failed) {
            boolean again = retries.again(failed, attempt.turn(), task.policy(template));
            return writes.fail(connection, attempt, failed, now, durationMs)
                    .compose(took -> took
                            ? timeline.stageFailed(connection, task.id(), template.name(), failed.message(), now)
                                    .map(Optional.of(failure(template, again)))
                            : Future.succeededFuture(Optional.empty()));
        }
        Event waits = new Event.Waits(template.id());
        if (outcome instanceof Asked asked) {
            return writes.input(connection, attempt.id())
                    .compose(input -> writes.ask(connection, attempt, Suggestions.asked(input, asked)))
                    .compose(took -> took
                            ? suggestions
                                    .put(connection, task, attempt.id(), Caller.RULES, asked.suggested(), now)
                                    .map(Optional.of(waits))
                            : Future.succeededFuture(Optional.empty()));
        }
        Completed completed = (Completed) outcome;
        boolean decided = template.approval() instanceof ApprovalRule.None
                && (template.prompt().outputFormat() == null
                        || completed.facts().openQuestions() == 0);
        ExecutionStatus status = decided ? ExecutionStatus.COMPLETED : ExecutionStatus.AWAITING_APPROVAL;
        return writes.complete(connection, attempt, completed, status, now, durationMs)
                .compose(took -> took
                        ? suggestions
                                .put(
                                        connection,
                                        task,
                                        attempt.id(),
                                        Caller.MODEL,
                                        completed.facts().suggested(),
                                        now)
                                .map(Optional.of(decided ? new Event.Completed(template.id()) : waits))
                        : Future.succeededFuture(Optional.empty()));
    }

    private static Event failure(Template template, boolean again) {
        return again ? new Event.TriedAgain(template.id()) : new Event.Failed(template.id());
    }

    /**
     * An attempt was cut off with the process, or is about to be: it is closed, and made again unless its policy forbids
     * that.
     */
    Future<Optional<StoredTransition>> cutOff(Attempt attempt, List<LogLine> lines) {
        return cutOff(
                attempt, new Failed("interrupted", "The server stopped while the stage was running.", true), lines, 0);
    }

    /**
     * An attempt was cut off with whatever ran it.
     *
     * @param failed what is said of it
     */
    Future<Optional<StoredTransition>> cutOff(Attempt attempt, Failed failed, List<LogLine> lines, long durationMs) {
        return database.write(connection -> writes.fail(connection, attempt, failed, clock.instant(), durationMs)
                .compose(took -> took
                        ? writes.addLog(connection, attempt.id(), lines)
                                .compose(ignored -> records.load(connection, attempt.taskId()))
                                .compose(task -> cutOff(connection, task, attempt, failed))
                                .map(Optional::of)
                        : Future.succeededFuture(Optional.empty())));
    }

    private Future<StoredTransition> cutOff(SqlConnection connection, TaskRecord task, Attempt attempt, Failed failed) {
        Template template = task.template(attempt.templateId());
        Event event = task.policy(template).goesOnAfterCutOff(attempt.turn().tries())
                ? new Event.CutOff(template.id())
                : new Event.Failed(template.id());
        return timeline.stageFailed(connection, task.id(), template.name(), failed.message(), clock.instant())
                .compose(noted -> follow(connection, task, attempt, event, failed));
    }

    /** The tasks that an earlier process was to start and did not. */
    Future<List<Unstarted>> unstarted() {
        return database.read(records::unstarted);
    }

    /** The attempts that an earlier process left waiting or running. */
    Future<List<Attempt>> leftOver() {
        return database.read(connection -> records.runningTasks(connection)
                .compose(ids -> Sql.inTurn(ids, id -> records.load(connection, id)))
                .map(tasks -> tasks.stream()
                        .flatMap(task -> task.latest().values().stream())
                        .filter(attempt -> attempt.status() == ExecutionStatus.PENDING
                                || attempt.status() == ExecutionStatus.RUNNING)
                        .toList()));
    }

    private Future<StoredTransition> follow(
            SqlConnection connection, TaskRecord task, Attempt attempt, Event event, StageOutcome outcome) {
        Instant now = clock.instant();
        // Nothing follows in a task that is not running any more; the attempt itself is stored.
        Step step = Engine.step(task.state(), event).orElse(new Step(task.state(), List.of(), false));
        if (!(outcome instanceof Failed failed) || !step.attempts().contains(attempt.templateId())) {
            return steps.store(connection, task, step, Cause.engine(attempt.id()), now);
        }
        Template template = task.template(attempt.templateId());
        Policy policy = task.policy(template);
        AttemptSchedule next = event instanceof Event.CutOff
                ? new AttemptSchedule(attempt.turn().tries() + 1, null, null)
                : retries.next(failed, attempt.turn(), policy, now);
        Cause cause = Cause.again(attempt, next);
        return next.notBefore() == null
                ? steps.store(connection, task, step, cause, now)
                : timeline.note(
                                connection,
                                task.id(),
                                "retry",
                                Retries.note(template, failed, next, policy),
                                Caller.ENGINE,
                                now)
                        .compose(ignored -> steps.store(connection, task, step, cause, now));
    }
}
