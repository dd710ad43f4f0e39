package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to PostgreSQL on one context, which runs the work too: a transaction's own changes, its number and its end are sent at
 * once. A commit that was sent and not answered is in doubt: its number says later whether it is stored.
 */
final class PostgresWriter implements Writer {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);

    /** Breaks a rule of the table, and with it the transaction, when another server has moved the epoch on. */
    private static final String HOLD =
            "UPDATE server_epoch SET commits = ?, held = (epoch = CAST(? AS BIGINT)) WHERE id = 1";

    private static final String TAKEN_OVER = "server_epoch_taken_over";

    private final Context context;
    private final SqlConnection connection;
    private final Dialect dialect;
    private final long epoch;
    private final Promise<Void> lost = Promise.promise();
    private final long pulse;
    private long number;
    private boolean running;
    private boolean closed;

    /**
     * Of a connection that was made on a context.
     *
     * @param epoch the server's own
     * @param number of the last transaction that is stored
     * @param pulseMs how often an idle connection is used, so that one that leads nowhere any more is noticed
     */
    PostgresWriter(Context context, SqlConnection connection, Dialect dialect, long epoch, long number, long pulseMs) {
        this.context = context;
        this.connection = connection;
        this.dialect = dialect;
        this.epoch = epoch;
        this.number = number;
        connection.closeHandler(ended -> {
            if (!closed) {
                lost.tryFail(new SQLException("the connection has ended", PostgresDialect.CONNECTION_FAILURE));
            }
        });
        connection.exceptionHandler(failure -> LOG.debug("connection to the database", failure));
        pulse = context.owner().setPeriodic(pulseMs, timer -> context.runOnContext(ignored -> pulse()));
    }

    private void pulse() {
        if (!running && !closed) {
            connection.query("SELECT 1").execute().onFailure(failure -> lost.tryFail(dialect.failure(failure)));
        }
    }

    @Override
    public Future<Ended> transaction(Function<Transaction, Future<Void>> work, Runnable committing) {
        Promise<Ended> ended = Promise.promise();
        context.runOnContext(ignored -> {
            running = true;
            PostgresWrites writes = new PostgresWrites(connection, dialect);
            Unit.call(work, writes)
                    .transform(result -> result.succeeded() ? commit(writes) : rollBack(writes, result.cause()))
                    .onComplete(done -> running = false)
                    .onComplete(ended);
        });
        return ended.future();
    }

    private Future<Ended> commit(PostgresWrites writes) {
        long mine = ++number;
        boolean wrote = writes.wrote();
        if (wrote) {
            writes.write(HOLD, List.of(Tuple.of(mine, epoch)));
        }
        writes.send("COMMIT");
        return writes.done().transform(done -> {
            Failpoint.COMMITTED.reach();
            if (done.succeeded()) {
                return Future.succeededFuture(Ended.STORED);
            }
            Throwable failure = explained(done.cause());
            boolean broken = Failures.isStorage(failure) || failure instanceof ProblemException;
            return Future.succeededFuture(new Ended(
                    failure, broken, wrote && isLost(failure) ? OptionalLong.of(mine) : OptionalLong.empty()));
        });
    }

    private Future<Ended> rollBack(PostgresWrites writes, Throwable failure) {
        writes.send("ROLLBACK");
        return writes.done().transform(done -> {
            // What was sent without waiting may have failed first; only the way to the database matters here.
            Throwable end = done.failed() && Failures.isStorage(done.cause()) ? done.cause() : failure;
            return Future.succeededFuture(Ended.lost(end, Failures.isStorage(end)));
        });
    }

    private static Throwable explained(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains(TAKEN_OVER) ? PostgresBackend.takenOver() : failure;
    }

    private static boolean isLost(Throwable failure) {
        return failure instanceof SQLException sql
                && String.valueOf(sql.getSQLState()).startsWith("08");
    }

    @Override
    public Future<Void> lost() {
        return lost.future();
    }

    @Override
    public Future<Void> close() {
        closed = true;
        context.owner().cancelTimer(pulse);
        return connection.close();
    }
}
