package dev.callboard.store;

import dev.callboard.bus.Caller;
import dev.callboard.metrics.StoreMeters;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. It drains a queue of units of work into one transaction and answers them after its commit, because the
 * database syncs its log once a commit and knows no group commit of its own. A unit that fails is undone alone, by a
 * savepoint. Its queue belongs to one context, the units run on the thread of the writer.
 */
final class GroupCommit {
    /** The most units of one transaction. */
    static final int BATCH = 128;

    /** The most units that wait; more are refused. */
    static final int QUEUE = 10_000;

    /** A checkpoint comes when the log is longer: 8 MB are replayed in about 3 s after a crash. */
    private static final long LOG_BYTES = 8L << 20;

    private final Context context;
    private final Storage storage;
    private final StoreMeters meters;
    private final Deque<Unit<?>> queue = new ArrayDeque<>();
    private boolean writing;
    private boolean closed;
    private volatile Caller caller = Caller.ENGINE;
    private volatile @Nullable Unit<?> running;
    private @Nullable Promise<Void> idle;

    GroupCommit(Context context, Storage storage, StoreMeters meters) {
        this.context = context;
        this.storage = storage;
        this.meters = meters;
    }

    /** Runs a unit in a transaction, among others. */
    <T> Future<T> write(Function<SqlConnection, Future<T>> work) {
        Promise<T> answer = Promise.promise();
        Caller asking = Caller.current();
        context.runOnContext(ignored -> {
            if (closed) {
                answer.fail(ProblemException.unavailable("shutting_down", "The server is shutting down."));
            } else if (queue.size() >= QUEUE) {
                answer.fail(ProblemException.unavailable(
                        "busy", "The database has too many writes waiting. Nothing was stored; try again shortly."));
            } else {
                queue.add(new Unit<>(work, answer, asking));
                meters.waiting(queue.size());
                drain();
            }
        });
        return answer.future();
    }

    /** Who asked for the unit that runs now. For units only: they run one after the other. */
    Caller caller() {
        return caller;
    }

    /** Does something once the unit that runs now is committed, and not when it fails. For units only. */
    void afterCommit(Runnable action) {
        Objects.requireNonNull(running, "no unit runs").committed.add(action);
    }

    /** Takes no more units; completes when those that wait are done. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> {
            closed = true;
            idle = done;
            drain();
        });
        return done.future();
    }

    private void drain() {
        if (writing) {
            return;
        }
        if (queue.isEmpty()) {
            if (idle != null) {
                idle.tryComplete();
            }
            return;
        }
        List<Unit<?>> batch = new ArrayList<>();
        while (batch.size() < BATCH && !queue.isEmpty()) {
            batch.add(queue.remove());
        }
        meters.waiting(queue.size());
        writing = true;
        long started = System.nanoTime();
        storage.writable()
                .compose(writable -> storage.transaction(connection -> runAll(connection, batch)))
                .onComplete(result -> context.runOnContext(ignored -> {
                    meters.wrote(batch.size(), Duration.ofNanos(System.nanoTime() - started), result.succeeded());
                    batch.forEach(unit -> unit.answer(result.cause()));
                    storage.checkpointWhenLong(LOG_BYTES)
                            .onComplete(checked -> context.runOnContext(again -> {
                                writing = false;
                                drain();
                            }));
                }));
    }

    private Future<Void> runAll(SqlConnection connection, List<Unit<?>> batch) {
        if (batch.size() == 1) {
            // Its failure may end the whole transaction: nobody else is in it.
            return run(connection, batch.get(0));
        }
        Future<Void> previous = Future.succeededFuture();
        for (Unit<?> unit : batch) {
            previous = previous.compose(ignored -> runUndoable(connection, unit));
        }
        return previous;
    }

    private Future<Void> runUndoable(SqlConnection connection, Unit<?> unit) {
        return execute(connection, "SAVEPOINT before_unit").compose(ignored -> run(connection, unit)
                .recover(failure -> Failures.isStorage(failure)
                        ? Future.failedFuture(failure)
                        : execute(connection, "ROLLBACK TO SAVEPOINT before_unit")));
    }

    private Future<Void> run(SqlConnection connection, Unit<?> unit) {
        caller = unit.caller;
        running = unit;
        return unit.run(connection);
    }

    private static Future<Void> execute(SqlConnection connection, String statement) {
        return connection.query(statement).execute().mapEmpty();
    }

    /** A piece of work and who waits for it. */
    private static final class Unit<T> {
        private final Function<SqlConnection, Future<T>> work;
        private final Promise<T> promise;
        private final Caller caller;
        private final List<Runnable> committed = new ArrayList<>();
        private @Nullable Future<T> outcome;

        Unit(Function<SqlConnection, Future<T>> work, Promise<T> promise, Caller caller) {
            this.work = work;
            this.promise = promise;
            this.caller = caller;
        }

        Future<Void> run(SqlConnection connection) {
            Future<T> result;
            try {
                result = work.apply(connection);
            } catch (RuntimeException e) {
                result = Future.failedFuture(e);
            }
            outcome = result;
            return result.mapEmpty();
        }

        /** A batch that failed takes all its units with it, those too that were refused for what another one had done. */
        void answer(@Nullable Throwable batchFailure) {
            if (batchFailure != null) {
                promise.fail(Failures.explain(batchFailure));
            } else if (outcome == null) {
                promise.fail(new IllegalStateException("a unit was never run"));
            } else if (outcome.failed()) {
                promise.fail(Failures.explain(outcome.cause()));
            } else {
                committed.forEach(Runnable::run);
                promise.complete(outcome.result());
            }
        }
    }
}
