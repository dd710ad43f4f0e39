package dev.callboard.engine;

import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.Engine.Step;
import dev.callboard.engine.ExecutionMessages.ApproveTask;
import dev.callboard.engine.Steps.Cause;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.Decision;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Approvals. What is decided is checked first, outside of any transaction because outputs may be large; then the decision,
 * the selection and what follows are stored in one, guarded so that each attempt is decided once.
 */
public final class Decisions {
    private final Vertx vertx;
    private final Database database;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final TaskCommands tasks;
    private final DecidedOutputs outputs;
    private final Selections selections;

    /**
     * Names the parts.
     *
     * @param outputs checks what people fill in, on worker threads of {@code vertx}
     */
    public Decisions(
            Vertx vertx, Database database, TaskCommands tasks, DecidedOutputs outputs, Selections selections) {
        this.vertx = vertx;
        this.database = database;
        this.tasks = tasks;
        this.outputs = outputs;
        this.selections = selections;
    }

    private record Found(Template template, AttemptRow attempt) {}

    /** A decision as it is kept. */
    static String decision(String action, String actor, Instant now, Map<String, Object> members) {
        Map<String, Object> decision = new LinkedHashMap<>();
        decision.put("action", action);
        decision.put("by", actor);
        decision.put("at", now.toString());
        decision.putAll(members);
        return Json.write(decision);
    }

    /**
     * Approves. Fails with {@code wrong_status}, {@code already_decided}, {@code open_questions}, {@code invalid_decision} or
     * {@code invalid_selection}; nothing was changed then.
     */
    public Future<StoredTransition> approve(ApproveTask ask) {
        Decision decision = Decision.read(ask.decision());
        return database.read(transaction -> records.loadOpen(transaction, ask.taskId()))
                .map(task -> find(task, ask))
                .compose(found -> vertx.executeBlocking(
                                () -> outputs.check(found.template(), found.attempt(), decision), false)
                        .compose(checked -> tasks.decideOpen(
                                ask.taskId(), draft -> decide(draft, ask, decision, found.attempt(), checked))));
    }

    private static Found find(TaskRecord task, ApproveTask ask) {
        AttemptRow attempt = ask.executionId() == null ? waiting(task) : named(task, ask.executionId());
        return new Found(task.template(attempt.templateId()), attempt);
    }

    private static AttemptRow waiting(TaskRecord task) {
        Optional<AttemptRow> open = task.order().keys().stream()
                .flatMap(key -> task.latestRow(key).stream())
                .filter(attempt -> attempt.status() == ExecutionStatus.AWAITING_APPROVAL)
                .findFirst();
        if (task.status() != TaskStatus.AWAITING_APPROVAL || open.isEmpty()) {
            throw ProblemException.illegalState(
                    "wrong_status",
                    "The task is " + task.status().word() + "; nothing waits for approval now."
                            + lastDecided(task)
                                    .map(last -> " The last decision was " + who(last) + ".")
                                    .orElse(""));
        }
        return open.get();
    }

    private static Optional<AttemptRow> lastDecided(TaskRecord task) {
        return task.attempts().values().stream()
                .filter(attempt -> attempt.decidedAt() != null)
                .max(Comparator.comparing((AttemptRow attempt) -> Objects.requireNonNull(attempt.decidedAt()))
                        .thenComparing(AttemptRow::fence));
    }

    private static String who(AttemptRow attempt) {
        return "made by '" + attempt.decidedBy() + "' at " + attempt.decidedAt();
    }

    private static AttemptRow named(TaskRecord task, String executionId) {
        AttemptRow attempt = task.attempts().get(executionId);
        if (attempt == null) {
            throw ProblemException.notFound("unknown_execution", "The task has no execution '" + executionId + "'.");
        }
        requireWaiting(attempt);
        return attempt;
    }

    private static void requireWaiting(AttemptRow attempt) {
        if (attempt.decidedAt() != null) {
            throw ProblemException.illegalState(
                    "already_decided",
                    "The decision about this execution was " + who(attempt) + "; it is "
                            + attempt.status().word() + " now.");
        }
        if (attempt.status() != ExecutionStatus.AWAITING_APPROVAL) {
            throw ProblemException.illegalState(
                    "wrong_status",
                    "The execution is " + attempt.status().word() + "; it does not wait for a decision.");
        }
    }

    private StoredTransition decide(
            TaskDraft draft, ApproveTask ask, Decision decision, AttemptRow attempt, DecidedOutputs.Checked checked) {
        Map<String, Object> members = new LinkedHashMap<>(decision.members());
        members.putAll(checked.members());
        List<String> wanted = ask.selectedStageIds();
        if (wanted != null) {
            members.put("selected_stage_ids", wanted);
        }
        String kept = decision("approved", draft.caller().name(), draft.now(), members);
        if (!AttemptRules.approve(draft, attempt, kept, checked.made(), draft.caller())) {
            requireWaiting(Objects.requireNonNull(draft.task().attempts().get(attempt.id()), "attempts stay"));
        }
        Template template = draft.task().template(attempt.templateId());
        draft.note("approved", template.name(), draft.caller());
        draft.putState(attempt.id(), checked.state());
        draft.putLedger(attempt.id(), checked.ledger());
        if (checked.made() != null) {
            Suggestions.put(draft, attempt.id(), draft.caller(), checked.facts().suggested());
        }
        if (wanted != null) {
            selections.choose(draft, wanted, "/selected_stage_ids");
        }
        TaskRecord task = draft.task();
        Step step = Engine.step(task.state(), new Event.Approved(template.id()))
                .orElseThrow(() -> ProblemException.illegalState(
                        "wrong_status", "The task is " + task.status().word() + "; it cannot be approved now."));
        return Steps.take(draft, step, new Cause(draft.caller(), List.of(attempt.id()), Map.of()));
    }
}
