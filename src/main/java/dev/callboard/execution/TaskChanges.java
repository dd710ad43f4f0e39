package dev.callboard.execution;

import dev.callboard.audit.AuditRepository;
import dev.callboard.execution.ExecutionMessages.TimelineItem;
import dev.callboard.execution.StageOutcome.StoredJson;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import dev.callboard.sinks.DeliveryRepository;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.LogLine;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stores what a command made of a task: the difference between what it was and what it is, with one statement for each table.
 * The update of the task's row comes first and is guarded by its revision: who has lost the task writes nothing.
 */
final class TaskChanges {
    /** The code of a problem: the task is not as it was read any more; nothing was stored, and it can be repeated. */
    static final String CHANGED = "task_changed";

    private static final String UPDATE_TASK = "UPDATE tasks SET status = ?, status_since = ?, current_stage_id = ?, "
            + "error = ?, user_input = ?, suggestions = ?, revision = ?, selection_revision = ?, ledger_revision = ?, "
            + "updated_at = ?, started_at = ?, completed_at = ? WHERE id = ? AND revision = ?";

    private static final String INSERT_TIMELINE =
            "INSERT INTO task_timeline " + "(id, task_id, happened_at, kind, detail, actor) VALUES (?, ?, ?, ?, ?, ?)";

    private final AuditRepository audit;
    private final DeliveryRepository deliveries;
    private final Ids ids;

    TaskChanges(AuditRepository audit, DeliveryRepository deliveries, Ids ids) {
        this.audit = audit;
        this.deliveries = deliveries;
        this.ids = ids;
    }

    /** Fails with {@link #CHANGED} when the task has another revision than the one that was decided about. */
    Future<Void> store(SqlConnection connection, TaskDraft draft) {
        if (!draft.changed()) {
            return Future.succeededFuture();
        }
        TaskRecord task = draft.task();
        TaskRecord before = draft.before();
        List<Tuple> added = new ArrayList<>();
        List<Tuple> changed = new ArrayList<>();
        task.attempts().forEach((id, row) -> {
            AttemptRow was = before.attempts().get(id);
            if (was == null) {
                added.add(AttemptRows.inserted(row));
            } else if (was != row) {
                changed.add(AttemptRows.updated(row));
            }
        });
        return Sql.guarded(connection, UPDATE_TASK, row(task.row().next(), before.revision()))
                .compose(took -> {
                    if (!took) {
                        throw ProblemException.illegalState(
                                CHANGED,
                                "The task was changed at the same moment; look at it again, then repeat the request.");
                    }
                    return Sql.each(connection, AttemptRows.INSERT, added);
                })
                .compose(inserted -> Sql.each(connection, AttemptRows.UPDATE, changed))
                .compose(updated -> state(connection, draft))
                .compose(stored -> ledger(connection, draft))
                .compose(stored -> selection(connection, draft))
                .compose(stored -> leases(connection, draft))
                .compose(stored -> Sql.each(connection, INSERT_TIMELINE, timeline(draft)))
                .compose(noted -> audit.add(connection, draft.audit()))
                .compose(audited -> Sql.each(connection, LogLineRepository.INSERT, lines(draft.logs())))
                .compose(logged -> deliveries.add(connection, task.id(), draft.firings(), draft.now()));
    }

    private static Tuple row(TaskRow row, long expected) {
        return Tuple.tuple()
                .addString(row.status().word())
                .addOffsetDateTime(at(row.statusSince()))
                .addString(row.currentStage())
                .addString(row.error())
                .addString(row.userInput())
                .addString(row.suggestions())
                .addLong(row.revision())
                .addLong(row.selectionRevision())
                .addLong(row.ledgerRevision())
                .addOffsetDateTime(Sql.at(row.updatedAt()))
                .addOffsetDateTime(at(row.startedAt()))
                .addOffsetDateTime(at(row.completedAt()))
                .addString(row.id())
                .addLong(expected);
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : Sql.at(time);
    }

    private static Future<Void> state(SqlConnection connection, TaskDraft draft) {
        String id = draft.task().id();
        List<Tuple> replaced = new ArrayList<>();
        List<Tuple> rows = new ArrayList<>();
        draft.task().values().forEach((key, value) -> {
            TaskRecord.StateValue was = draft.before().values().get(key);
            if (was != value) {
                if (was != null) {
                    replaced.add(Tuple.of(id, key));
                }
                StoredJson json = value.value();
                rows.add(Tuple.tuple()
                        .addString(id)
                        .addString(key)
                        .addString(value.executionId())
                        .addString(json.inline())
                        .addString(json.sha256())
                        .addLong(json.size()));
            }
        });
        return Sql.each(connection, "DELETE FROM task_state WHERE task_id = ? AND state_key = ?", replaced)
                .compose(deleted -> Sql.each(
                        connection,
                        "INSERT INTO task_state (task_id, state_key, execution_id, value, sha256, size) "
                                + "VALUES (?, ?, ?, ?, ?, ?)",
                        rows));
    }

    private static Future<Void> ledger(SqlConnection connection, TaskDraft draft) {
        String id = draft.task().id();
        Map<String, TaskRecord.LedgerValue> now = draft.task().ledger();
        List<Tuple> removed = new ArrayList<>();
        List<Tuple> rows = new ArrayList<>();
        draft.before().ledger().forEach((key, was) -> {
            if (now.get(key) != was) {
                removed.add(Tuple.of(id, key));
            }
        });
        now.forEach((key, value) -> {
            if (draft.before().ledger().get(key) != value) {
                rows.add(Tuple.of(id, key, value.json(), value.by(), Sql.at(value.at())));
            }
        });
        return Sql.each(connection, "DELETE FROM task_ledger WHERE task_id = ? AND ledger_key = ?", removed)
                .compose(deleted -> Sql.each(
                        connection,
                        "INSERT INTO task_ledger (task_id, ledger_key, value, written_by, written_at) "
                                + "VALUES (?, ?, ?, ?, ?)",
                        rows));
    }

    private Future<Void> selection(SqlConnection connection, TaskDraft draft) {
        TaskRecord task = draft.task();
        if (Objects.equals(task.rows(), draft.before().rows())) {
            return Future.succeededFuture();
        }
        List<Tuple> rows = new ArrayList<>();
        task.rows().forEach((key, order) -> rows.add(Tuple.of(ids.next(), task.id(), key, order)));
        return Sql.each(connection, "DELETE FROM task_stages WHERE task_id = ?", List.of(Tuple.of(task.id())))
                .compose(deleted -> Sql.each(
                        connection,
                        "INSERT INTO task_stages (id, task_id, stage_template_id, sort_order) VALUES (?, ?, ?, ?)",
                        rows));
    }

    private static Future<Void> leases(SqlConnection connection, TaskDraft draft) {
        return Sql.each(
                        connection,
                        "DELETE FROM worker_leases WHERE execution_id = ?",
                        draft.endedLeases().stream().map(Tuple::of).toList())
                .compose(ended -> Sql.each(
                        connection,
                        "INSERT INTO worker_leases (execution_id, lease, worker, taken_at, deadline) "
                                + "VALUES (?, ?, ?, ?, ?)",
                        draft.leases().stream()
                                .map(lease -> Tuple.of(
                                        lease.executionId(),
                                        lease.token(),
                                        lease.worker(),
                                        Sql.at(draft.now()),
                                        Sql.at(lease.deadline())))
                                .toList()));
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
