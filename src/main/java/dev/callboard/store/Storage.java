package dev.callboard.store;

import dev.callboard.metrics.StoreMeters;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
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
    private final Backend backend;
    private final Reserve reserve;
    private final StoreMeters meters;
    private final FreeSpace free;

    private volatile @Nullable Pools pools;
    private final Refusal refusal;
    private volatile int openings;
    private volatile Future<Void> settled = Future.succeededFuture();
    private Runnable down = () -> {};
    private final Doubts doubts;
    private boolean closed;

    /**
     * Lives on a context.
     *
     * @param opened connections to the database, which is open
     */
    Storage(
            Vertx vertx,
            Context context,
            Backend backend,
            Pools opened,
            Path data,
            Reserve reserve,
            StoreMeters meters) {
        this.vertx = vertx;
        this.context = context;
        this.backend = backend;
        this.free = new FreeSpace(data);
        this.reserve = reserve;
        this.meters = meters;
        this.refusal = new Refusal(meters);
        this.doubts = new Doubts(backend);
        use(opened);
    }

    private void use(Pools opened) {
        pools = opened;
        opened.writer()
                .lost()
                .onComplete(lost -> context.runOnContext(ignored -> {
                    if (opened.equals(pools) && !closed) {
                        goDown(lost.cause()).onFailure(known -> LOG.debug("the database went away", known));
                    }
                }));
    }

    /** What is done each time the database goes down, on the context. */
    void whenDown(Runnable action) {
        down = action;
    }

    /** See {@link Backend#stallMs}. */
    long stallMs() {
        return backend.stallMs();
    }

    /** What changes are answered with while the database is down; null while it is not. */
    @Nullable
    ProblemException down() {
        return pools == null ? known() : null;
    }

    StorageState state() {
        return new StorageState(refusal.problem(), free.bytes(), reserve.bytes(), backend.findings());
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
     * Nobody is answered before a commit is sure, and reads that end meanwhile wait for that. One that is in doubt is answered
     * when the database has said what became of it.
     *
     * @param work runs on the writer's thread
     */
    Future<Void> transaction(Function<Transaction, Future<Void>> work) {
        Pools open = pools;
        if (open == null) {
            return Future.failedFuture(known());
        }
        Promise<Void> sure = Promise.promise();
        return open.writer()
                .transaction(work, () -> settled = sure.future())
                .recover(failure -> Future.succeededFuture(Writer.Ended.lost(failure, Failures.isStorage(failure))))
                .compose(ended -> onContext(() -> {}).compose(here -> end(ended)))
                .onComplete(sure);
    }

    private Future<Void> end(Writer.Ended ended) {
        Throwable failure = ended.failure();
        if (failure == null) {
            return Future.succeededFuture();
        }
        if (!ended.broken()) {
            return Future.failedFuture(failure);
        }
        Future<Void> refused = goDown(failure);
        if (ended.doubt().isEmpty()) {
            return refused;
        }
        Future<Void> said = doubts.begin(ended.doubt().getAsLong(), failure);
        if (closed) {
            doubts.giveUp();
        }
        return said;
    }

    /** Reads; fails when what was read is not, or may not be, on the disk. */
    <T> Future<T> read(Function<Transaction, Future<T>> work) {
        Pools open = pools;
        if (open == null) {
            return Future.failedFuture(known());
        }
        int opening = openings;
        return open.read(work)
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
        ProblemException problem = backend.unwritable(reason);
        pools = null;
        openings++;
        refuse(problem);
        meters.down();
        down.run();
        // Its connections are of no use any more, whatever closing them says.
        open.close().onFailure(failure -> LOG.debug("connections of a closed database", failure));
        return backend.closeNow().transform(done -> {
            if (done.failed()) {
                LOG.debug("the end of the log cannot be cut off yet", done.cause());
            }
            return Future.failedFuture(problem);
        });
    }

    private Future<Void> reopen() {
        return backend.reopen()
                .transform(opened -> onContext(() -> {
                    if (opened.succeeded() && closed) {
                        opened.result()
                                .close()
                                .onFailure(failure -> LOG.debug("connections of a server that ends", failure));
                    } else if (opened.succeeded()) {
                        use(opened.result());
                        free.forget();
                        refusal.over();
                        doubts.settle();
                    } else {
                        LOG.debug("the database cannot be opened again yet", opened.cause());
                        if (opened.cause() instanceof ProblemException problem) {
                            refusal.begin(problem);
                        }
                    }
                }));
    }

    /** Whether the log is at least so long. */
    boolean hasLog(long bytes) {
        return pools != null && backend.hasLog(bytes);
    }

    /** Makes a checkpoint when the log has become long; nothing is written meanwhile. */
    Future<Void> checkpointWhenLong(long leastBytes) {
        if (!hasLog(leastBytes)) {
            return Future.succeededFuture();
        }
        return backend.checkpoint(leastBytes)
                .recover(failure -> this.goDown(failure).recover(known -> Future.succeededFuture()));
    }

    /** Does not wait any more for what a database that is down would say. */
    Future<Void> ending() {
        return onContext(() -> {
            closed = true;
            doubts.giveUp();
        });
    }

    /** Completes when the connections are closed. */
    Future<Void> close() {
        Pools open = pools;
        return open == null ? Future.succeededFuture() : open.close();
    }
}
