package dev.callboard.engine;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.engine.ExecutionMessages.TimelineItem;
import dev.callboard.engine.Gathered.LedgerValue;
import dev.callboard.engine.Gathered.StateValue;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.engine.StartMessages.MakeTask;
import dev.callboard.problem.Ids;
import dev.callboard.sinks.DeliveryRepository;
import dev.callboard.store.Entry;
import dev.callboard.store.Entry.Guard;
import dev.callboard.store.Entry.Phase;
import dev.callboard.store.Entry.Rows;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.Firing;
import dev.callboard.taskmodel.LogLine;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of what a command made of a task: of the difference between what it was and what it is. The update of the task's
 * row is guarded by its revision: who has lost the task writes nothing.
 */
public final class TaskChanges {
    private static final String DELETE_STATE = "DELETE FROM task_state WHERE task_id = ? AND state_key = ?";
    private static final String INSERT_STATE =
            "INSERT INTO task_state (task_id, state_key, execution_id, value, sha256, size) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String DELETE_LEDGER = "DELETE FROM task_ledger WHERE task_id = ? AND ledger_key = ?";
    private static final String INSERT_LEDGER =
            "INSERT INTO task_ledger (task_id, ledger_key, value, written_by, written_at) VALUES (?, ?, ?, ?, ?)";

    private static final String DELETE_SELECTION = "DELETE FROM task_stages WHERE task_id = ?";
    private static final String INSERT_SELECTION =
            "INSERT INTO task_stages (id, task_id, stage_template_id, sort_order) VALUES (?, ?, ?, ?)";

    private static final String DELETE_LEASE = "DELETE FROM worker_leases WHERE execution_id = ?";
    private static final String INSERT_LEASE =
            "INSERT INTO worker_leases (execution_id, lease, worker, taken_at, deadline) VALUES (?, ?, ?, ?, ?)";

    private static final String INSERT_TIMELINE =
            "INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) VALUES (?, ?, ?, ?, ?, ?)";

    private final AuditRepository audit;
    private final DeliveryRepository deliveries;
    private final Ids ids;

    /** Names the parts. */
    public TaskChanges(AuditRepository audit, DeliveryRepository deliveries, Ids ids) {
        this.audit = audit;
        this.deliveries = deliveries;
        this.ids = ids;
    }

    /**
     * What is written of a decision.
     *
     * @param task as the decision left it, at its next revision
     * @param committed also done once it is stored
     * @param dropped done when it is not
     */
    <T> Entry<T> entry(TaskDraft draft, TaskRecord task, T result, Runnable committed, Runnable dropped) {
        Guard guard = new Guard(
                TaskRows.UPDATE, TaskRows.updated(task.row(), draft.before().revision()), TaskRows.FIRM_UPDATE);
        return entry(draft, task, guard, new ArrayList<>(), result, committed, dropped);
    }

    /**
     * What is written of a new task.
     *
     * @param task as the decision left it, at its first revision
     * @param committed also done once it is stored
     * @param dropped done when it is not
     */
    <T> Entry<T> made(TaskDraft draft, TaskRecord task, MakeTask ask, T result, Runnable committed, Runnable dropped) {
        List<Rows> rows = new ArrayList<>();
        add(rows, Phase.WHOLES, TaskRows.INSERT, List.of(TaskRows.inserted(task, ask.start())));
        Firing firing = ask.firing();
        if (firing != null) {
            rows.addAll(FiringRepository.remembered(firing, task.id(), draft.now()));
        }
        Guard guard = firing == null ? null : FiringRepository.guard(firing, task.id(), draft.now());
        return entry(draft, task, guard, rows, result, committed, dropped);
    }

    private <T> Entry<T> entry(
            TaskDraft draft,
            TaskRecord task,
            @Nullable Guard guard,
            List<Rows> rows,
            T result,
            Runnable committed,
            Runnable dropped) {
        TaskRecord before = draft.before();
        attempts(rows, before, task);
        state(rows, before, task);
        ledger(rows, before, task);
        selection(rows, before, task);
        leases(rows, draft);
        add(rows, Phase.DETAILS, INSERT_TIMELINE, timeline(draft));
        add(rows, Phase.DETAILS, LogLineRepository.INSERT, lines(draft.logs()));
        List<AuditEntry> audited = audit.minted(draft.audit());
        add(rows, Phase.DETAILS, AuditRepository.INSERT, AuditRepository.rows(audited));
        add(
                rows,
                Phase.DETAILS,
                DeliveryRepository.INSERT_ONCE,
                deliveries.rows(task.id(), draft.firings(), draft.now()));
        return new Entry<>(
                result,
                guard,
                rows,
                () -> {
                    committed.run();
                    audit.added(audited);
                    deliveries.added(task.id(), draft.firings());
                },
                dropped);
    }

    private static void add(List<Rows> rows, Phase phase, String sql, List<Tuple> values) {
        if (!values.isEmpty()) {
            rows.add(new Rows(phase, sql, values));
        }
    }

    private static void attempts(List<Rows> rows, TaskRecord before, TaskRecord task) {
        if (task.attempts() == before.attempts()) {
            return;
        }
        List<Tuple> added = new ArrayList<>();
        List<Tuple> changed = new ArrayList<>();
        List<Tuple> noWait = new ArrayList<>();
        List<Tuple> waits = new ArrayList<>();
        task.attempts().forEach((id, row) -> {
            AttemptRow was = before.attempts().get(id);
            String waited = was == null ? null : WorkRepository.waits(was);
            String waitsNow = WorkRepository.waits(row);
            if (!Objects.equals(waited, waitsNow)) {
                if (waited != null) {
                    noWait.add(Tuple.of(id));
                }
                if (waitsNow != null) {
                    waits.add(WorkRepository.wait(row));
                }
            }
            if (was == null) {
                added.add(AttemptRows.inserted(row));
            } else if (was != row) {
                changed.add(AttemptRows.updated(row));
            }
        });
        add(rows, Phase.PARTS, AttemptRows.INSERT, added);
        add(rows, Phase.DETAILS, AttemptRows.UPDATE, changed);
        add(rows, Phase.REMOVED, WorkRepository.DELETE_WAIT, noWait);
        add(rows, Phase.DETAILS, WorkRepository.INSERT_WAIT, waits);
    }

    private static void state(List<Rows> rows, TaskRecord before, TaskRecord task) {
        if (task.values() == before.values()) {
            return;
        }
        List<Tuple> replaced = new ArrayList<>();
        List<Tuple> added = new ArrayList<>();
        task.values().forEach((key, value) -> {
            StateValue was = before.values().get(key);
            if (was != value) {
                if (was != null) {
                    replaced.add(Tuple.of(task.id(), key));
                }
                StoredJson json = value.value();
                added.add(Tuple.tuple()
                        .addString(task.id())
                        .addString(key)
                        .addString(value.executionId())
                        .addString(json.inline())
                        .addString(json.sha256())
                        .addLong(json.size()));
            }
        });
        add(rows, Phase.REMOVED, DELETE_STATE, replaced);
        add(rows, Phase.DETAILS, INSERT_STATE, added);
    }

    private static void ledger(List<Rows> rows, TaskRecord before, TaskRecord task) {
        Map<String, LedgerValue> now = task.ledger();
        if (now == before.ledger()) {
            return;
        }
        List<Tuple> removed = new ArrayList<>();
        List<Tuple> added = new ArrayList<>();
        before.ledger().forEach((key, was) -> {
            if (now.get(key) != was) {
                removed.add(Tuple.of(task.id(), key));
            }
        });
        now.forEach((key, value) -> {
            if (before.ledger().get(key) != value) {
                added.add(Tuple.of(task.id(), key, value.json(), value.by(), Sql.at(value.at())));
            }
        });
        add(rows, Phase.REMOVED, DELETE_LEDGER, removed);
        add(rows, Phase.DETAILS, INSERT_LEDGER, added);
    }

    private void selection(List<Rows> rows, TaskRecord before, TaskRecord task) {
        if (task.rows().equals(before.rows()) && before.revision() > 0) {
            return;
        }
        List<Tuple> added = new ArrayList<>();
        task.rows().forEach((key, order) -> added.add(Tuple.of(ids.next(), task.id(), key, order)));
        if (before.revision() > 0) {
            add(rows, Phase.REMOVED, DELETE_SELECTION, List.of(Tuple.of(task.id())));
        }
        add(rows, Phase.DETAILS, INSERT_SELECTION, added);
    }

    private static void leases(List<Rows> rows, TaskDraft draft) {
        add(
                rows,
                Phase.REMOVED,
                DELETE_LEASE,
                draft.endedLeases().stream().map(Tuple::of).toList());
        add(
                rows,
                Phase.DETAILS,
                INSERT_LEASE,
                draft.leases().stream()
                        .map(lease -> Tuple.of(
                                lease.executionId(),
                                lease.token(),
                                lease.worker(),
                                Sql.at(draft.now()),
                                Sql.at(lease.deadline())))
                        .toList());
    }

    private static List<Tuple> timeline(TaskDraft draft) {
        List<Tuple> rows = new ArrayList<>();
        for (TimelineItem item : draft.timeline()) {
            rows.add(Tuple.of(
                    item.id(), draft.task().id(), Sql.at(item.at()), item.kind(), item.detail(), item.actor()));
        }
        return rows;
    }

    private static List<Tuple> lines(Map<String, List<LogLine>> logs) {
        List<Tuple> rows = new ArrayList<>();
        logs.forEach((executionId, lines) -> lines.forEach(line -> rows.add(LogLineRepository.row(executionId, line))));
        return rows;
    }
}
