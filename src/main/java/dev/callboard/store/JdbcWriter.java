package dev.callboard.store;

import dev.callboard.metrics.StoreMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes to HSQLDB by plain JDBC, on a thread of its own: a statement costs no change of threads there, and work that only
 * talks to the database runs through without a break. HSQLDB says that a commit succeeded when it could not be written, so
 * none counts before its log is on the disk.
 */
final class JdbcWriter implements Writer {
    private final Hsqldb hsqldb;
    private final StoreMeters meters;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "callboard-writer");
        made.setDaemon(true);
        return made;
    });
    private final Promise<Void> never = Promise.promise();
    private @Nullable JdbcTransaction current;

    JdbcWriter(Hsqldb hsqldb, StoreMeters meters) {
        this.hsqldb = hsqldb;
        this.meters = meters;
    }

    /** After a failure of the storage nothing is undone: what HSQLDB holds in memory may not be what it can write any more. */
    @Override
    public Future<Ended> transaction(Function<Transaction, Future<Void>> work, Runnable committing) {
        return onThread(() -> {
            JdbcTransaction open = open();
            Throwable failure = run(work, open);
            meters.statements(open.takeExecuted());
            return failure == null ? commit(open, committing) : undone(open, failure);
        });
    }

    private Ended commit(JdbcTransaction open, Runnable committing) throws SQLException {
        committing.run();
        CommitLog.Place before = hsqldb.log().place();
        SQLException refused = open.commit();
        Failpoint.COMMITTED.reach();
        Optional<IOException> doubt = hsqldb.log().doubt(before);
        if (doubt.isPresent()) {
            return Ended.lost(doubt.get(), true);
        }
        return refused == null ? Ended.STORED : undone(open, refused);
    }

    private Ended undone(JdbcTransaction open, Throwable failure) throws SQLException {
        boolean broken = Failures.isStorage(failure);
        if (!broken) {
            undo(open);
        }
        return Ended.lost(failure, broken);
    }

    /** What cannot be undone ends with its transaction: nothing of it may be committed with what comes next. */
    private void undo(JdbcTransaction open) throws SQLException {
        try {
            open.rollBack();
        } catch (SQLException e) {
            current = null;
            open.closeNow();
            throw e;
        }
    }

    private JdbcTransaction open() throws SQLException {
        JdbcTransaction open = current;
        if (open == null) {
            open = new JdbcTransaction(hsqldb.connect());
            current = open;
        }
        return open;
    }

    private static @Nullable Throwable run(Function<Transaction, Future<Void>> work, Transaction open) {
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

    @Override
    public Future<Void> lost() {
        return never.future();
    }

    /** The thread ends with it. */
    @Override
    public Future<Void> close() {
        Future<Void> closed = onThread(() -> {
            JdbcTransaction open = current;
            current = null;
            if (open != null) {
                open.closeNow();
            }
            return null;
        });
        thread.shutdown();
        return closed;
    }
}
