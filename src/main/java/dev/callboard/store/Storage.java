package dev.callboard.store;

import dev.callboard.metrics.StoreMeters;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database can be written, and what is done when it cannot. Three states: <em>open</em>; <em>low</em>, when less
 * than the reserve is free: it is read, but not written; <em>down</em>, when a write may not be on the disk: the database is
 * closed as it is, what is not sure is cut off, and it is opened anew from the disk as soon as that works. Each state is
 * logged once.
 */
final class Storage {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

    /** How often a database that is low or down is tried again. */
    private static final long TRY_AGAIN_MS = 500;

    private final Vertx vertx;
    private final Context context;
    private final Hsqldb hsqldb;
    private final Path data;
    private final Reserve reserve;
    private final StoreMeters meters;
    private final FreeSpace free;

    private volatile @Nullable Pools pools;
    private final Refusal refusal;
    private volatile int openings;
    private volatile Future<Void> settled = Future.succeededFuture();
    private boolean closed;

    /** Of an open database; lives on a context. */
    Storage(Vertx vertx, Context context, Hsqldb hsqldb, Path data, Reserve reserve, StoreMeters meters) {
        this.vertx = vertx;
        this.context = context;
        this.hsqldb = hsqldb;
        this.data = data;
        this.free = new FreeSpace(data);
        this.reserve = reserve;
        this.meters = meters;
        this.refusal = new Refusal(meters);
        this.pools = Pools.of(vertx, hsqldb, meters);
    }

    StorageState state() {
        return new StorageState(refusal.problem(), free.bytes(), reserve.bytes(), hsqldb.findings());
    }

    /** Fails with what a change is answered with, when it is not stored now. */
    Future<Void> writable() {
        ProblemException known = refusal.problem();
        if (pools == null && known != null) {
            return Future.failedFuture(known);
        }
        if (free.isFresh()) {
            return known == null ? Future.succeededFuture() : Future.failedFuture(known);
        }
        return look().compose(looked -> refusal.holds() ? Future.failedFuture(known()) : Future.succeededFuture());
    }

    private ProblemException known() {
        ProblemException problem = refusal.problem();
        return problem == null ? ProblemException.unavailable(Failures.UNAVAILABLE, "The database is busy.") : problem;
    }

    private Future<Void> look() {
        return vertx.executeBlocking(free::look)
                .transform(looked -> onContext(() -> {
                    meters.free(free.bytes());
                    if (pools == null) {
                        return;
                    }
                    if (free.bytes() < reserve.bytes()) {
                        refuse(reserve.full("the data folder", free.bytes()));
                    } else {
                        refusal.over();
                    }
                }));
    }

    private Future<Void> onContext(Runnable work) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> {
            work.run();
            done.complete();
        });
        return done.future();
    }

    private void refuse(ProblemException problem) {
        if (refusal.begin(problem)) {
            tryAgainLater();
        }
    }

    private void tryAgainLater() {
        vertx.setTimer(
                TRY_AGAIN_MS,
                timer -> context.runOnContext(ignored -> {
                    if (refusal.holds() && !closed) {
                        (pools == null ? reopen() : look())
                                .onComplete(tried -> context.runOnContext(again -> {
                                    if (refusal.holds()) {
                                        tryAgainLater();
                                    }
                                }));
                    }
                }));
    }

    /**
     * Writes: runs work in a transaction and completes when it is on the disk; fails when nothing of it is. Only one at a time.
     * HSQLDB says that a commit succeeded when it could not be written: nobody is answered before it is sure, and reads that
     * end meanwhile wait for that.
     *
     * @param work runs on the writer's thread
     */
    Future<Void> transaction(Function<SqlConnection, Future<Void>> work) {
        Pools open = pools;
        if (open == null) {
            return Future.failedFuture(known());
        }
        Promise<Void> sure = Promise.promise();
        return open.writer()
                .transaction(work, () -> {
                    settled = sure.future();
                    return hsqldb.log().place();
                })
                .recover(failure -> Future.succeededFuture(new Writer.Ended(null, failure)))
                .compose(ended -> onContext(() -> {}).compose(here -> end(ended)))
                .onComplete(sure);
    }

    private Future<Void> end(Writer.Ended ended) {
        Throwable failure = ended.failure();
        if (failure != null && Failures.isStorage(failure)) {
            return goDown(failure);
        }
        Future<Void> said = failure == null ? Future.succeededFuture() : Future.failedFuture(failure);
        return ended.before() == null ? said : requireSure(ended.before()).compose(known -> said);
    }

    /** Reads; fails when what was read is not, or may not be, on the disk. */
    <T> Future<T> read(Function<SqlConnection, Future<T>> work) {
        Pools open = pools;
        if (open == null) {
            return Future.failedFuture(known());
        }
        int opening = openings;
        return open.readers()
                .withTransaction(work)
                .transform(result -> settled.transform(sure -> {
                    if (opening != openings || pools == null) {
                        return Future.failedFuture(known());
                    }
                    return result.succeeded()
                            ? Future.succeededFuture(result.result())
                            : Future.failedFuture(Failures.explain(result.cause()));
                }));
    }

    /**
     * What a commit must be followed by: completes when the log is on the disk.
     *
     * @param before where the log ended before it
     * @return fails with what the writers are answered; the database is down then, and nothing of the commit is kept
     */
    private Future<Void> requireSure(CommitLog.Place before) {
        return hsqldb.log().doubt(before).map(this::goDown).orElseGet(Future::succeededFuture);
    }

    /**
     * Closes the database as it is on the disk.
     *
     * @param reason why it is not certain what is on the disk
     * @return fails with what is answered to those whose changes are lost by that
     */
    private Future<Void> goDown(Throwable reason) {
        Pools open = pools;
        if (open == null) {
            return Future.failedFuture(known());
        }
        ProblemException problem = Failures.unwritable(reason);
        pools = null;
        openings++;
        refuse(problem);
        meters.down();
        // Its connections are of no use any more, whatever closing them says.
        open.close().onFailure(failure -> LOG.debug("connections of a closed database", failure));
        return vertx.executeBlocking(() -> {
                    hsqldb.closeNow();
                    return null;
                })
                .transform(done -> {
                    if (done.failed()) {
                        LOG.debug("the end of the log cannot be cut off yet", done.cause());
                    }
                    return Future.failedFuture(problem);
                });
    }

    private Future<Void> reopen() {
        return vertx.executeBlocking(new Reopening(hsqldb, reserve, data))
                .transform(opened -> onContext(() -> {
                    if (opened.succeeded() && !closed) {
                        pools = Pools.of(vertx, hsqldb, meters);
                        free.forget();
                        refusal.over();
                    } else {
                        LOG.debug("the database cannot be opened again yet", opened.cause());
                    }
                }));
    }

    /** Whether the log is at least so long. */
    boolean hasLog(long bytes) {
        return pools != null && hsqldb.log().length() >= bytes;
    }

    /** Makes a checkpoint when the log has become long; nothing is written meanwhile. */
    Future<Void> checkpointWhenLong(long leastBytes) {
        if (!hasLog(leastBytes)) {
            return Future.succeededFuture();
        }
        Callable<Boolean> checkpoint = () -> {
            if (!hsqldb.wantsCheckpoint(leastBytes)) {
                return false;
            }
            hsqldb.checkpoint();
            return true;
        };
        return vertx.executeBlocking(checkpoint).<Void>mapEmpty().recover(failure -> this.goDown(failure)
                .recover(down -> Future.succeededFuture()));
    }

    /** Stops trying; completes when the connections are closed. */
    Future<Void> close() {
        closed = true;
        Pools open = pools;
        return open == null ? Future.succeededFuture() : open.close();
    }
}
