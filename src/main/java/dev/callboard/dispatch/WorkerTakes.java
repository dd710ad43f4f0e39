package dev.callboard.dispatch;

import dev.callboard.dispatch.LeasedAttempts.Lease;
import dev.callboard.dispatch.PreparedStage.Refused;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.AttemptRules;
import dev.callboard.engine.Claims;
import dev.callboard.engine.Claims.Claimed;
import dev.callboard.engine.LogLineRepository;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.Steps;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.TaskCommands;
import dev.callboard.engine.TaskDraft;
import dev.callboard.engine.TaskRecord;
import dev.callboard.engine.WorkMessages.End;
import dev.callboard.engine.WorkMessages.TakeWork;
import dev.callboard.engine.WorkMessages.TakenWork;
import dev.callboard.engine.WorkMessages.Work;
import dev.callboard.engine.WorkRepository;
import dev.callboard.engine.WorkRepository.Candidate;
import dev.callboard.engine.WorkRepository.StoredLease;
import dev.callboard.spi.StageFailure;
import dev.callboard.store.Database;
import dev.callboard.store.Entry;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives attempts to workers: the lease is stored first, then the worker gets the work. Belongs to the dispatcher's context. */
final class WorkerTakes {
    /** How many attempts that end at that very moment one question passes over. */
    private static final int TRIES = 20;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerTakes.class);

    private final Vertx vertx;
    private final Database database;
    private final WorkRepository repository = new WorkRepository();
    private final LogLineRepository logs = new LogLineRepository();
    private final TaskCommands tasks;
    private final Claims claims;
    private final StageRunner runner;
    private final Dispatcher dispatcher;
    private final WorkerLeases leases;
    private final EngineNews news;
    private final ExecutionVerticle.Options options;
    private final Clock clock;

    WorkerTakes(
            Vertx vertx,
            Database database,
            TaskCommands tasks,
            Claims claims,
            StageRunner runner,
            Dispatcher dispatcher,
            WorkerLeases leases,
            EngineNews news,
            ExecutionVerticle.Options options,
            Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.tasks = tasks;
        this.claims = claims;
        this.runner = runner;
        this.dispatcher = dispatcher;
        this.leases = leases;
        this.news = news;
        this.options = options;
        this.clock = clock;
    }

    /** @param any whether an attempt waited, even if it could not be given */
    private record Found(boolean any, Optional<Given> given) {
        static final Found NOTHING = new Found(false, Optional.empty());
    }

    /** A stored lease, and what it is of. */
    private record Given(Claimed claimed, StoredLease lease, @Nullable StoredTransition moved) {}

    /** Gives the attempt that waits longest to a worker, if there is one. */
    Future<TakenWork> take(TakeWork ask) {
        return take(ask, TRIES);
    }

    private Future<TakenWork> take(TakeWork ask, int tries) {
        if (tries == 0) {
            return Future.succeededFuture(new TakenWork(null));
        }
        dispatcher.leased().begin();
        return database.decide(null, transaction -> repository
                        .next(transaction, ask.types(), ask.trusted())
                        .compose(next -> next.isEmpty()
                                ? Future.succeededFuture(Entry.none(Found.NOTHING))
                                : lease(transaction, next.get(), ask.worker())))
                .map(found -> Map.entry(found.any(), found.given().flatMap(this::hold)))
                .onComplete(held -> dispatcher.leased().done())
                .compose(held -> {
                    if (held.getValue().isPresent()) {
                        return give(held.getValue().get(), ask, tries);
                    }
                    // One that ended just now may stand before others.
                    return held.getKey() ? take(ask, tries - 1) : Future.succeededFuture(new TakenWork(null));
                });
    }

    private Future<Entry<Found>> lease(Transaction transaction, Candidate next, String worker) {
        return logs.last(transaction, next.executionId())
                .compose(line -> tasks.decide(
                        transaction, next.taskId(), draft -> new Found(true, lease(draft, next, worker, line))));
    }

    private Optional<Given> lease(TaskDraft draft, Candidate next, String worker, long lastLine) {
        TaskRecord task = draft.task();
        Attempt attempt = task.latest().get(next.templateId());
        if (attempt == null || !attempt.id().equals(next.executionId())) {
            return Optional.empty();
        }
        Duration limit = StageJob.limit(
                Optional.ofNullable(
                        task.policy(task.template(next.templateId())).timeoutSeconds()),
                options.timeLimit());
        StoredLease lease = new StoredLease(
                attempt.id(),
                task.id(),
                UUID.randomUUID().toString(),
                worker,
                draft.now().plus(limit));
        if (!AttemptRules.take(draft, attempt, lease)) {
            return Optional.empty();
        }
        StoredTransition moved = Steps.touch(draft, attempt.id());
        return claims.goOn(draft.task(), attempt, lastLine).map(job -> new Given(job, lease, moved));
    }

    private Optional<Lease> hold(Given given) {
        Optional<Lease> lease = hold(given.claimed(), given.lease());
        if (lease.isPresent() && given.moved() != null) {
            news.moved(given.moved());
        }
        return lease;
    }

    /** Notes that a worker has an attempt; nothing when the attempt ended meanwhile. */
    Optional<Lease> hold(Claimed claimed, StoredLease stored) {
        StageJob job = claimed.job();
        AttemptLog log = new AttemptLog(clock, job.lastLine());
        Lease lease = new Lease(
                new ActiveAttempt(job, claimed.view(), log, System.nanoTime()),
                stored,
                clock.instant().plus(options.lease()));
        dispatcher.stages().keep(job.attempt().taskId(), claimed.stageTypes());
        return dispatcher.leased().add(lease) ? Optional.of(lease) : Optional.empty();
    }

    private Future<TakenWork> give(Lease lease, TakeWork ask, int tries) {
        PreparedStage prepared;
        try {
            prepared = prepare(lease);
            requireForWorkers(lease, prepared);
        } catch (Refused e) {
            return leases.end(lease, e.failed(), End.DONE).compose(ended -> take(ask, tries - 1));
        }
        if (prepared.secrets() && !ask.trusted()) {
            return leases.release(lease, true).compose(released -> take(ask, tries - 1));
        }
        lease.running().log.info("Taken by the worker '" + lease.worker() + "'.");
        StageJob job = lease.job();
        return vertx.executeBlocking(() -> Optional.ofNullable(runner.input(job, prepared)), false)
                .transform(read -> {
                    if (read.failed()) {
                        return leases.end(lease, unreadable(lease, read.cause()), End.DONE)
                                .compose(ended -> take(ask, tries - 1));
                    }
                    if (!dispatcher.leased().has(lease)) {
                        return take(ask, tries - 1);
                    }
                    news.workLeased(lease);
                    return Future.succeededFuture(
                            new TakenWork(work(lease, prepared, read.result().orElse(null))));
                });
    }

    private static Failed unreadable(Lease lease, Throwable why) {
        if (why instanceof StageFailure said) {
            return new Failed(said.code(), StageRunner.cut(StageRunner.describe(said), StageRunner.MAX_MESSAGE), false);
        }
        LOG.warn("The input of {} cannot be read", lease.id(), why);
        return new Failed("stage_error", "The stage's input cannot be read.", true);
    }

    /** Prepares the stage of a lease. Fails with {@link Refused} when it cannot run, whoever does it. */
    PreparedStage prepare(Lease lease) throws Refused {
        StageJob job = lease.job();
        PreparedStage prepared = runner.prepare(
                job,
                dispatcher.stages().find(job.attempt().taskId(), lease.stageType()),
                lease.deadline(),
                lease.running().log);
        lease.running().stage = RunningStage.remote(prepared.context());
        lease.prepared = prepared;
        return prepared;
    }

    private static void requireForWorkers(Lease lease, PreparedStage prepared) throws Refused {
        if (!prepared.executor().asksWorker()) {
            throw new Refused(new Failed(
                    "stage_unavailable",
                    "The stage type '" + lease.stageType() + "' is not for workers any more.",
                    true));
        }
    }

    private Work work(Lease lease, PreparedStage prepared, @Nullable Object input) {
        StageJob job = lease.job();
        return new Work(
                lease.id(),
                lease.token(),
                job.attempt().taskId(),
                job.template().name(),
                lease.stageType(),
                job.attempt().number(),
                prepared.context().settings(),
                input,
                lease.deadline(),
                options.lease());
    }
}
