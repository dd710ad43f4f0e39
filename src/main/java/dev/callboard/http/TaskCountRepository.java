package dev.callboard.http;

import dev.callboard.store.Database;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many tasks there are of each status; counted every few seconds at most. */
final class TaskCountRepository {
    private static final long KEEP_NANOS = 3_000_000_000L;

    private final Database database;
    private @Nullable Future<Map<String, Long>> last;
    private long at;

    TaskCountRepository(Database database) {
        this.database = database;
    }

    /** Status to number; a status without tasks is left out, archived tasks too. */
    Future<Map<String, Long>> byStatus() {
        Future<Map<String, Long>> known = last;
        if (known != null && !known.failed() && System.nanoTime() - at < KEEP_NANOS) {
            return known;
        }
        at = System.nanoTime();
        Future<Map<String, Long>> counted = database.read(connection -> connection
                .query("SELECT status, COUNT(*) AS tasks FROM tasks WHERE archived_at IS NULL GROUP BY status")
                .execute()
                .map(rows -> {
                    Map<String, Long> byStatus = new HashMap<>();
                    rows.forEach(row -> byStatus.put(row.getString("status"), row.getLong("tasks")));
                    return byStatus;
                }));
        last = counted;
        return counted;
    }
}
