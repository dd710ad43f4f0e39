package dev.callboard.execution;

import dev.callboard.execution.ExecutionMessages.TimelineItem;
import dev.callboard.model.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What happened to a task, for people. */
final class TimelineRepository {
    private final Ids ids;

    TimelineRepository(Ids ids) {
        this.ids = ids;
    }

    /** Adds to it. */
    Future<Void> note(SqlConnection connection, String taskId, String kind, String detail, String actor, Instant now) {
        return connection
                .preparedQuery("INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) "
                        + "VALUES (?, ?, ?, ?, ?, ?)")
                .execute(Tuple.of(ids.next(), taskId, ExecutionRepository.at(now), kind, detail, actor))
                .mapEmpty();
    }

    /** Adds several. */
    Future<Void> noteAll(
            SqlConnection connection, String taskId, String kind, List<String> details, String actor, Instant now) {
        return ExecutionRepository.each(
                connection,
                "INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) VALUES (?, ?, ?, ?, ?, ?)",
                details.stream()
                        .map(detail -> Tuple.of(ids.next(), taskId, ExecutionRepository.at(now), kind, detail, actor))
                        .toList());
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
