package dev.callboard.engine;

import dev.callboard.bus.Caller;
import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.Engine.Step;
import dev.callboard.engine.StageOutcome.Asked;
import dev.callboard.engine.StageOutcome.Completed;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.Steps.Cause;
import dev.callboard.palette.Usage;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.ApprovalRule;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What commands and outcomes make of a task. Pure, but for the chance in the delays of retries. */
final class TaskRules {
    private final Retries retries;

    TaskRules(Retries retries) {
        this.retries = retries;
    }

    /** The step that an event means. Fails with {@code wrong_status} when the task's status does not allow it. */
    static Step step(TaskRecord task, Event event, String verb) {
        return Engine.step(task.state(), event)
                .orElseThrow(() -> ProblemException.illegalState(
                        "wrong_status", "The task is " + task.status().word() + "; it cannot be " + verb + " now."));
    }

    /** Somebody starts, ends or retries a task, as {@link #step} allowed. */
    static StoredTransition command(TaskDraft draft, Step step, String verb, @Nullable String userInput, Caller by) {
        if (userInput != null) {
            draft.put(draft.task().row().withUserInput(userInput));
        }
        draft.note(verb, "", by);
        return Steps.take(draft, step, new Cause(by, List.of(), Map.of()));
    }

    /** An attempt gave its outcome. Empty when it was superseded or ended meanwhile: nothing is changed then. */
    Optional<StoredTransition> finish(
            TaskDraft draft, Attempt attempt, StageOutcome outcome, Optional<Usage> usage, long durationMs) {
        return event(draft, attempt, outcome, usage, durationMs).map(event -> follow(draft, attempt, event, outcome));
    }

    /** An attempt was cut off with whatever ran it: it is closed, and made again unless its policy forbids that. */
    Optional<StoredTransition> cutOff(TaskDraft draft, Attempt attempt, Failed failed, long durationMs) {
        if (!AttemptRules.fail(draft, attempt, failed, Optional.empty(), durationMs)) {
            return Optional.empty();
        }
        Template template = draft.task().template(attempt.templateId());
        draft.stageFailed(template.name(), failed.message());
        Event event =
                draft.task().policy(template).goesOnAfterCutOff(attempt.turn().tries())
                        ? new Event.CutOff(template.id())
                        : new Event.Failed(template.id());
        return Optional.of(follow(draft, attempt, event, failed));
    }

    /** What the outcome means for the task; nothing when it came too late. */
    private Optional<Event> event(
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
