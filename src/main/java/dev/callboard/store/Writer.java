package dev.callboard.store;

import dev.callboard.metrics.StoreMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection that writes, with a thread of its own: a statement costs no change of threads there, and work that only
 * talks to the database runs through without a break. Of one opening of the database.
 */
final class Writer {
    private final Hsqldb hsqldb;
    private final StoreMeters meters;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "callboard-writer");
        made.setDaemon(true);
        return made;
    });
    private @Nullable JdbcConnection connection;

    Writer(Hsqldb hsqldb, StoreMeters meters) {
        this.hsqldb = hsqldb;
        this.meters = meters;
    }

    /**
     * How a transaction ended.
     *
     * @param before where the log ended before the commit; null when there was none: nothing was stored
     * @param failure why; null when the database said that it is committed
     */
    record Ended(CommitLog.@Nullable Place before, @Nullable Throwable failure) {}

    /**
     * Runs work in a transaction and commits it, or undoes it when it fails. After a failure of the storage nothing is undone:
     * what the database holds in memory may not be what it can write any more.
     *
     * @param work uses the connection it is given and waits for nothing else
     * @param committing told when the work is done, just before the commit; gives where the log ends
     */
    Future<Ended> transaction(Function<SqlConnection, Future<Void>> work, Supplier<CommitLog.Place> committing) {
        return onThread(() -> {
            JdbcConnection open = open();
            Throwable failure = run(work, open);
            meters.statements(open.takeExecuted());
            if (failure == null) {
                CommitLog.Place before = committing.get();
                SQLException refused = open.commit();
                Failpoint.COMMITTED.reach();
                if (refused != null && !Failures.isStorage(refused)) {
                    undo(open);
                }
                return new Ended(before, refused);
            }
            if (!Failures.isStorage(failure)) {
                undo(open);
            }
            return new Ended(null, failure);
        });
    }

    /** What cannot be undone ends with its connection: nothing of it may be committed with what comes next. */
    private void undo(JdbcConnection open) throws SQLException {
        try {
            open.rollBack();
        } catch (SQLException e) {
            connection = null;
            open.closeNow();
            throw e;
        }
    }

    private JdbcConnection open() throws SQLException {
        JdbcConnection open = connection;
        if (open == null) {
            open = new JdbcConnection(hsqldb.connect());
            connection = open;
        }
        return open;
    }

    private static @Nullable Throwable run(Function<SqlConnection, Future<Void>> work, SqlConnection open) {
        try {
            Future<Void> done = work.apply(open);
            if (!done.isComplete()) {
                CountDownLatch ended = new CountDownLatch(1);
                done.onComplete(result -> ended.countDown());
                ended.await();
            }
            return done.cause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return e;
        }
    }

    private <T> Future<T> onThread(Callable<T> work) {
        Promise<T> done = Promise.promise();
        try {
            thread.execute(() -> {
                try {
                    done.complete(work.call());
                } catch (Exception | LinkageError | StackOverflowError e) {
                    done.fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.fail(new SQLException("the database is closed", "08003", e));
        }
        return done.future();
    }

    /** Closes the connection once what runs has ended; the thread ends with it. */
    Future<Void> close() {
        Future<Void> closed = onThread(() -> {
            JdbcConnection open = connection;
            connection = null;
            if (open != null) {
                open.closeNow();
            }
            return null;
        });
        thread.shutdown();
        return closed;
    }
}
