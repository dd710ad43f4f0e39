package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction that writes to PostgreSQL: statements whose counts nobody waits for are sent without waiting for each other,
 * and together with its end.
 */
final class PostgresWrites implements Transaction {
    private final ClientTransaction client;
    private final List<Future<?>> sent = new ArrayList<>();
    private boolean wrote;

    PostgresWrites(SqlConnection connection, Dialect dialect) {
        client = new ClientTransaction(connection, dialect);
        send("BEGIN");
    }

    /** Sends a statement that has no values and is not waited for. */
    void send(String sql) {
        sent.add(client.connection()
                .query(sql)
                .execute()
                .recover(failure -> Future.failedFuture(client.dialect().failure(failure))));
    }

    /** Whether anything may have been changed. */
    boolean wrote() {
        return wrote;
    }

    /** Completes when all is done that was sent without waiting; fails with the first that failed. */
    Future<Void> done() {
        return Future.join(sent).transform(ended -> {
            for (Future<?> each : sent) {
                if (each.failed()) {
                    return Future.failedFuture(each.cause());
                }
            }
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<RowSet<Row>> execute(String sql, Tuple values) {
        wrote |= !sql.startsWith("SELECT");
        return client.execute(sql, values);
    }

    @Override
    public Future<RowSet<Row>> executeBatch(String sql, List<Tuple> rows) {
        wrote = true;
        return client.executeBatch(sql, rows);
    }

    @Override
    public Future<Void> write(String sql, List<Tuple> rows) {
        wrote = true;
        sent.add(client.executeBatch(sql, rows));
        return Future.succeededFuture();
    }
}
