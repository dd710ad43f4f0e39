package dev.callboard.dispatch;

import dev.callboard.dispatch.PolicyState.PolicySignal;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.WorkMessages.WorkWaiting;
import dev.callboard.taskmodel.WaitingFor;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of an attempt once its stage has said something: its outcome is stored, and its place goes to the next, or it waits
 * without one. Belongs to the dispatcher's context.
 */
final class Finishing {
    private final Dispatcher dispatcher;
    private final EngineNews news;
    private final OutcomeStore outcomes;
    private final AttemptQueue queue;
    private final RunningAttempts active;
    private final ParkedAttempts parked;
    private final Places places;
    private final Clock clock;

    Finishing(
            Dispatcher dispatcher,
            EngineNews news,
            OutcomeStore outcomes,
            AttemptQueue queue,
            RunningAttempts active,
            ParkedAttempts parked,
            Places places,
            Clock clock) {
        this.dispatcher = dispatcher;
        this.news = news;
        this.outcomes = outcomes;
        this.queue = queue;
        this.active = active;
        this.parked = parked;
        this.places = places;
        this.clock = clock;
    }

    /**
     * The first outcome counts; a stage that ends after its time limit or its task says nothing any more.
     *
     * @return whether it was stored
     */
    Future<Boolean> finish(ActiveAttempt running, StageOutcome outcome) {
        if (running.finished) {
            return Future.succeededFuture(false);
        }
        active.finish(running);
        boolean forWorker =
                outcome instanceof StageOutcome.Waits waits && waits.kind().equals(WaitingFor.WORKER);
        if (!forWorker) {
            queue.ended(running.job.attempt().id(), PolicySignal.of(outcome));
        }
        if (outcome instanceof Failed failed) {
            running.log.error(failed.message());
        }
        running.keepsPlace = active.find(running.id()).isPresent() && !dispatcher.stopping() && places.mayGoOn(running);
        running.durationMs = Math.max(
                0, Duration.between(running.startedAt(), clock.instant()).toMillis());
        return outcomes.store(running, outcome, dispatcher::follow)
                .onSuccess(stored -> stored(running, stored))
                .map(stored -> stored.moved().isPresent() || stored.parked().isPresent());
    }

    /** An attempt was cut off with the worker that had it. */
    void cutOff(ActiveAttempt running, Failed failed, Optional<StoredTransition> moved) {
        queue.ended(running.job.attempt().id(), PolicySignal.of(failed));
        moved.ifPresent(dispatcher::follow);
        release(running);
    }

    private void stored(ActiveAttempt running, OutcomeStore.Stored stored) {
        boolean here = active.find(running.id()).isPresent();
        stored.moved().ifPresent(moved -> {
            if (moved.begun().isPresent()) {
                active.remove(running);
            }
            dispatcher.follow(moved, running.placeSince);
        });
        if (stored.parked().isPresent()
                && StageOutcome.Waits.forWorker(stored.parked().get().entry())) {
            leavePlace(running);
        } else {
            release(running);
        }
        stored.parked().filter(kept -> here).ifPresent(kept -> park(running, kept));
    }

    /** It has no place any more; it goes on later, or at once when the ledger was written since its stage looked. */
    private void park(ActiveAttempt running, Waits.Parked kept) {
        Attempt attempt = running.job.attempt().waiting();
        if (StageOutcome.Waits.forWorker(kept.entry())) {
            news.workWaits(
                    new WorkWaiting(running.job.template().type(), StageOutcome.Waits.withSecrets(kept.entry())));
        } else if (kept.outdated() || running.ledgerWritten) {
            dispatcher.enqueue(List.of(attempt));
        } else {
            parked.park(attempt, kept.entry(), running.job.claimedAt());
        }
        if (kept.moved() != null) {
            dispatcher.follow(kept.moved());
        }
    }

    /** It has no place any more, whatever it still says. */
    void release(ActiveAttempt running) {
        queue.ended(running.job.attempt().id(), PolicySignal.NONE);
        leavePlace(running);
    }

    private void leavePlace(ActiveAttempt running) {
        active.remove(running);
        dispatcher.placeFreed();
    }
}
