package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.Transitions;
import dev.callboard.palette.Usage;
import dev.callboard.problem.Problem.Kind;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.LogLine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what became of an attempt, with its last log lines. What the database does not take now, because it does not work or
 * has no room, is stored again until it does. A result that it can never take is stored as a failure, and a failure that it
 * cannot take with its log lines without them. If it takes not even that, the attempt gives its place back, and its failure
 * is tried further at growing pauses: it ends as soon as it can.
 */
final class OutcomeStore {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeStore.class);

    /** How long to wait before an outcome that could not be stored is stored again. */
    private static final long STORE_AGAIN_MS = 1_000;

    /** The longest pause before a failure that the database refuses is stored again. */
    private static final long LONGEST_PAUSE_MS = 60_000;

    private final Vertx vertx;
    private final Bus bus;
    private final Transitions transitions;
    private final Waits waits;
    private final WaitingWrites waiting = new WaitingWrites("outcome");

    OutcomeStore(Vertx vertx, Bus bus, Transitions transitions, Waits waits) {
        this.vertx = vertx;
        this.bus = bus;
        this.transitions = transitions;
        this.waits = waits;
    }

    /**
     * What was stored: one of the two, or nothing when the attempt ended or was superseded meanwhile.
     *
     * @param moved how the task moved on
     * @param parked how the attempt waits
     */
    record Stored(Optional<StoredTransition> moved, Optional<Waits.Parked> parked) {
        private static final Stored NOTHING = new Stored(Optional.empty(), Optional.empty());
    }

    /**
     * Done when the outcome is stored or cannot be stored for now, however long that takes; never fails.
     *
     * @param late follows a failure that is stored after that
     */
    Future<Stored> store(ActiveAttempt running, StageOutcome outcome, Consumer<StoredTransition> late) {
        return running.lastLines().compose(lines -> store(running, outcome, lines, late));
    }

    private Future<Stored> store(
            ActiveAttempt running, StageOutcome outcome, LogBatch lines, Consumer<StoredTransition> late) {
        Future<Stored> written = outcome instanceof StageOutcome.Waits wait
                ? waits.park(running.job, wait, lines.lines()).map(parked -> new Stored(Optional.empty(), parked))
                : finish(running, outcome, running.usage(), lines.lines());
        return written.onSuccess(stored -> {
                    waiting.remove(running.id());
                    lines.publish(bus);
                    if (stored.equals(Stored.NOTHING)) {
                        LOG.info("A late outcome of {} is dropped", running.id());
                    }
                })
                .recover(failure -> {
                    lines.giveBack();
                    return otherwise(running, outcome, failure, late);
                });
    }

    private Future<Stored> finish(
            ActiveAttempt running, StageOutcome outcome, Optional<Usage> usage, List<LogLine> lines) {
        return transitions
                .finish(running.job.attempt(), outcome, usage, lines, running.durationMs, running.keepsPlace)
                .map(moved -> new Stored(moved, Optional.empty()));
    }

    private Future<Stored> otherwise(
            ActiveAttempt running, StageOutcome outcome, Throwable failure, Consumer<StoredTransition> late) {
        if (passes(failure)) {
            return again(running, failure, () -> store(running, outcome, late));
        }
        if (taskIsGone(failure)) {
            return dropped(running, failure);
        }
        if (!(outcome instanceof Failed failed)) {
            LOG.error("The outcome of {} cannot be stored", running.id(), failure);
            return store(running, new Failed("internal", "The stage's result could not be stored.", true), late);
        }
        LOG.error("The failure of {} cannot be stored, it is tried without its log lines", running.id(), failure);
        return storeAlone(running, failed, late);
    }

    private Future<Stored> storeAlone(ActiveAttempt running, Failed failed, Consumer<StoredTransition> late) {
        Future<Stored> written = finish(running, failed, Optional.empty(), List.of());
        written.onSuccess(stored -> waiting.remove(running.id()));
        return written.recover(failure -> {
            if (passes(failure)) {
                return again(running, failure, () -> storeAlone(running, failed, late));
            }
            if (taskIsGone(failure)) {
                return dropped(running, failure);
            }
            LOG.error(
                    "Not even the bare failure of {} can be stored; it gives its place back, and is tried further",
                    running.id(),
                    failure);
            waiting.remove(running.id());
            running.keepsPlace = false;
            storeLate(running, failed, STORE_AGAIN_MS, late);
            return Future.succeededFuture(Stored.NOTHING);
        });
    }

    private void storeLate(ActiveAttempt running, Failed failed, long pauseMs, Consumer<StoredTransition> late) {
        vertx.setTimer(pauseMs, timer -> finish(running, failed, Optional.empty(), List.of())
                .onSuccess(stored -> {
                    LOG.info("The failure of {} is stored now", running.id());
                    stored.moved().ifPresent(late);
                })
                .onFailure(failure -> {
                    if (taskIsGone(failure)) {
                        dropped(running, failure);
                    } else {
                        LOG.debug("The failure of {} still cannot be stored", running.id(), failure);
                        storeLate(running, failed, Math.min(2 * pauseMs, LONGEST_PAUSE_MS), late);
                    }
                }));
    }

    private Future<Stored> again(ActiveAttempt running, Throwable failure, Supplier<Future<Stored>> store) {
        waiting.add(running.id(), failure);
        Promise<Stored> stored = Promise.promise();
        vertx.setTimer(STORE_AGAIN_MS, timer -> store.get().onComplete(stored));
        return stored.future();
    }

    private Future<Stored> dropped(ActiveAttempt running, Throwable failure) {
        waiting.remove(running.id());
        LOG.warn("The outcome of {} is dropped: {}", running.id(), failure.getMessage());
        return Future.succeededFuture(Stored.NOTHING);
    }

    private static boolean passes(Throwable failure) {
        return is(failure, Kind.UNAVAILABLE)
                || is(failure, Kind.STORAGE_FULL)
                || Bus.problemOf(failure)
                        .filter(problem -> problem.code().equals(Database.CHANGED))
                        .isPresent();
    }

    private static boolean taskIsGone(Throwable failure) {
        return is(failure, Kind.NOT_FOUND);
    }

    private static boolean is(Throwable failure, Kind kind) {
        return Bus.problemOf(failure).filter(problem -> problem.kind() == kind).isPresent();
    }
}
