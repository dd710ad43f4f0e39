package dev.callboard.store;

import dev.callboard.metrics.StoreMeters;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database can be written, and what is done when it cannot. Three states: <em>open</em>; <em>low</em>, when less
 * than the reserve is free: it is read, but not written; <em>down</em>, when a write may not be on the disk: the database is
 * closed as it is, what is not sure is cut off, and it is opened anew from the disk as soon as that works. Each state is
 * logged once.
 */
final class Storage {
    private final Context context;
    private final Backend backend;
    private final Reserve reserve;
    private final StoreMeters meters;
    private final FreeSpace free;
    private final Refusal refusal;
    private final Openings openings;
    private volatile Future<Void> settled = Future.succeededFuture();

    /**
     * Lives on a context.
     *
     * @param opened connections to the database, which is open
     */
    Storage(Context context, Backend backend, Pools opened, Path data, Reserve reserve, StoreMeters meters) {
        this.context = context;
        this.backend = backend;
        this.free = new FreeSpace(data);
        this.reserve = reserve;
        this.meters = meters;
        this.refusal = new Refusal(meters);
        this.openings = new Openings(context, backend, opened, refusal, meters, this::look, free::forget);
    }

    /** What is done each time the database goes down, on the context. */
    void whenDown(Runnable action) {
        openings.whenDown(action);
    }

    /** See {@link Backend#stallMs}. */
    long stallMs() {
        return backend.stallMs();
    }

    /** What changes are answered with while the database is down; null while it is not. */
    @Nullable
    ProblemException down() {
        return openings.pools() == null ? openings.known() : null;
    }

    StorageState state() {
        return new StorageState(refusal.problem(), free.bytes(), reserve.bytes(), backend.findings());
    }

    /** Fails with what a change is answered with, when it is not stored now. */
    Future<Void> writable() {
        ProblemException known = refusal.problem();
        if (openings.pools() == null && known != null) {
            return Future.failedFuture(known);
        }
        if (free.isFresh()) {
            return known == null ? Future.succeededFuture() : Future.failedFuture(known);
        }
        return look().compose(
                        looked -> refusal.holds() ? Future.failedFuture(openings.known()) : Future.succeededFuture());
    }

    private Future<Void> look() {
        return context.owner()
                .executeBlocking(free::look)
                .transform(looked -> openings.onContext(() -> {
                    meters.free(free.bytes());
                    if (openings.pools() == null) {
                        return;
                    }
                    if (free.bytes() < reserve.bytes()) {
                        openings.refuse(reserve.full("the data folder", free.bytes()));
                    } else {
                        refusal.over();
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
        Pools open = openings.pools();
        if (open == null) {
            return Future.failedFuture(openings.known());
        }
        Promise<Void> sure = Promise.promise();
        return open.writer()
                .transaction(work, () -> settled = sure.future())
                .recover(failure -> Future.succeededFuture(Writer.Ended.lost(failure, Failures.isStorage(failure))))
                .compose(ended -> openings.onContext(() -> {}).compose(here -> end(ended)))
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
        Future<Void> refused = openings.goDown(failure);
        return ended.doubt().isEmpty() ? refused : openings.doubt(ended.doubt().getAsLong(), failure);
    }

    /** Reads; fails when what was read is not, or may not be, on the disk. */
    <T> Future<T> read(Function<Transaction, Future<T>> work) {
        Pools open = openings.pools();
        if (open == null) {
            return Future.failedFuture(openings.known());
        }
        int opening = openings.count();
        return open.read(work)
                .transform(result -> settled.transform(sure -> {
                    if (opening != openings.count() || openings.pools() == null) {
                        return Future.failedFuture(openings.known());
                    }
                    return result.succeeded()
                            ? Future.succeededFuture(result.result())
                            : Future.failedFuture(Failures.explain(result.cause()));
                }));
    }

    /** Whether the log is at least so long. */
    boolean hasLog(long bytes) {
        return openings.pools() != null && backend.hasLog(bytes);
    }

    /** Makes a checkpoint when the log has become long; nothing is written meanwhile. */
    Future<Void> checkpointWhenLong(long leastBytes) {
        if (!hasLog(leastBytes)) {
            return Future.succeededFuture();
        }
        return backend.checkpoint(leastBytes)
                .recover(failure -> openings.goDown(failure).recover(known -> Future.succeededFuture()));
    }

    /** Does not wait any more for what a database that is down would say. */
    Future<Void> ending() {
        return openings.ending();
    }

    /** Completes when the connections are closed. */
    Future<Void> close() {
        return openings.close();
    }
}
