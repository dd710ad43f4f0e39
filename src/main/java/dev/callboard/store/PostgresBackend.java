package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A database of a PostgreSQL server. The connection that writes holds an advisory lock: another server of Callboard does not
 * start on the same database, and a lost connection's transaction is over once its successor has the lock. The epoch in the
 * database is moved on by each start: a server that comes back to one that has moved on writes nothing more.
 */
final class PostgresBackend implements Backend {
    /** Of the advisory lock: "Callboar" in ASCII. */
    static final long LOCK = 0x43616c6c626f6172L;

    private static final long LOCK_PAUSE_MS = 100;

    /**
     * How long it waits for what.
     *
     * @param lock a start, for the lock: the server before it may just have been killed
     * @param stall a transaction, before others are refused that wait for its end
     * @param silence a connection without a byte leads nowhere after so long; idle ones are used or closed before
     */
    record Patience(Duration lock, Duration stall, Duration silence) {
        static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofMillis(1_500), Duration.ofSeconds(30));

        /** When an idle connection is used, so that it is not silent. */
        long pulseMs() {
            return silence.toMillis() / 3;
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final PostgresServer server;
    private final Patience patience;
    private final Dialect dialect = new PostgresDialect();
    private final Pool connections;
    private long epoch;
    private long stored;
    private int process;

    /** Writes on the context. */
    PostgresBackend(Vertx vertx, Context context, PostgresServer server, Patience patience) {
        this.vertx = vertx;
        this.context = context;
        this.server = server;
        this.patience = patience;
        this.connections = PostgresPools.writing(vertx, server, patience);
    }

    @Override
    public Future<Pools> open() {
        return connected(connection -> lock(
                                connection, System.nanoTime() + patience.lock().toNanos())
                        .compose(locked -> vertx.executeBlocking(() -> {
                            PostgresSchema.upgrade(server);
                            return null;
                        }))
                        .compose(
                                upgraded -> one(
                                        connection,
                                        "UPDATE server_epoch SET epoch = epoch + 1, held = TRUE WHERE id = 1 RETURNING epoch, commits"))
                        .compose(row -> {
                            epoch = row.getLong("epoch");
                            return pools(connection, row);
                        }))
                // Else a start that failed would keep the lock as long as the process lives.
                .recover(failure -> connections.close().transform(closed -> Future.failedFuture(failure)));
    }

    @Override
    public Future<Pools> reopen() {
        // A transaction of the lost connection that still runs would hold the lock; it belongs to this server.
        return connected(connection -> connection
                .preparedQuery(
                        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid = $1 AND pid <> pg_backend_pid() "
                                + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .execute(Tuple.of(process))
                .compose(ended -> lock(connection, System.nanoTime()))
                .compose(locked -> one(connection, "SELECT epoch, commits FROM server_epoch WHERE id = 1"))
                .compose(row ->
                        row.getLong("epoch") == epoch ? pools(connection, row) : Future.failedFuture(takenOver())));
    }

    /** What a server is answered with that is not the one that writes to the database any more. */
    static ProblemException takenOver() {
        return ProblemException.unavailable(
                "database_taken_over",
                "Another server of Callboard has taken over the database: this one stores nothing any more. Stop it.");
    }

    /** What a second server is answered with. */
    static ProblemException inUse(PostgresServer server) {
        return ProblemException.unavailable(
                "database_in_use",
                "Another server of Callboard uses the database " + server
                        + ". Stop it, or give this one another database with database.url.");
    }

    private interface Opening {
        Future<Pools> on(SqlConnection connection);
    }

    private Future<Pools> connected(Opening opening) {
        Promise<Pools> opened = Promise.promise();
        context.runOnContext(ignored -> connections
                .getConnection()
                .compose(connection -> opening.on(connection)
                        .recover(failure -> connection.close().transform(closed -> Future.failedFuture(failure))))
                .recover(failure -> Future.failedFuture(explain(failure)))
                .onComplete(opened));
        return opened.future();
    }

    private Throwable explain(Throwable failure) {
        return failure instanceof ProblemException ? failure : unwritable(dialect.failure(failure));
    }

    private Future<Void> lock(SqlConnection connection, long until) {
        return connection
                .preparedQuery("SELECT pg_try_advisory_lock($1) AS held")
                .execute(Tuple.of(LOCK))
                .compose(rows -> {
                    if (rows.iterator().next().getBoolean("held")) {
                        return Future.succeededFuture();
                    }
                    if (System.nanoTime() - until >= 0) {
                        return Future.failedFuture(inUse(server));
                    }
                    return vertx.timer(LOCK_PAUSE_MS, TimeUnit.MILLISECONDS).compose(later -> lock(connection, until));
                });
    }

    private static Future<Row> one(SqlConnection connection, String sql) {
        return connection.query(sql).execute().map(rows -> rows.iterator().next());
    }

    private Future<Pools> pools(SqlConnection connection, Row row) {
        stored = row.getLong("commits");
        process = PgConnection.cast(connection).processId();
        Pool readers = PostgresPools.reading(vertx, server, patience);
        return Future.succeededFuture(new Pools(
                readers, dialect, new PostgresWriter(context, connection, dialect, epoch, stored, patience.pulseMs())));
    }

    /** There is nothing to close but the connections. */
    @Override
    public Future<Void> closeNow() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> shutDown() {
        return connections.close();
    }

    @Override
    public boolean isStored(long number) {
        return stored >= number;
    }

    @Override
    public ProblemException unwritable(Throwable reason) {
        if (reason instanceof ProblemException known) {
            return known;
        }
        if (Failures.isFull(reason)) {
            return ProblemException.storageFull("The disk of the database " + server
                    + " is full. Nothing was stored; free some space there and try again.");
        }
        return ProblemException.unavailable(
                Failures.UNAVAILABLE,
                "The database " + server + " cannot be used (" + message(reason)
                        + "). Nothing was stored; it is tried again until it works.");
    }

    private static String message(Throwable reason) {
        return Objects.requireNonNullElse(reason.getMessage(), reason.getClass().getSimpleName());
    }

    @Override
    public long stallMs() {
        return patience.stall().toMillis();
    }

    @Override
    public List<String> findings() {
        return List.of();
    }

    /** PostgreSQL makes its checkpoints itself. */
    @Override
    public boolean hasLog(long leastBytes) {
        return false;
    }

    @Override
    public Future<Void> checkpoint(long leastBytes) {
        return Future.succeededFuture();
    }
}
