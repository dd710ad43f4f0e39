package dev.callboard.engine;

import dev.callboard.audit.AuditEntry;
import dev.callboard.bus.Caller;
import dev.callboard.engine.ExecutionMessages.TimelineItem;
import dev.callboard.engine.Gathered.LedgerValue;
import dev.callboard.engine.Gathered.StateValue;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.engine.WorkRepository.StoredLease;
import dev.callboard.problem.Ids;
import dev.callboard.sinks.DeliveryRepository.Firing;
import dev.callboard.taskmodel.LogLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task while one command decides about it: as it is so far, and the rows that are added with it. What changes it is pure:
 * {@link TaskChanges} stores the difference to what it was, at once or not at all. Of one thread.
 */
public final class TaskDraft {
    /** What the audit log has although nobody did it: how tasks end. */
    private static final Set<String> ENDS = Set.of("completed", "failed");

    private final TaskRecord before;
    private final Facts facts;
    private final List<TimelineItem> timeline = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private final Map<String, List<LogLine>> logs = new LinkedHashMap<>();
    private final List<Firing> firings = new ArrayList<>();
    private final List<StoredLease> leases = new ArrayList<>();
    private final Set<String> endedLeases = new LinkedHashSet<>();
    private TaskRecord task;

    /**
     * What a decision needs beside the task.
     *
     * @param caller who asked for it
     */
    record Facts(Instant now, Ids ids, Caller caller) {
        /** As the database keeps times. */
        Facts {
            now = now.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    TaskDraft(TaskRecord task, Facts facts) {
        this.before = task;
        this.task = task;
        this.facts = facts;
    }

    /** The task as it was. */
    TaskRecord before() {
        return before;
    }

    /** The task as it is so far. */
    public TaskRecord task() {
        return task;
    }

    /** When the command is decided. */
    public Instant now() {
        return facts.now();
    }

    Caller caller() {
        return facts.caller();
    }

    String nextId() {
        return facts.ids().next();
    }

    /** Whether there is anything to store. */
    boolean changed() {
        return task != before || !logs.isEmpty() || !timeline.isEmpty() || !audit.isEmpty();
    }

    /** Goes back to how the task was a moment before; what was noted stays. */
    void back(TaskRecord earlier) {
        task = earlier;
    }

    /** Changes the task's row. */
    void put(TaskRow row) {
        task = task.with(row);
    }

    /** Adds or changes an attempt. */
    void put(AttemptRow attempt) {
        task = task.with(attempt);
    }

    /** The stored image of an attempt, if it still is the one that is meant. */
    Optional<AttemptRow> find(String executionId, long fence) {
        return Optional.ofNullable(task.attempts().get(executionId)).filter(row -> row.fence() == fence);
    }

    /** Changes the selection; an empty one means all stages. */
    void select(Map<String, Integer> selection) {
        task = task.select(selection).with(task.row().selected());
    }

    /** Puts values under state keys. */
    void putState(String executionId, Map<String, StoredJson> state) {
        if (!state.isEmpty()) {
            Map<String, StateValue> values = new LinkedHashMap<>(task.values());
            state.forEach((key, value) -> values.put(key, new StateValue(executionId, value)));
            task = task.with(new Gathered(values, task.ledger()));
        }
    }

    /**
     * Writes to the ledger, which has a new revision then.
     *
     * @param by the execution whose stage wrote, or a person's name
     * @param entries ledger key to value as JSON text, null to remove the key
     */
    void putLedger(String by, Map<String, ? extends @Nullable String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Map<String, LedgerValue> ledger = new LinkedHashMap<>(task.ledger());
        entries.forEach((key, value) -> {
            if (value == null) {
                ledger.remove(key);
            } else {
                ledger.put(key, new LedgerValue(value, by, now()));
            }
        });
        task = task.with(new Gathered(task.values(), ledger)).with(task.row().ledgerWritten(now()));
    }

    /** Notes what happened in the timeline, and in the audit log what somebody did and how tasks end. */
    public void note(String kind, String detail, Caller by) {
        timeline.add(new TimelineItem(nextId(), now(), by.name(), kind, detail));
        if (by.kind() != Caller.Kind.ENGINE || ENDS.contains(kind)) {
            audit(kind, detail, by);
        }
    }

    /** Notes in the audit log alone that an attempt failed; the timeline has what became of it. */
    void stageFailed(String stage, String error) {
        audit("stage_failed", stage + ": " + error, Caller.ENGINE);
    }

    private void audit(String kind, String detail, Caller by) {
        AuditEntry.Target target = new AuditEntry.Target(task.id(), task.about().title());
        audit.add(AuditEntry.by(by, "task." + kind, target, detail, now()));
    }

    /** Notes a stage that was left out, once for each. */
    void leftOut(String stage) {
        if (!task.leftOut().contains(stage)) {
            task = task.withLeftOut(stage);
            note("left_out", stage, Caller.ENGINE);
        }
    }

    /** Adds log lines of an attempt. */
    public void log(String executionId, List<LogLine> lines) {
        if (!lines.isEmpty()) {
            logs.computeIfAbsent(executionId, id -> new ArrayList<>()).addAll(lines);
        }
    }

    /** Sends outputs to a sink, once for the same outputs. */
    void deliver(List<Firing> results) {
        firings.addAll(results);
    }

    /** Gives an attempt to a worker. */
    void lease(StoredLease lease) {
        leases.add(lease);
    }

    /** Takes an attempt from whichever worker has it. */
    void endLease(String executionId) {
        endedLeases.add(executionId);
    }

    List<TimelineItem> timeline() {
        return timeline;
    }

    List<AuditEntry> audit() {
        return audit;
    }

    Map<String, List<LogLine>> logs() {
        return logs;
    }

    List<Firing> firings() {
        return firings;
    }

    List<StoredLease> leases() {
        return leases;
    }

    Set<String> endedLeases() {
        return endedLeases;
    }
}
