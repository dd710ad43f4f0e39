package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of a plain JDBC connection, one after the other, for one thread that may block: each call is done when it
 * returns, and its future is complete. It prepares each statement once and keeps it. A batch answers one row set for each of
 * its rows, with that row's own count, where vertx-jdbc-client 5.0.10 answers one sum.
 */
final class JdbcTransaction implements Transaction {
    /** Most statements have fixed texts, about 200; those with lists of ids are made anew now and then. */
    private static final int KEPT_STATEMENTS = 400;

    private final Connection connection;
    private final Map<String, JdbcStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private int executed;

    JdbcTransaction(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    /** Makes what was written since the last commit stay; why it may not stay, null when the database says that it does. */
    @Nullable
    SQLException commit() {
        try {
            connection.commit();
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    /** Undoes what was written since the last commit. */
    void rollBack() throws SQLException {
        connection.rollback();
    }

    /** Closes the connection; what was not committed is undone. */
    void closeNow() throws SQLException {
        connection.close();
    }

    /** How many statements were sent since this was asked last; a batch is one. */
    int takeExecuted() {
        int count = executed;
        executed = 0;
        return count;
    }

    @Override
    public Future<RowSet<Row>> execute(String sql, Tuple values) {
        try {
            Values.check(values);
            return Future.succeededFuture(statement(sql).execute(values));
        } catch (SQLException | RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<RowSet<Row>> executeBatch(String sql, List<Tuple> rows) {
        try {
            rows.forEach(Values::check);
            return Future.succeededFuture(statement(sql).execute(rows));
        } catch (SQLException | RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> write(String sql, List<Tuple> rows) {
        return executeBatch(sql, rows).mapEmpty();
    }

    private JdbcStatement statement(String sql) throws SQLException {
        executed++;
        JdbcStatement kept = statements.get(sql);
        if (kept == null) {
            kept = new JdbcStatement(connection.prepareStatement(sql));
            statements.put(sql, kept);
            if (statements.size() > KEPT_STATEMENTS) {
                String eldest = statements.keySet().iterator().next();
                statements.remove(eldest).close();
            }
        }
        return kept;
    }
}
