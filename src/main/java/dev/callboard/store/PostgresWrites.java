package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transaction that writes to PostgreSQL: statements whose counts nobody waits for are sent without waiting for each other,
 * and together with its end.
 */
final class PostgresWrites implements Transaction {
    /** The most rows of one statement; each number of rows is a statement of its own, which the database keeps prepared. */
    private static final int TOGETHER = 8;

    private static final Pattern INSERT = Pattern.compile("(INSERT INTO .+? VALUES )(\\(\\?(?:, \\?)*\\))(.*)");

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

    /** New rows are several to a statement: to begin and end one costs the database as much as a row. */
    @Override
    public Future<Void> write(String sql, List<Tuple> rows) {
        wrote = true;
        Matcher insert = INSERT.matcher(sql);
        if (rows.size() == 1 || !insert.matches()) {
            sent.add(client.executeBatch(sql, rows));
            return Future.succeededFuture();
        }
        for (int from = 0; from < rows.size(); from += TOGETHER) {
            List<Tuple> some = rows.subList(from, Math.min(from + TOGETHER, rows.size()));
            Tuple values = Tuple.tuple();
            some.forEach(row -> {
                for (int i = 0; i < row.size(); i++) {
                    values.addValue(row.getValue(i));
                }
            });
            sent.add(client.execute(
                    insert.group(1)
                            + (insert.group(2) + ", ").repeat(some.size() - 1)
                            + insert.group(2)
                            + insert.group(3),
                    values));
        }
        return Future.succeededFuture();
    }

    @Override
    public boolean sendsAhead() {
        return true;
    }
}
