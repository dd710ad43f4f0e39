package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** A transaction that was begun on a connection of one of Vert.x's SQL clients. */
record ClientTransaction(SqlConnection connection, Dialect dialect) implements Transaction {
    @Override
    public Future<RowSet<Row>> execute(String sql, Tuple values) {
        try {
            Values.check(values);
        } catch (ProblemException e) {
            return Future.failedFuture(e);
        }
        return explained(connection.preparedQuery(dialect.statement(sql)).execute(values));
    }

    @Override
    public Future<RowSet<Row>> executeBatch(String sql, List<Tuple> rows) {
        try {
            rows.forEach(Values::check);
        } catch (ProblemException e) {
            return Future.failedFuture(e);
        }
        return explained(connection.preparedQuery(dialect.statement(sql)).executeBatch(rows));
    }

    @Override
    public Future<Void> write(String sql, List<Tuple> rows) {
        return executeBatch(sql, rows).mapEmpty();
    }

    private <T> Future<T> explained(Future<T> result) {
        return result.recover(failure -> Future.failedFuture(dialect.failure(failure)));
    }
}
