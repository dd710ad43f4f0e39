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
import java.util.Objects;
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
    private final Deque<Unit<?>> queue = new ArrayDeque<>();
    private final List<Copies> copies = new CopyOnWriteArrayList<>();
    private boolean writing;
    private long batches;
    private long looked;
    private boolean closed;
    private volatile Caller caller = Caller.ENGINE;
    private volatile @Nullable Unit<?> running;
    private @Nullable Promise<Void> idle;

    GroupCommit(Context context, Storage storage, StoreMeters meters) {
        this.context = context;
        this.storage = storage;
        this.meters = meters;
        storage.whenDown(this::refuseWaiting);
    }

    /** A database that is down may stay so, and one commit may wait for what it will say: nobody else does. */
    private void refuseWaiting() {
        ProblemException down = storage.down();
        while (down != null && !queue.isEmpty()) {
            queue.remove().failed(down);
        }
        meters.waiting(0);
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
            ProblemException down = storage.down();
            if (closed) {
                unit.failed(ProblemException.unavailable("shutting_down", "The server is shutting down."));
            } else if (down != null) {
                unit.failed(down);
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
        return caller;
    }

    /** Does something once the unit that runs now is committed, and not when it fails. For units only. */
    void afterCommit(Runnable action) {
        Objects.requireNonNull(running, "no unit runs").afterCommit(action);
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
        storage.writable()
                .compose(writable -> storage.transaction(transaction -> runAll(transaction, batch)))
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

    /** A transaction that the database refused for one of its rows is repeated unit by unit: a bad row fails alone. */
    private void ended(List<Unit<?>> batch, @Nullable Throwable failure) {
        if (failure == null) {
            batch.forEach(Unit::committed);
            return;
        }
        if (batch.stream().anyMatch(Unit.Decision.class::isInstance)) {
            copies.forEach(Copies::undone);
        }
        boolean again = Failures.isPassing(failure) && batch.stream().allMatch(unit -> ++unit.undone < UNDONE);
        if (!again && (batch.size() == 1 || Failures.isStorage(failure) || failure instanceof ProblemException)) {
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

    private Future<Void> runAll(Transaction transaction, List<Unit<?>> batch) {
        Transcript transcript = new Transcript();
        Future<Void> previous = Future.succeededFuture();
        for (Unit<?> unit : batch) {
            previous = previous.compose(ignored -> run(transaction, unit, transcript, batch.size() == 1));
        }
        return previous.compose(ignored -> transcript.write(transaction));
    }

    private Future<Void> run(Transaction transaction, Unit<?> unit, Transcript transcript, boolean single) {
        if (unit instanceof Unit.Decision<?> decision) {
            Future<Void> written =
                    transcript.concerns(decision.subject()) ? transcript.write(transaction) : Future.succeededFuture();
            return written.compose(ignored -> {
                begin(unit);
                return decision.run(transaction, transcript);
            });
        }
        Unit.Work<?> work = (Unit.Work<?>) unit;
        if (single) {
            // Its failure may end the whole transaction: nobody else is in it.
            begin(unit);
            return work.run(transaction);
        }
        return transcript
                .write(transaction)
                .compose(ignored -> execute(transaction, "SAVEPOINT before_unit"))
                .compose(ignored -> {
                    begin(unit);
                    return work.run(transaction)
                            .compose(done -> execute(transaction, "RELEASE SAVEPOINT before_unit"))
                            .recover(failure -> Failures.isStorage(failure)
                                    ? Future.failedFuture(failure)
                                    : execute(transaction, "ROLLBACK TO SAVEPOINT before_unit"));
                });
    }

    private void begin(Unit<?> unit) {
        caller = unit.caller();
        running = unit;
    }

    private static Future<Void> execute(Transaction transaction, String statement) {
        return transaction.execute(statement).mapEmpty();
    }
}
