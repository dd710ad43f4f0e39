package dev.callboard.store;

import dev.callboard.bus.Caller;
import dev.callboard.metrics.StoreMeters;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. It drains a queue of units of work into one transaction and answers them after its commit, because the
 * database syncs its log once a commit and knows no group commit of its own. Decisions are written together, as rows; work that
 * writes by itself and fails is undone alone, by a savepoint. Its queue belongs to one context, the units run on the thread of the writer.
 */
final class GroupCommit {
    /** The most units of one transaction. */
    static final int BATCH = 128;

    /** The most units that wait; more are refused. */
    static final int QUEUE = 10_000;

    /** A checkpoint comes when the log is longer: 5 MB are replayed in about 2 s after a crash. */
    private static final long LOG_BYTES = 5L << 20;

    /** As {@link #LOG_BYTES}, when nobody has written for {@link #IDLE_MS}: then nobody waits for it. */
    private static final long IDLE_LOG_BYTES = 1L << 20;

    private static final long IDLE_MS = 200;

    /** How often a unit is tried whose transaction the database undoes for what goes on beside it. */
    private static final int UNDONE = 5;

    private final Context context;
    private final Storage storage;
    private final StoreMeters meters;
    private final UnitRuns runs = new UnitRuns();
    private final Deque<Unit<?>> queue = new ArrayDeque<>();
    private final List<Copies> copies = new CopyOnWriteArrayList<>();
    private boolean writing;
    private long writingSince;
    private long looking = -1;
    private long batches;
    private long looked;
    private boolean closed;
    private @Nullable Promise<Void> idle;

    GroupCommit(Context context, Storage storage, StoreMeters meters) {
        this.context = context;
        this.storage = storage;
        this.meters = meters;
        storage.whenDown(this::refuseWaiting);
        if (storage.stallMs() > 0) {
            looking = context.owner()
                    .setPeriodic(storage.stallMs() / 4, timer -> context.runOnContext(ignored -> refuseWaiting()));
        }
    }

    /** A database that does not answer may stay so, and one commit may wait for what it will say: nobody else does. */
    private void refuseWaiting() {
        ProblemException refusal = refusal();
        if (refusal != null) {
            queue.forEach(unit -> unit.failed(refusal));
            queue.clear();
            meters.waiting(0);
        }
    }

    private @Nullable ProblemException refusal() {
        ProblemException down = storage.down();
        if (down != null || storage.stallMs() == 0 || !writing) {
            return down;
        }
        long ms = (System.nanoTime() - writingSince) / 1_000_000;
        return ms < storage.stallMs()
                ? null
                : ProblemException.unavailable(
                        Failures.UNAVAILABLE,
                        "The database has not answered for " + ms + " ms. Nothing was stored; try again shortly.");
    }

    /** Runs work in a transaction, among others. */
    <T> Future<T> write(Function<Transaction, Future<T>> work) {
        return add(new Unit.Work<>(work, Caller.current()));
    }

    /**
     * Makes a decision and writes its entry, among others; fails with {@link LostEntryException} when its guard does not take.
     *
     * @param subject what it is about, null when it finds that out itself
     */
    <T> Future<T> decide(@Nullable String subject, Function<Transaction, Future<Entry<T>>> decision, Caller asking) {
        return add(new Unit.Decision<>(subject, decision, asking));
    }

    private <T> Future<T> add(Unit<T> unit) {
        context.runOnContext(ignored -> {
            ProblemException refusal = refusal();
            if (closed) {
                unit.failed(ProblemException.unavailable("shutting_down", "The server is shutting down."));
            } else if (refusal != null) {
                unit.failed(refusal);
            } else if (queue.size() >= QUEUE) {
                unit.failed(ProblemException.unavailable(
                        "busy", "The database has too many writes waiting. Nothing was stored; try again shortly."));
            } else {
                queue.add(unit);
                meters.waiting(queue.size());
                drain();
            }
        });
        return unit.answer();
    }

    /** Takes part in what becomes of the writes. Before the first of them. */
    void keep(Copies kept) {
        copies.add(kept);
    }

    /** What is kept in memory of something is not right any more. For units only. */
    void outdated(String id) {
        copies.forEach(kept -> kept.outdated(id));
    }

    /** Who asked for the unit that runs now. For units only: they run one after the other. */
    Caller caller() {
        return runs.caller();
    }

    /** Does something once the unit that runs now is committed, and not when it fails. For units only. */
    void afterCommit(Runnable action) {
        runs.running().afterCommit(action);
    }

    /** Takes no more units; completes when those that wait are done. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> {
            closed = true;
            idle = done;
            context.owner().cancelTimer(looking);
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
            } else {
                checkpointWhenIdle();
            }
            return;
        }
        batches++;
        List<Unit<?>> batch = next();
        meters.waiting(queue.size());
        writing = true;
        long started = System.nanoTime();
        writingSince = started;
        storage.writable()
                .compose(writable -> storage.transaction(transaction -> runs.all(transaction, batch)))
                .onComplete(result -> context.runOnContext(ignored -> {
                    meters.wrote(batch.size(), Duration.ofNanos(System.nanoTime() - started), result.succeeded());
                    Failpoint.SURE.reach();
                    ended(batch, result.cause());
                    Failpoint.ANSWERED.reach();
                    checkpoint(LOG_BYTES);
                }));
    }

    private void checkpointWhenIdle() {
        long last = batches;
        if (last == looked || !storage.hasLog(IDLE_LOG_BYTES)) {
            return;
        }
        looked = last;
        context.owner()
                .setTimer(
                        IDLE_MS,
                        timer -> context.runOnContext(ignored -> {
                            if (batches == last && !writing && !closed) {
                                writing = true;
                                checkpoint(IDLE_LOG_BYTES);
                            }
                        }));
    }

    private void checkpoint(long leastBytes) {
        storage.checkpointWhenLong(leastBytes)
                .onComplete(checked -> context.runOnContext(again -> {
                    writing = false;
                    drain();
                }));
    }

    private List<Unit<?>> next() {
        List<Unit<?>> batch = new ArrayList<>();
        while (batch.size() < BATCH && !queue.isEmpty() && (batch.isEmpty() || !queue.element().alone)) {
            Unit<?> unit = queue.remove();
            batch.add(unit);
            if (unit.alone) {
                break;
            }
        }
        return batch;
    }

    /**
     * A transaction that the database refused for one of its rows is repeated unit by unit: a bad row fails alone, and a guard
     * that did not take is found by its count.
     */
    private void ended(List<Unit<?>> batch, @Nullable Throwable failure) {
        if (failure == null) {
            batch.forEach(Unit::committed);
            return;
        }
        if (batch.stream().anyMatch(Unit.Decision.class::isInstance)) {
            copies.forEach(Copies::undone);
        }
        boolean again = Failures.isPassing(failure) && batch.stream().allMatch(unit -> ++unit.undone < UNDONE);
        boolean alone = batch.size() == 1 && (batch.get(0).alone || !Failures.mayBeGuard(failure));
        if (!again && (alone || Failures.isStorage(failure) || failure instanceof ProblemException)) {
            batch.forEach(unit -> unit.failed(failure));
            return;
        }
        for (int i = batch.size() - 1; i >= 0; i--) {
            Unit<?> unit = batch.get(i);
            unit.reset();
            unit.alone = true;
            queue.addFirst(unit);
        }
    }
}
