package dev.callboard.time;

import dev.callboard.store.Database;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;

/** The SQL of whether anything that is stored may wait for an instant. */
final class OpenWorkRepository {
    private final Database database;

    OpenWorkRepository(Database database) {
        this.database = database;
    }

    /** Whether a task runs or a delivery is to be tried. */
    Future<Boolean> any() {
        return database.read(transaction -> one(transaction, "SELECT id FROM tasks WHERE status = 'running' LIMIT 1")
                .compose(task -> task
                        ? Future.succeededFuture(true)
                        : one(transaction, "SELECT id FROM sink_deliveries WHERE status = 'pending' LIMIT 1")));
    }

    private static Future<Boolean> one(Transaction transaction, String sql) {
        return transaction.execute(sql).map(rows -> rows.size() > 0);
    }
}
