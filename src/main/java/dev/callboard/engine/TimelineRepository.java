package dev.callboard.engine;

import dev.callboard.engine.ExecutionMessages.TimelineItem;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Reads what happened to a task, for people. */
public final class TimelineRepository {
    /** All of it, oldest first. */
    public Future<List<TimelineItem>> all(Transaction transaction, String taskId) {
        return transaction
                .execute(
                        "SELECT id, happened_at, kind, detail, actor FROM task_timeline WHERE task_id = ? "
                                + "ORDER BY happened_at, id",
                        Tuple.of(taskId))
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
