package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collector;

/** A statement of a {@link JdbcConnection}: executed when it is called, on the thread that calls. */
record JdbcQuery(JdbcConnection connection, String sql) implements PreparedQuery<RowSet<Row>> {
    @Override
    public Future<RowSet<Row>> execute() {
        return execute(Tuple.tuple());
    }

    @Override
    public Future<RowSet<Row>> execute(Tuple values) {
        try {
            return Future.succeededFuture(connection.statement(sql).execute(values));
        } catch (SQLException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<RowSet<Row>> executeBatch(List<Tuple> rows) {
        if (rows.isEmpty()) {
            return Future.succeededFuture(JdbcRows.count(0));
        }
        try {
            return Future.succeededFuture(connection.statement(sql).execute(rows));
        } catch (SQLException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public <R> PreparedQuery<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
        throw new UnsupportedOperationException("collecting rows");
    }

    @Override
    public <U> PreparedQuery<RowSet<U>> mapping(Function<Row, U> mapper) {
        throw new UnsupportedOperationException("mapping rows");
    }
}
