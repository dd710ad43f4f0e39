package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.dispatch.LeasedAttempts.Lease;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.AttemptRules;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.TaskCommands;
import dev.callboard.engine.Transitions;
import dev.callboard.engine.WorkMessages;
import dev.callboard.engine.WorkMessages.CompleteWork;
import dev.callboard.engine.WorkMessages.End;
import dev.callboard.engine.WorkMessages.FailWork;
import dev.callboard.engine.WorkMessages.WorkAlive;
import dev.callboard.engine.WorkMessages.WorkDone;
import dev.callboard.engine.WorkMessages.WorkWaiting;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What workers say of the attempts that they have, and what becomes of those of which they say nothing. A lease is valid as
 * long as it is in {@link LeasedAttempts}; beats are not stored, so that each lease lasts once more after a restart,
 * from when workers can reach the server. Belongs to the dispatcher's context.
 */
final class WorkerLeases {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLeases.class);

    private final Vertx vertx;
    private final TaskCommands tasks;
    private final Transitions transitions;
    private final StageRunner runner;
    private final Dispatcher dispatcher;
    private final LeasedAttempts leased;
    private final EngineNews news;
    private final ExecutionVerticle.Options options;
    private final Clock clock;

    WorkerLeases(
            Vertx vertx,
            TaskCommands tasks,
            Transitions transitions,
            StageRunner runner,
            Dispatcher dispatcher,
            EngineNews news,
            ExecutionVerticle.Options options,
            Clock clock) {
        this.vertx = vertx;
        this.tasks = tasks;
        this.transitions = transitions;
        this.runner = runner;
        this.dispatcher = dispatcher;
        this.leased = dispatcher.leased();
        this.news = news;
        this.options = options;
        this.clock = clock;
    }

    void answer(Bus bus) {
        bus.answer(WorkMessages.BEAT, ask -> beat(ask.executionId(), ask.lease()));
        bus.answer(WorkMessages.PROGRESS, ask -> {
            Lease lease = require(ask.executionId(), ask.lease());
            context(lease).progress(ask.done(), ask.total(), ask.message());
            return alive(lease);
        });
        bus.answer(WorkMessages.LOG, ask -> {
            Lease lease = require(ask.executionId(), ask.lease());
            ask.lines().forEach(lease.running().log::info);
            return alive(lease);
        });
        bus.answer(WorkMessages.COMPLETE, this::complete);
        bus.answer(WorkMessages.FAIL, this::fail);
        bus.answer(WorkMessages.RELEASE, ask -> {
            Lease lease = require(ask.executionId(), ask.lease());
            boolean secrets = lease.prepared != null && lease.prepared.secrets();
            return release(lease, secrets).map(released -> new WorkDone(End.RELEASED.word(), null));
        });
        bus.listen(WorkMessages.REACHABLE, event -> reachable());
    }

    private Lease require(String executionId, String token) {
        return leased.find(executionId, token)
                .filter(lease -> !lease.ending)
                .orElseThrow(() -> lost(executionId, token));
    }

    private ProblemException lost(String executionId, String token) {
        String why = leased.past(token)
                .map(end -> switch (end) {
                    case DONE -> "it has ended already";
                    case CANCELLED -> "its task was cancelled";
                    case TIMEOUT -> "it took longer than the stage may";
                    case LOST -> "there was no beat for too long";
                    case RELEASED -> "it was given back";
                })
                .orElse("it has ended, or somebody else has it");
        return ProblemException.illegalState(
                "lease_lost",
                "The work of execution '" + executionId + "' is not yours: " + why
                        + ". Nothing was changed; stop this work and take other work.");
    }

    private static AttemptContext context(Lease lease) {
        return Objects.requireNonNull(lease.prepared, "not prepared").context();
    }

    private Future<WorkAlive> beat(String executionId, String token) {
        End end = leased.past(token).orElse(null);
        if (end == End.CANCELLED || end == End.TIMEOUT) {
            return Future.succeededFuture(new WorkAlive(clock.instant(), end));
        }
        Lease lease = require(executionId, token);
        prolong(lease);
        return alive(lease);
    }

    private void prolong(Lease lease) {
        lease.until = clock.instant().plus(options.lease());
        lease.kept = false;
    }

    /** However long the start took, whoever had work before it has the time of a whole lease to say so. */
    private void reachable() {
        leased.all().stream().filter(lease -> lease.kept).forEach(this::prolong);
    }

    private static Future<WorkAlive> alive(Lease lease) {
        return Future.succeededFuture(new WorkAlive(lease.until, null));
    }

    private Future<WorkDone> complete(CompleteWork ask) {
        Lease lease = require(ask.executionId(), ask.lease());
        lease.ending = true;
        PreparedStage prepared = Objects.requireNonNull(lease.prepared, "not prepared");
        Callable<StageOutcome> work = () -> runner.outcome(lease.job(), prepared, ask.output());
        return vertx.executeBlocking(work, false).compose(outcome -> end(lease, outcome, End.DONE));
    }

    private Future<WorkDone> fail(FailWork ask) {
        Lease lease = require(ask.executionId(), ask.lease());
        Failed failed = new Failed(
                StageRunner.cut(ask.code(), 64),
                StageRunner.cut(ask.message(), StageRunner.MAX_MESSAGE),
                ask.retryable(),
                ask.retryAfter());
        return end(lease, context(lease).mask().outcome(failed), End.DONE);
    }

    /** Stores the end of a worker's work. Fails with {@code lease_lost} when the attempt ended otherwise meanwhile. */
    Future<WorkDone> end(Lease lease, StageOutcome outcome, End why) {
        lease.ending = true;
        return dispatcher.finishing().finish(lease.running(), outcome).map(stored -> {
            forget(lease, why);
            if (!stored) {
                throw lost(lease.id(), lease.token());
            }
            return outcome instanceof Failed failed
                    ? new WorkDone("failed", failed.message())
                    : new WorkDone("completed", null);
        });
    }

    private void forget(Lease lease, End why) {
        if (leased.has(lease)) {
            leased.remove(lease, why);
            news.workEnded(lease, why);
        }
    }

    /** The attempt waits for a worker again. */
    Future<Boolean> release(Lease lease, boolean secrets) {
        lease.ending = true;
        Attempt attempt = lease.job().attempt();
        return tasks.decide(attempt.taskId(), draft -> AttemptRules.giveBack(draft, attempt, secrets))
                .onSuccess(took -> {
                    forget(lease, End.RELEASED);
                    news.workWaits(new WorkWaiting(lease.stageType(), secrets));
                })
                .onFailure(failure -> lease.ending = false);
    }

    /** Ends the leases of workers that are lost, and the work that took too long. */
    void expire() {
        Instant now = clock.instant();
        for (Lease lease : leased.all()) {
            if (!lease.ending && !lease.deadline().isAfter(now)) {
                Duration limit = lease.job().timeLimit(options.timeLimit());
                end(lease, StageOutcome.timeout(limit), End.TIMEOUT)
                        .onFailure(failure -> LOG.debug("{} ended otherwise", lease.id(), failure));
            } else if (!lease.ending && !lease.kept && !lease.until.isAfter(now)) {
                lost(lease);
            }
        }
    }

    /** Nobody knows how far the worker came: as after the end of the server the attempt is closed and made again. */
    private void lost(Lease lease) {
        lease.ending = true;
        ActiveAttempt running = lease.running();
        Failed failed = new Failed(
                "worker_lost", "The worker '" + lease.worker() + "' was lost: it gave no sign of life.", true);
        running.log.error(failed.message());
        long lasted = Duration.between(running.startedAt(), clock.instant()).toMillis();
        running.lastLines()
                .compose(lines -> transitions
                        .cutOff(lease.job().attempt(), failed, lines.lines(), Math.max(0, lasted))
                        .onSuccess(moved -> dispatcher.finishing().cutOff(running, failed, moved))
                        .onFailure(failure -> lines.giveBack()))
                .onSuccess(moved -> forget(lease, End.LOST))
                .onFailure(failure -> {
                    LOG.warn("The lost work {} cannot be closed yet: {}", lease.id(), failure.getMessage());
                    lease.ending = false;
                });
    }
}
