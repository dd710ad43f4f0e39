package dev.callboard.execution;

import dev.callboard.bus.Bus;
import dev.callboard.execution.StageOutcome.Failed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what became of an attempt, with its last log lines. What the database does not take now is stored again until it
 * does; a result that it can never take is stored as a failure.
 */
final class OutcomeStore {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeStore.class);

    /** How long to wait before an outcome that could not be stored is stored again. */
    private static final long STORE_AGAIN_MS = 1_000;

    private final Vertx vertx;
    private final Bus bus;
    private final Transitions transitions;
    private final Waits waits;

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
    record Stored(Optional<Moved> moved, Optional<Waits.Parked> parked) {
        private static final Stored NOTHING = new Stored(Optional.empty(), Optional.empty());
    }

    /** Done when the outcome is stored, however long that takes; never fails. */
    Future<Stored> store(ActiveAttempt running, StageOutcome outcome) {
        LogBatch lines = running.lines();
        Future<Stored> written = outcome instanceof StageOutcome.Waits wait
                ? waits.park(running.job, wait, lines.lines()).map(parked -> new Stored(Optional.empty(), parked))
                : transitions
                        .finish(running.job.attempt(), outcome, running.usage(), lines.lines(), running.durationMs)
                        .map(moved -> new Stored(moved, Optional.empty()));
        return written.onSuccess(stored -> {
                    lines.publish(bus);
                    if (stored.equals(Stored.NOTHING)) {
                        LOG.info(
                                "A late outcome of {} is dropped",
                                running.job.attempt().id());
                    }
                })
                .recover(failure -> {
                    lines.giveBack();
                    return again(running, outcome, failure);
                });
    }

    private Future<Stored> again(ActiveAttempt running, StageOutcome outcome, Throwable failure) {
        String id = running.job.attempt().id();
        if (Bus.problemOf(failure).isPresent()) {
            LOG.warn("The outcome of {} cannot be stored yet: {}", id, failure.getMessage());
            Promise<Stored> stored = Promise.promise();
            vertx.setTimer(STORE_AGAIN_MS, timer -> store(running, outcome).onComplete(stored));
            return stored.future();
        }
        if (!(outcome instanceof Failed)) {
            LOG.error("The outcome of {} cannot be stored", id, failure);
            return store(running, new Failed("internal", "The stage's result could not be stored.", true));
        }
        LOG.error("The failure of {} cannot be stored", id, failure);
        return Future.succeededFuture(Stored.NOTHING);
    }
}
