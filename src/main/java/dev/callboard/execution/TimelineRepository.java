package dev.callboard.execution;

import dev.callboard.audit.AuditRepository;
import dev.callboard.execution.ExecutionMessages.TimelineItem;
import dev.callboard.model.Ids;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What happened to a task, for people. What somebody decided goes into the audit log too, in the same transaction. */
final class TimelineRepository {
    /** Nobody did it: it follows from what was decided before. */
    private static final String ENGINE = "engine";

    private final Ids ids;
    private final AuditRepository audit;

    TimelineRepository(Ids ids, AuditRepository audit) {
        this.ids = ids;
        this.audit = audit;
    }

    /** Adds to it. */
    Future<Void> note(SqlConnection connection, String taskId, String kind, String detail, String actor, Instant now) {
        return connection
                .preparedQuery("INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) "
                        + "VALUES (?, ?, ?, ?, ?, ?)")
                .execute(Tuple.of(ids.next(), taskId, Sql.at(now), kind, detail, actor))
                .compose(noted -> decided(connection, taskId, kind, List.of(detail), actor, now));
    }

    private Future<Void> decided(
            SqlConnection connection, String taskId, String kind, List<String> details, String actor, Instant now) {
        return Sql.inTurn(
                        actor.equals(ENGINE) ? List.<String>of() : details,
                        detail -> audit.add(connection, actor, "task." + kind, taskId, detail, now))
                .mapEmpty();
    }

    /** Adds several. */
    Future<Void> noteAll(
            SqlConnection connection, String taskId, String kind, List<String> details, String actor, Instant now) {
        return Sql.each(
                        connection,
                        "INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) "
                                + "VALUES (?, ?, ?, ?, ?, ?)",
                        details.stream()
                                .map(detail -> Tuple.of(ids.next(), taskId, Sql.at(now), kind, detail, actor))
                                .toList())
                .compose(noted -> decided(connection, taskId, kind, details, actor, now));
    }

    /** Adds those that are not there yet. */
    Future<Void> noteOnce(
            SqlConnection connection, String taskId, String kind, List<String> details, String actor, Instant now) {
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
                            actor,
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
