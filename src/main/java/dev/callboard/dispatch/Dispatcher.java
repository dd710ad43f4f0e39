package dev.callboard.dispatch;

import dev.callboard.dispatch.PolicyState.PolicySignal;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.Claims;
import dev.callboard.engine.Claims.Claimed;
import dev.callboard.engine.ExecutionMessages.LoadChanged;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.Transitions;
import dev.callboard.engine.WorkMessages.End;
import dev.callboard.engine.WorkMessages.WorkWaiting;
import dev.callboard.taskmodel.ExecutionView.Progress;
import dev.callboard.taskmodel.WaitingFor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Gives attempts a place to run, and their outcomes to the rules. Its state belongs to the verticle's context. It keeps the
 * stage definitions that a task started with until the task ends.
 */
final class Dispatcher {
    private final EngineNews news;
    private final Transitions transitions;
    private final OutcomeStore outcomes;
    private final PinnedStages stages;
    private final Clock clock;
    private final Places places;

    private final AttemptQueue queue;
    private final Claiming claiming;
    private final Shutdown shutdown;
    private final ParkedAttempts parked = new ParkedAttempts();
    private final RunningAttempts active;
    private final LeasedAttempts leased = new LeasedAttempts();

    Dispatcher(
            Vertx vertx,
            EngineNews news,
            Transitions transitions,
            OutcomeStore outcomes,
            Claims claims,
            StageRunner runner,
            PinnedStages stages,
            Clock clock,
            ExecutionVerticle.Options options) {
        this.news = news;
        this.transitions = transitions;
        this.outcomes = outcomes;
        this.stages = stages;
        this.clock = clock;
        this.active = new RunningAttempts(vertx, runner, clock, options.timeLimit());
        this.queue = new AttemptQueue(clock);
        this.claiming = new Claiming(vertx, claims, queue, this::enqueue);
        this.places = new Places(options.places(), queue, active, claiming);
        this.shutdown = new Shutdown(vertx);
    }

    /** Does what follows a stored transition: tells everybody, ends what ended, starts what is new. */
    void follow(StoredTransition moved) {
        follow(moved, System.nanoTime());
    }

    /** @param placeSince when its task got the place that it keeps */
    private void follow(StoredTransition moved, long placeSince) {
        news.moved(moved);
        for (Attempt ended : moved.ended()) {
            queue.remove(ended);
            queue.ended(ended.id(), PolicySignal.NONE);
            parked.forget(ended);
            claiming.ended(ended);
            leased.ended(ended).ifPresent(lease -> {
                lease.running().cancel();
                release(lease.running());
                news.workEnded(lease, End.CANCELLED);
            });
            active.find(ended.id()).ifPresent(running -> {
                running.cancel();
                release(running);
            });
        }
        if (!moved.status().open()) {
            stages.drop(moved.taskId());
        }
        if (moved.ledgerWritten()) {
            active.ledgerWritten(moved.taskId());
            enqueue(parked.ofTask(moved.taskId()));
        }
        moved.begun().ifPresent(claimed -> start(claimed, placeSince));
        enqueue(moved.attempts());
    }

    /** As {@link Places#inPlace}; there is none while the server stops. */
    <T> Future<T> inPlace(Function<Boolean, Future<T>> command) {
        return shutdown.asked() ? command.apply(false) : places.inPlace(command);
    }

    /** Lets attempts wait for their turn. */
    void enqueue(List<Attempt> attempts) {
        attempts.forEach(queue::add);
        startNext();
    }

    /** Goes on with the attempts whose time has come, and tells what policies hold back. */
    void wakeDue() {
        enqueue(parked.due(clock.instant()));
        news.held(queue);
    }

    /** The attempts that wait for their turn. */
    AttemptQueue queue() {
        return queue;
    }

    private void startNext() {
        while (!shutdown.asked() && places.free()) {
            Optional<Attempt> next = queue.next();
            if (next.isEmpty()) {
                return;
            }
            claiming.claim(next.get()).onSuccess(claimed -> {
                claimed.ifPresent(this::begin);
                startNext();
                tellIdle();
            });
        }
    }

    private void begin(Claimed claimed) {
        news.claimed(claimed);
        start(claimed, System.nanoTime());
    }

    private void start(Claimed claimed, long placeSince) {
        Attempt attempt = claimed.job().attempt();
        stages.keep(attempt.taskId(), claimed.stageTypes());
        ActiveAttempt running = active.start(claimed, stages, placeSince, this::finish);
        running.refusal().ifPresent(refusal -> {
            queue.ended(attempt.id(), PolicySignal.NONE);
            finish(running, refusal);
        });
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
        running.keepsPlace = active.find(running.id()).isPresent() && !shutdown.asked() && places.mayGoOn(running);
        running.durationMs = Math.max(
                0, Duration.between(running.startedAt(), clock.instant()).toMillis());
        return outcomes.store(running, outcome, this::follow)
                .onSuccess(stored -> stored(running, stored))
                .map(stored -> stored.moved().isPresent() || stored.parked().isPresent());
    }

    /** An attempt was cut off with the worker that had it. */
    void cutOff(ActiveAttempt running, Failed failed, Optional<StoredTransition> moved) {
        queue.ended(running.job.attempt().id(), PolicySignal.of(failed));
        moved.ifPresent(this::follow);
        release(running);
    }

    private void stored(ActiveAttempt running, OutcomeStore.Stored stored) {
        boolean here = active.find(running.id()).isPresent();
        stored.moved().ifPresent(moved -> {
            if (moved.begun().isPresent()) {
                active.remove(running);
            }
            follow(moved, running.placeSince);
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
            enqueue(List.of(attempt));
        } else {
            parked.park(attempt, kept.entry(), running.job.claimedAt());
        }
        if (kept.moved() != null) {
            follow(kept.moved());
        }
    }

    private void release(ActiveAttempt running) {
        queue.ended(running.job.attempt().id(), PolicySignal.NONE);
        leavePlace(running);
    }

    private void leavePlace(ActiveAttempt running) {
        active.remove(running);
        startNext();
        tellIdle();
    }

    /** What runs now, here or with workers. */
    Collection<ActiveAttempt> active() {
        return Stream.concat(active.all().stream(), leased.attempts()).toList();
    }

    /** What workers have. */
    LeasedAttempts leased() {
        return leased;
    }

    /** The stages that tasks started with. */
    PinnedStages stages() {
        return stages;
    }

    /** How much there is to do. */
    LoadChanged load() {
        return places.load(parked);
    }

    /** How far an attempt is, if it runs here. */
    Optional<Progress> progress(String executionId) {
        return active.find(executionId).or(() -> leased.attempt(executionId)).map(ActiveAttempt::progress);
    }

    /** Starts nothing new, gives what runs some time, and puts back what still runs then. */
    Future<Void> stop(Duration grace) {
        Future<Void> stopped = shutdown.ask(grace, () -> active.putBack(transitions));
        tellIdle();
        return stopped;
    }

    private void tellIdle() {
        if (active.size() == 0 && claiming.underWay() == 0) {
            shutdown.idle();
        }
    }
}
