package dev.callboard.execution;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Caller;
import dev.callboard.execution.ExecutionMessages.TimelineItem;
import dev.callboard.problem.Ids;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happened to a task, for people. What somebody decided, and how tasks and attempts ended, goes into the audit log too,
 * in the same transaction.
 */
final class TimelineRepository {
    /** What the audit log has although nobody did it: how tasks end. */
    private static final Set<String> ENDS = Set.of("completed", "failed");

    private final Ids ids;
    private final AuditRepository audit;

    TimelineRepository(Ids ids, AuditRepository audit) {
        this.ids = ids;
        this.audit = audit;
    }

    /** Adds to it. */
    Future<Void> note(SqlConnection connection, String taskId, String kind, String detail, Caller by, Instant now) {
        return noteAll(connection, taskId, kind, List.of(detail), by, now);
    }

    /** Tells the audit log alone of an attempt that failed; the timeline has what became of it. */
    Future<Void> stageFailed(SqlConnection connection, String taskId, String stage, String error, Instant now) {
        String detail = stage + ": " + error;
        return audited(connection, taskId, "stage_failed", List.of(detail), Caller.ENGINE, now);
    }

    private Future<Void> audited(
            SqlConnection connection, String taskId, String kind, List<String> details, Caller by, Instant now) {
        if (details.isEmpty()) {
            return Future.succeededFuture();
        }
        return connection
                .preparedQuery("SELECT title FROM tasks WHERE id = ?")
                .execute(Tuple.of(taskId))
                .compose(rows -> {
                    String title =
                            rows.size() == 0 ? "" : rows.iterator().next().getString("title");
                    AuditEntry.Target task = new AuditEntry.Target(taskId, title);
                    return audit.add(
                            connection,
                            details.stream()
                                    .map(detail -> AuditEntry.by(by, "task." + kind, task, detail, now))
                                    .toList());
                });
    }

    /** Adds several. */
    Future<Void> noteAll(
            SqlConnection connection, String taskId, String kind, List<String> details, Caller by, Instant now) {
        return Sql.each(
                        connection,
                        "INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) "
                                + "VALUES (?, ?, ?, ?, ?, ?)",
                        details.stream()
                                .map(detail -> Tuple.of(ids.next(), taskId, Sql.at(now), kind, detail, by.name()))
                                .toList())
                .compose(noted -> by.kind() != Caller.Kind.ENGINE || ENDS.contains(kind)
                        ? audited(connection, taskId, kind, details, by, now)
                        : Future.succeededFuture());
    }

    /** Adds those that are not there yet. */
    Future<Void> noteOnce(
            SqlConnection connection, String taskId, String kind, List<String> details, Caller by, Instant now) {
        return connection
                .preparedQuery("SELECT detail FROM task_timeline WHERE task_id = ? AND kind = ?")
                .execute(Tuple.of(taskId, kind))
                .compose(rows -> {
                    Set<String> there = new HashSet<>();
                    rows.forEach(row -> there.add(row.getString("detail")));
                    return noteAll(
                            connection,
                            taskId,
                            kind,
                            details.stream()
                                    .filter(detail -> !there.contains(detail))
                                    .toList(),
                            by,
                            now);
                });
    }

    /** All of it, oldest first. */
    Future<List<TimelineItem>> all(SqlConnection connection, String taskId) {
        return connection
                .preparedQuery("SELECT id, happened_at, kind, detail, actor FROM task_timeline WHERE task_id = ? "
                        + "ORDER BY happened_at, id")
                .execute(Tuple.of(taskId))
                .map(rows -> {
                    List<TimelineItem> items = new ArrayList<>();
                    rows.forEach(row -> items.add(new TimelineItem(
                            row.getString("id"),
                            row.getOffsetDateTime("happened_at").toInstant(),
                            row.getString("actor"),
                            row.getString("kind"),
                            row.getString("detail"))));
                    return items;
                });
    }
}
