package dev.callboard.dispatch;

import dev.callboard.engine.Claims.Claimed;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.Transitions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The attempts that have a place and run here, each until its time limit. Belongs to the dispatcher's context. */
final class RunningAttempts {
    private final Vertx vertx;
    private final Context context;
    private final StageRunner runner;
    private final Clock clock;
    private final Duration timeLimit;
    private final Map<String, ActiveAttempt> byId = new LinkedHashMap<>();

    /** @param timeLimit of attempts without one of their own */
    RunningAttempts(Vertx vertx, StageRunner runner, Clock clock, Duration timeLimit) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.runner = runner;
        this.clock = clock;
        this.timeLimit = timeLimit;
    }

    /**
     * Runs an attempt.
     *
     * @param stages those that its task started with
     * @param placeSince when its task got its place, on the clock of {@link System#nanoTime}
     * @param ended gets each outcome, on the context: of the stage, and when its time is over
     */
    ActiveAttempt start(
            Claimed claimed, PinnedStages stages, long placeSince, BiConsumer<ActiveAttempt, StageOutcome> ended) {
        StageJob job = claimed.job();
        Duration limit = job.timeLimit(timeLimit);
        AttemptLog log = new AttemptLog(clock, job.lastLine());
        ActiveAttempt running = new ActiveAttempt(job, claimed.view(), log, placeSince);
        byId.put(running.id(), running);
        running.stage = runner.start(
                job,
                stages.find(job.attempt().taskId(), job.template().type()),
                job.claimedAt().plus(limit),
                log,
                outcome -> context.runOnContext(ignored -> ended.accept(running, outcome)));
        running.timer = vertx.setTimer(Math.max(1, limit.toMillis()), timer -> {
            running.cancel();
            ended.accept(running, StageOutcome.timeout(limit));
        });
        return running;
    }

    /** The one of that id, if it runs here. */
    Optional<ActiveAttempt> find(String executionId) {
        return Optional.ofNullable(byId.get(executionId));
    }

    /** All, those that began first before the others. */
    List<ActiveAttempt> all() {
        return List.copyOf(byId.values());
    }

    int size() {
        return byId.size();
    }

    /** The ledger of a task was written while its attempts run. */
    void ledgerWritten(String taskId) {
        byId.values().stream()
                .filter(running -> running.job.attempt().taskId().equals(taskId))
                .forEach(running -> running.ledgerWritten = true);
    }

    /** It runs no more: neither its stage nor its time says anything from now on. */
    void remove(ActiveAttempt running) {
        finish(running);
        byId.remove(running.id());
    }

    /** Its outcome is known: its time limit does not count any more. */
    void finish(ActiveAttempt running) {
        running.finished = true;
        vertx.cancelTimer(running.timer);
    }

    /** Ends all and closes their attempts as cut off; those that waited before stay as they were. */
    Future<Void> putBack(Transitions transitions) {
        List<Future<?>> stored = all().stream()
                .<Future<?>>map(running -> {
                    finish(running);
                    running.cancel();
                    if (running.job.waited() != null) {
                        return Future.succeededFuture();
                    }
                    return transitions.cutOff(
                            running.job.attempt(), running.lines().lines());
                })
                .toList();
        byId.clear();
        return Future.join(stored).mapEmpty();
    }
}
