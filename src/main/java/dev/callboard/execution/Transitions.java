package dev.callboard.execution;

import dev.callboard.bus.Caller;
import dev.callboard.execution.Engine.Event;
import dev.callboard.execution.Engine.Step;
import dev.callboard.execution.StageOutcome.Asked;
import dev.callboard.execution.StageOutcome.Completed;
import dev.callboard.execution.StageOutcome.Failed;
import dev.callboard.execution.Steps.Cause;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves tasks through their life. What is to be done once it is stored is in the {@link StoredTransition} that it answers.
 */
final class Transitions {
    private final Database database;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final TaskCommands tasks;
    private final Claims claims;
    private final Retries retries;

    Transitions(Database database, TaskCommands tasks, Claims claims, Retries retries) {
        this.database = database;
        this.tasks = tasks;
        this.claims = claims;
        this.retries = retries;
    }

    /**
     * Somebody starts, ends or retries a task. Fails with {@code wrong_status} when its status does not allow that.
     *
     * @param check may refuse it after the task was read, by throwing; it is asked inside of the transaction
     * @param place whether there is a place for an attempt that follows
     */
    Future<StoredTransition> command(
            String taskId,
            Event event,
            String verb,
            @Nullable String userInput,
            Caller by,
            Consumer<TaskRecord> check,
            boolean place) {
        return tasks.decideOpen(taskId, draft -> {
            TaskRecord task = draft.task();
            Step step = Engine.step(task.state(), event)
                    .orElseThrow(() -> ProblemException.illegalState(
                            "wrong_status",
                            "The task is " + task.status().word() + "; it cannot be " + verb + " now."));
            check.accept(task);
            if (userInput != null) {
                draft.put(task.row().withUserInput(userInput));
            }
            draft.note(verb, "", by);
            StoredTransition moved = Steps.take(draft, step, new Cause(by, List.of(), Map.of()));
            return place ? claims.beginNext(draft, moved) : moved;
        });
    }

    /**
     * An attempt gave its outcome. Empty when the attempt was superseded or ended meanwhile: the outcome is dropped.
     *
     * @param keepsPlace whether the attempt that follows has its place
     */
    Future<Optional<StoredTransition>> finish(
            Attempt attempt,
            StageOutcome outcome,
            Optional<Usage> usage,
            List<LogLine> lines,
            long durationMs,
            boolean keepsPlace) {
        return tasks.decide(attempt.taskId(), draft -> finish(draft, attempt, outcome, usage, durationMs)
                .map(event -> {
                    draft.log(attempt.id(), lines);
                    StoredTransition moved = follow(draft, attempt, event, outcome);
                    return keepsPlace ? claims.beginNext(draft, moved) : moved;
                }));
    }

    /** What the outcome means for the task; nothing when it came too late. */
    private Optional<Event> finish(
            TaskDraft draft, Attempt attempt, StageOutcome outcome, Optional<Usage> usage, long durationMs) {
        TaskRecord task = draft.task();
        Template template = task.template(attempt.templateId());
        if (outcome instanceof Failed failed) {
            boolean again = retries.again(failed, attempt.turn(), task.policy(template));
            if (!AttemptRules.fail(draft, attempt, failed, usage, durationMs)) {
                return Optional.empty();
            }
            draft.stageFailed(template.name(), failed.message());
            return Optional.of(again ? new Event.TriedAgain(template.id()) : new Event.Failed(template.id()));
        }
        Event waits = new Event.Waits(template.id());
        if (outcome instanceof Asked asked) {
            if (!AttemptRules.ask(draft, attempt, asked, usage)) {
                return Optional.empty();
            }
            Suggestions.put(draft, attempt.id(), Caller.RULES, asked.suggested());
            return Optional.of(waits);
        }
        Completed completed = (Completed) outcome;
        boolean decided = template.approval() instanceof ApprovalRule.None
                && (template.prompt().outputFormat() == null
                        || completed.facts().openQuestions() == 0);
        ExecutionStatus status = decided ? ExecutionStatus.COMPLETED : ExecutionStatus.AWAITING_APPROVAL;
        if (!AttemptRules.complete(draft, attempt, completed, status, usage, durationMs)) {
            return Optional.empty();
        }
        Suggestions.put(draft, attempt.id(), Caller.MODEL, completed.facts().suggested());
        return Optional.of(decided ? new Event.Completed(template.id()) : waits);
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
        return tasks.decide(attempt.taskId(), draft -> {
            if (!AttemptRules.fail(draft, attempt, failed, Optional.empty(), durationMs)) {
                return Optional.empty();
            }
            draft.log(attempt.id(), lines);
            Template template = draft.task().template(attempt.templateId());
            draft.stageFailed(template.name(), failed.message());
            Event event = draft.task()
                            .policy(template)
                            .goesOnAfterCutOff(attempt.turn().tries())
                    ? new Event.CutOff(template.id())
                    : new Event.Failed(template.id());
            return Optional.of(follow(draft, attempt, event, failed));
        });
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

    private StoredTransition follow(TaskDraft draft, Attempt attempt, Event event, StageOutcome outcome) {
        TaskRecord task = draft.task();
        // Nothing follows in a task that is not running any more; the attempt itself is stored.
        Step step = Engine.step(task.state(), event).orElse(new Step(task.state(), List.of(), false));
        if (!(outcome instanceof Failed failed) || !step.attempts().contains(attempt.templateId())) {
            return Steps.take(draft, step, Cause.engine(attempt.id()));
        }
        Template template = task.template(attempt.templateId());
        Policy policy = task.policy(template);
        AttemptSchedule next = event instanceof Event.CutOff
                ? new AttemptSchedule(attempt.turn().tries() + 1, null, null)
                : retries.next(failed, attempt.turn(), policy, draft.now());
        if (next.notBefore() != null) {
            draft.note("retry", Retries.note(template, failed, next, policy), Caller.ENGINE);
        }
        return Steps.take(draft, step, Cause.again(attempt, next));
    }
}
