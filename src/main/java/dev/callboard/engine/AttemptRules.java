package dev.callboard.engine;

import dev.callboard.bus.Caller;
import dev.callboard.engine.StageOutcome.Completed;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.engine.WorkRepository.StoredLease;
import dev.callboard.json.Json;
import dev.callboard.palette.Usage;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Wait;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How attempts change. Each change says whether it took: an attempt that was superseded or ended meanwhile, which its fence and
 * its status tell, stays as it is. Pure.
 */
public final class AttemptRules {
    private static final Set<ExecutionStatus> UNFINISHED =
            EnumSet.of(ExecutionStatus.PENDING, ExecutionStatus.RUNNING, ExecutionStatus.AWAITING_APPROVAL);
    private static final Set<ExecutionStatus> OUTDATABLE = EnumSet.of(
            ExecutionStatus.COMPLETED,
            ExecutionStatus.APPROVED,
            ExecutionStatus.AWAITING_APPROVAL,
            ExecutionStatus.FAILED);
    private static final String LEASED = "leased";

    private AttemptRules() {}

    /** Makes the next attempt at a stage, waiting for its place. */
    static AttemptRow add(
            TaskDraft draft, String templateId, String input, @Nullable String userInput, AttemptSchedule turn) {
        TaskRecord task = draft.task();
        Attempt last = task.latest().get(templateId);
        AttemptRow row = new AttemptRow(
                draft.nextId(),
                task.id(),
                templateId,
                last == null ? 1 : last.number() + 1,
                task.lastFence() + 1,
                ExecutionStatus.PENDING,
                task.template(templateId).type(),
                Json.write(task.configOf(task.template(templateId))),
                input,
                null,
                null,
                null,
                userInput,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                turn.tries(),
                turn.notBefore(),
                1,
                draft.now(),
                null,
                null,
                null);
        draft.put(row);
        return row;
    }

    /** Takes a waiting attempt to run it. */
    static boolean begin(TaskDraft draft, Attempt attempt) {
        return change(draft, attempt, EnumSet.of(ExecutionStatus.PENDING), edit -> {
            edit.status = ExecutionStatus.RUNNING;
            edit.startedAt = draft.now();
            edit.endWait();
        });
    }

    /**
     * A result; what it says of state and ledger is kept too.
     *
     * @param status completed, or waiting for a decision
     */
    static boolean complete(
            TaskDraft draft,
            Attempt attempt,
            Completed outcome,
            ExecutionStatus status,
            Optional<Usage> usage,
            long durationMs) {
        boolean took = change(draft, attempt, EnumSet.of(ExecutionStatus.RUNNING), edit -> {
            edit.status = status;
            edit.output = outcome.output();
            edit.outputCount = outcome.count();
            edit.completedAt = draft.now();
            edit.durationMs = durationMs;
            edit.usage = usage.map(Json::write).orElse(edit.usage);
            edit.endWait();
        });
        if (took) {
            draft.putState(attempt.id(), outcome.state());
            draft.putLedger(attempt.id(), outcome.ledger());
        }
        return took;
    }

    /** A failure. */
    static boolean fail(TaskDraft draft, Attempt attempt, Failed outcome, Optional<Usage> usage, long durationMs) {
        return change(draft, attempt, EnumSet.of(ExecutionStatus.RUNNING), edit -> {
            edit.status = ExecutionStatus.FAILED;
            edit.error = outcome.message();
            edit.errorCode = outcome.code();
            edit.retryable = outcome.retryable();
            edit.completedAt = draft.now();
            edit.durationMs = durationMs;
            edit.usage = usage.map(Json::write).orElse(edit.usage);
            edit.endWait();
        });
    }

    /** It waits for a person's result. */
    static boolean ask(TaskDraft draft, Attempt attempt, StageOutcome.Asked asked, Optional<Usage> usage) {
        return change(draft, attempt, EnumSet.of(ExecutionStatus.RUNNING), edit -> {
            edit.status = ExecutionStatus.AWAITING_APPROVAL;
            edit.input = Suggestions.asked(edit.input, asked);
            edit.usage = usage.map(Json::write).orElse(edit.usage);
            edit.endWait();
        });
    }

    /** It ends with its task. */
    static boolean cancel(TaskDraft draft, Attempt attempt, Caller by) {
        return change(draft, attempt, UNFINISHED, edit -> {
            edit.status = ExecutionStatus.CANCELLED;
            edit.completedAt = draft.now();
            edit.decide(decision("cancelled", by, draft.now()), by.name(), draft.now());
            edit.endWait();
        });
    }

    /** Its result is out of date. One that waited is decided by that. */
    static boolean outdate(TaskDraft draft, Attempt attempt, Caller by) {
        return change(draft, attempt, OUTDATABLE, edit -> {
            if (edit.status == ExecutionStatus.AWAITING_APPROVAL) {
                edit.decide(decision("redone", by, draft.now()), by.name(), draft.now());
            }
            edit.status = ExecutionStatus.STALE;
        });
    }

    /**
     * A person agreed to its result, or gave one.
     *
     * @param decision as it is kept, JSON text
     * @param made what the person made of the output, null when they left it as it was
     */
    static boolean approve(TaskDraft draft, AttemptRow attempt, String decision, @Nullable StoredJson made, Caller by) {
        Optional<AttemptRow> found = draft.find(attempt.id(), attempt.fence())
                .filter(row -> row.status() == ExecutionStatus.AWAITING_APPROVAL);
        found.ifPresent(row -> draft.put(row.with(edit -> {
            edit.status = ExecutionStatus.APPROVED;
            edit.decide(decision, by.name(), draft.now());
            if (edit.completedAt == null) {
                edit.completedAt = draft.now();
            }
            if (made != null && edit.output == null) {
                edit.output = made;
                edit.outputCount = 1L;
            } else if (made != null) {
                edit.decided = made;
            }
        })));
        return found.isPresent();
    }

    /** It goes on only later. */
    public static boolean park(TaskDraft draft, Attempt attempt, Wait wait) {
        return change(draft, attempt, EnumSet.of(ExecutionStatus.RUNNING), edit -> {
            edit.waiting = wait;
            edit.workerWait = WorkRepository.word(wait);
        });
    }

    /** A worker takes it. */
    public static boolean take(TaskDraft draft, Attempt attempt, StoredLease lease) {
        Optional<AttemptRow> open = running(draft, attempt)
                .filter(row -> row.workerWait() != null && !row.workerWait().equals(LEASED));
        open.ifPresent(row -> {
            draft.put(row.with(edit -> edit.workerWait = LEASED));
            draft.lease(lease);
        });
        return open.isPresent();
    }

    /** The worker that has it gives it back: it waits for one again. */
    public static boolean giveBack(TaskDraft draft, Attempt attempt, boolean secrets) {
        Optional<AttemptRow> taken = running(draft, attempt).filter(row -> LEASED.equals(row.workerWait()));
        taken.ifPresent(row -> {
            draft.put(row.with(edit -> edit.workerWait = WorkRepository.word(secrets)));
            draft.endLease(row.id());
        });
        return taken.isPresent();
    }

    /** It goes on here and waits for no worker any more, unless one has it. */
    public static boolean keepFromWorkers(TaskDraft draft, Attempt attempt) {
        Optional<AttemptRow> open = running(draft, attempt)
                .filter(row -> row.workerWait() != null && !row.workerWait().equals(LEASED));
        open.ifPresent(row -> draft.put(row.with(edit -> edit.workerWait = null)));
        return open.isPresent();
    }

    private static Optional<AttemptRow> running(TaskDraft draft, Attempt attempt) {
        return draft.find(attempt.id(), attempt.fence()).filter(row -> row.status() == ExecutionStatus.RUNNING);
    }

    private static boolean change(
            TaskDraft draft, Attempt attempt, Set<ExecutionStatus> from, Consumer<AttemptRow.Edit> changes) {
        Optional<AttemptRow> found =
                draft.find(attempt.id(), attempt.fence()).filter(row -> from.contains(row.status()));
        found.ifPresent(row -> {
            AttemptRow changed = row.with(changes);
            draft.put(changed);
            if (LEASED.equals(row.workerWait()) && changed.workerWait() == null) {
                draft.endLease(row.id());
            }
        });
        return found.isPresent();
    }

    private static String decision(String action, Caller by, Instant now) {
        return Decisions.decision(action, by.name(), now, Map.of());
    }
}
