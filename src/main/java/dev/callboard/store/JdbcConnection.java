package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.spi.DatabaseMetadata;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plain JDBC connection behind the API of Vert.x's SQL clients, for one thread that may block: each call is done when it
 * returns, and its future is complete. It prepares each statement once and keeps it. A batch answers one row set for each of
 * its rows, with that row's own count, where vertx-jdbc-client 5.0.10 answers one sum.
 *
 * <p>What only other clients of that API can do throws {@link UnsupportedOperationException}: transactions are begun and ended
 * by {@link Writer}.
 */
final class JdbcConnection implements SqlConnection {
    /** Most statements have fixed texts, about 200; those with lists of ids are made anew now and then. */
    private static final int KEPT_STATEMENTS = 400;

    private final Connection connection;
    private final Map<String, JdbcStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private int executed;

    JdbcConnection(Connection connection) throws SQLException {
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

    /** Closes it; what was not committed is undone. */
    void closeNow() throws SQLException {
        connection.close();
    }

    /** How many statements were sent since this was asked last; a batch is one. */
    int takeExecuted() {
        int count = executed;
        executed = 0;
        return count;
    }

    JdbcStatement statement(String sql) throws SQLException {
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

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return preparedQuery(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return new JdbcQuery(this, sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        throw new UnsupportedOperationException("options of statements");
    }

    @Override
    public Future<PreparedStatement> prepare(String sql) {
        throw new UnsupportedOperationException("statements are prepared and kept by themselves");
    }

    @Override
    public Future<PreparedStatement> prepare(String sql, PrepareOptions options) {
        throw new UnsupportedOperationException("statements are prepared and kept by themselves");
    }

    @Override
    public SqlConnection exceptionHandler(Handler<Throwable> handler) {
        return this;
    }

    @Override
    public SqlConnection closeHandler(Handler<Void> handler) {
        return this;
    }

    @Override
    public Future<Transaction> begin() {
        throw new UnsupportedOperationException("the writer begins transactions");
    }

    @Override
    public Transaction transaction() {
        throw new UnsupportedOperationException("the writer ends transactions");
    }

    @Override
    public boolean isSSL() {
        return false;
    }

    @Override
    public DatabaseMetadata databaseMetadata() {
        throw new UnsupportedOperationException("metadata of the database");
    }

    @Override
    public Future<Void> close() {
        throw new UnsupportedOperationException("the writer closes its connection");
    }
}
