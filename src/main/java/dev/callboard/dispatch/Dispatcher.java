package dev.callboard.dispatch;

import dev.callboard.dispatch.PolicyState.PolicySignal;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.Claims;
import dev.callboard.engine.Claims.Claimed;
import dev.callboard.engine.ExecutionMessages.LoadChanged;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.Transitions;
import dev.callboard.engine.WorkMessages.End;
import dev.callboard.taskmodel.ExecutionView.Progress;
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
    private final PinnedStages stages;
    private final Clock clock;
    private final Places places;

    private final AttemptQueue queue;
    private final Claiming claiming;
    private final Shutdown shutdown;
    private final ParkedAttempts parked = new ParkedAttempts();
    private final RunningAttempts active;
    private final LeasedAttempts leased = new LeasedAttempts();
    private final Finishing finishing;

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
        this.stages = stages;
        this.clock = clock;
        this.active = new RunningAttempts(vertx, runner, clock, options.timeLimit());
        this.queue = new AttemptQueue(clock);
        this.claiming = new Claiming(vertx, claims, queue, this::enqueue);
        this.places = new Places(options.places(), queue, active, claiming);
        this.shutdown = new Shutdown(vertx);
        this.finishing = new Finishing(this, news, outcomes, queue, active, parked, places, clock);
    }

    /** Does what follows a stored transition: tells everybody, ends what ended, starts what is new. */
    void follow(StoredTransition moved) {
        follow(moved, System.nanoTime());
    }

    /**
     * As {@link #follow(StoredTransition)}.
     *
     * @param placeSince when its task got the place that it keeps
     */
    void follow(StoredTransition moved, long placeSince) {
        news.moved(moved);
        for (Attempt ended : moved.ended()) {
            queue.remove(ended);
            queue.ended(ended.id(), PolicySignal.NONE);
            parked.forget(ended);
            claiming.ended(ended);
            leased.ended(ended).ifPresent(lease -> {
                lease.running().cancel();
                finishing.release(lease.running());
                news.workEnded(lease, End.CANCELLED);
            });
            active.find(ended.id()).ifPresent(running -> {
                running.cancel();
                finishing.release(running);
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
        ActiveAttempt running = active.start(claimed, stages, placeSince, finishing::finish);
        running.refusal().ifPresent(refusal -> {
            queue.ended(attempt.id(), PolicySignal.NONE);
            finishing.finish(running, refusal);
        });
    }

    /** A place is free: the next begins, or nothing runs any more. */
    void placeFreed() {
        startNext();
        tellIdle();
    }

    /** Whether the server stops, so that nothing begins. */
    boolean stopping() {
        return shutdown.asked();
    }

    /** What becomes of attempts whose stages have said something. */
    Finishing finishing() {
        return finishing;
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
