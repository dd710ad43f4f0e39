package dev.callboard.execution;

import dev.callboard.bus.Bus;
import dev.callboard.execution.Claims.Claimed;
import dev.callboard.execution.ExecutionMessages.ExecutionChanged;
import dev.callboard.execution.ExecutionMessages.TaskMoved;
import dev.callboard.execution.StageOutcome.Failed;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.model.ExecutionView.Progress;
import dev.callboard.model.StageResolver;
import dev.callboard.model.StageResolver.Resolved;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives attempts a place to run, and their outcomes to the rules. Its state belongs to the verticle's context. It keeps the
 * stage definitions that a task started with until the task ends.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** How long to wait before an outcome that could not be stored is stored again. */
    private static final long STORE_AGAIN_MS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final Bus bus;
    private final Transitions transitions;
    private final Claims claims;
    private final StageRunner runner;
    private final StageResolver resolver;
    private final Clock clock;
    private final int places;
    private final Duration timeLimit;

    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final Map<String, ActiveAttempt> active = new LinkedHashMap<>();
    private final Map<String, Map<String, Resolved>> definitions = new HashMap<>();
    private int claiming;
    private boolean stopping;
    private @Nullable Promise<Void> idle;

    Dispatcher(
            Vertx vertx,
            Bus bus,
            Transitions transitions,
            Claims claims,
            StageRunner runner,
            StageResolver resolver,
            Clock clock,
            ExecutionVerticle.Options options) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.bus = bus;
        this.transitions = transitions;
        this.claims = claims;
        this.runner = runner;
        this.resolver = resolver;
        this.clock = clock;
        this.places = options.places();
        this.timeLimit = options.timeLimit();
    }

    /** Does what follows a stored transition: tells everybody, ends what ended, starts what is new. */
    void follow(Moved moved) {
        moved.changed().forEach(view -> bus.publish(ExecutionMessages.CHANGED, new ExecutionChanged(view)));
        bus.publish(
                ExecutionMessages.TASK_MOVED,
                new TaskMoved(moved.taskId(), moved.status().word(), moved.revision()));
        for (Attempt ended : moved.ended()) {
            waiting.removeIf(attempt -> attempt.id().equals(ended.id()));
            ActiveAttempt running = active.get(ended.id());
            if (running != null) {
                running.cancel();
                release(running);
            }
        }
        if (!moved.status().open()) {
            definitions.remove(moved.taskId());
        }
        enqueue(moved.attempts());
    }

    /** Lets attempts wait for their turn. */
    void enqueue(List<Attempt> attempts) {
        waiting.addAll(attempts);
        startNext();
    }

    private void startNext() {
        while (!stopping && active.size() + claiming < places && !waiting.isEmpty()) {
            Attempt attempt = waiting.remove();
            claiming++;
            claims.claim(attempt).onComplete(result -> {
                claiming--;
                if (result.failed()) {
                    LOG.error("Attempt {} could not be started, it is tried again", attempt.id(), result.cause());
                    vertx.setTimer(STORE_AGAIN_MS, timer -> enqueue(List.of(attempt)));
                } else {
                    result.result().ifPresent(this::start);
                }
                startNext();
                tellIdle();
            });
        }
    }

    private void start(Claimed claimed) {
        StageJob job = claimed.job();
        Attempt attempt = job.attempt();
        Map<String, Resolved> kept = definitions.computeIfAbsent(attempt.taskId(), ignored -> new HashMap<>());
        claimed.stageTypes()
                .forEach(type -> resolver.resolve(type).ifPresent(resolved -> kept.putIfAbsent(type, resolved)));
        bus.publish(ExecutionMessages.CHANGED, new ExecutionChanged(claimed.view()));
        bus.publish(ExecutionMessages.TASK_MOVED, new TaskMoved(attempt.taskId(), "running", claimed.taskRevision()));
        Duration limit = job.timeLimit(timeLimit);
        AttemptLog log = new AttemptLog(clock);
        ActiveAttempt running = new ActiveAttempt(job, claimed.view(), log);
        active.put(attempt.id(), running);
        running.stage = runner.start(
                job,
                kept.get(job.template().type()),
                job.claimedAt().plus(limit),
                log,
                outcome -> context.runOnContext(ignored -> finish(running, outcome)));
        running.timer = vertx.setTimer(Math.max(1, limit.toMillis()), timer -> {
            running.cancel();
            finish(running, StageOutcome.timeout(limit));
        });
        running.refusal().ifPresent(refusal -> finish(running, refusal));
    }

    /** The first outcome counts; a stage that ends after its time limit or its task says nothing any more. */
    private void finish(ActiveAttempt running, StageOutcome outcome) {
        if (running.finished) {
            return;
        }
        running.finished = true;
        vertx.cancelTimer(running.timer);
        if (outcome instanceof Failed failed) {
            running.log.error(failed.message());
        }
        running.durationMs = Math.max(
                0, Duration.between(running.job.claimedAt(), clock.instant()).toMillis());
        store(running, outcome);
    }

    private void store(ActiveAttempt running, StageOutcome outcome) {
        Attempt attempt = running.job.attempt();
        LogBatch lines = running.lines();
        transitions
                .finish(attempt, outcome, running.usage(), lines.lines(), running.durationMs)
                .onSuccess(moved -> {
                    lines.publish(bus);
                    moved.ifPresentOrElse(
                            this::follow, () -> LOG.info("A late outcome of {} is dropped", attempt.id()));
                    release(running);
                })
                .onFailure(failure -> {
                    lines.giveBack();
                    storeAgain(running, outcome, failure);
                });
    }

    private void storeAgain(ActiveAttempt running, StageOutcome outcome, Throwable failure) {
        String id = running.job.attempt().id();
        if (Bus.problemOf(failure).isPresent()) {
            LOG.warn("The outcome of {} cannot be stored yet: {}", id, failure.getMessage());
            vertx.setTimer(STORE_AGAIN_MS, timer -> store(running, outcome));
        } else if (outcome instanceof StageOutcome.Completed) {
            LOG.error("The outcome of {} cannot be stored", id, failure);
            store(running, new Failed("internal", "The stage's result could not be stored.", true));
        } else {
            LOG.error("The failure of {} cannot be stored", id, failure);
            release(running);
        }
    }

    private void release(ActiveAttempt running) {
        running.finished = true;
        vertx.cancelTimer(running.timer);
        active.remove(running.job.attempt().id());
        startNext();
        tellIdle();
    }

    /** What runs now. */
    Collection<ActiveAttempt> active() {
        return List.copyOf(active.values());
    }

    /** How far an attempt is, if it runs here. */
    Optional<Progress> progress(String executionId) {
        return Optional.ofNullable(active.get(executionId)).map(ActiveAttempt::progress);
    }

    /** Starts nothing new, gives what runs some time, and puts back what still runs then. */
    Future<Void> stop(Duration grace) {
        stopping = true;
        Promise<Void> done = Promise.promise();
        idle = done;
        tellIdle();
        long timer = vertx.setTimer(
                Math.max(1, grace.toMillis()), ignored -> putBack().onComplete(put -> done.tryComplete()));
        return done.future().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    private void tellIdle() {
        if (idle != null && active.isEmpty() && claiming == 0) {
            idle.tryComplete();
        }
    }

    private Future<Void> putBack() {
        List<Future<?>> stored = active().stream()
                .<Future<?>>map(running -> {
                    running.finished = true;
                    vertx.cancelTimer(running.timer);
                    running.cancel();
                    return transitions.cutOff(
                            running.job.attempt(), running.lines().lines());
                })
                .toList();
        active.clear();
        return Future.join(stored).mapEmpty();
    }
}
