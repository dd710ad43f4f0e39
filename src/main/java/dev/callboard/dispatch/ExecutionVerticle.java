package dev.callboard.dispatch;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.bus.Caller;
import dev.callboard.engine.Availability;
import dev.callboard.engine.Claims;
import dev.callboard.engine.DecidedOutputs;
import dev.callboard.engine.Decisions;
import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.TaskMoved;
import dev.callboard.engine.Ledger;
import dev.callboard.engine.LedgerMessages;
import dev.callboard.engine.NewTasks;
import dev.callboard.engine.Redo;
import dev.callboard.engine.Retries;
import dev.callboard.engine.Selections;
import dev.callboard.engine.StartMessages;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.TaskCache;
import dev.callboard.engine.TaskChanges;
import dev.callboard.engine.TaskCommands;
import dev.callboard.engine.Transitions;
import dev.callboard.engine.WorkMessages;
import dev.callboard.engine.WorkMessages.WorkFound;
import dev.callboard.engine.WorkRepository;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PluginCatalog;
import dev.callboard.problem.Ids;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.sinks.DeliveryRepository;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks: it alone writes execution state. At start it resumes the tasks that were running when the last process ended;
 * when it is undeployed, running stages finish within the grace or are put back.
 */
public final class ExecutionVerticle extends VerticleBase {
    /** How often log lines and progress are passed on and waits are looked at, in milliseconds. */
    private static final long LIVE_EVERY_MS = 100;

    private final EngineParts parts;
    private final PluginCatalog plugins;
    private final Options options;
    private @Nullable Dispatcher dispatcher;
    private @Nullable LiveLogs liveLogs;

    /**
     * How stages run.
     *
     * @param places how many stages run at once
     * @param timeLimit how long a stage may run when its policy does not say
     * @param grace how long running stages may go on when the server stops
     * @param lease how long a worker keeps its work without a sign of life
     * @param others whether what an earlier server left is gone on with, not only what is started from now on
     */
    public record Options(int places, Duration timeLimit, Duration grace, Duration lease, boolean others) {
        private static final Duration USUAL_LEASE = Duration.ofSeconds(30);

        /** With leases of 30 s, and what an earlier server left. */
        public Options(int places, Duration timeLimit, Duration grace) {
            this(places, timeLimit, grace, USUAL_LEASE, true);
        }

        /**
         * 32 stages at once, as most of them wait for somebody else, or four for each core; an hour; six seconds. A place is
         * held until the outcome is stored, so few places would make small transactions.
         */
        public static Options of(Duration lease, boolean others) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Options(Math.max(32, 4 * cores), Duration.ofHours(1), Duration.ofSeconds(6), lease, others);
        }
    }

    /**
     * Names the parts; nothing runs before the verticle is deployed.
     *
     * @param plugins what a pipeline that needs plugins finds
     */
    public ExecutionVerticle(EngineParts parts, PluginCatalog plugins, Options options) {
        this.parts = parts;
        this.plugins = plugins;
        this.options = options;
    }

    @Override
    public Future<?> start() {
        Bus bus = parts.bus();
        Database database = parts.database();
        StageResolver resolver = parts.resolver();
        Clock clock = parts.clock();
        Ids ids = new Ids(clock);
        TaskCache cache = new TaskCache();
        database.keep(cache);
        TaskCommands tasks = new TaskCommands(
                database,
                cache,
                new TaskChanges(
                        new AuditRepository(bus, database, ids), new DeliveryRepository(bus, database, ids), ids),
                ids,
                clock);
        Retries retries = new Retries(() -> ThreadLocalRandom.current().nextDouble());
        PinnedStages stages = new PinnedStages(resolver);
        Claims claims = new Claims(database, tasks, stages, clock);
        Transitions transitions = new Transitions(database, tasks, claims, retries);
        EngineNews news = new EngineNews(bus);
        StageRunner runner = parts.runner();
        Dispatcher started = new Dispatcher(
                vertx,
                news,
                transitions,
                new OutcomeStore(vertx, bus, transitions, new Waits(tasks, clock)),
                claims,
                runner,
                stages,
                clock,
                options);
        dispatcher = started;
        Availability available = new Availability(vertx, database, tasks, resolver, plugins, parts.secrets());
        LateStarts late = new LateStarts(vertx, transitions, available, started, bus, clock);
        answerStarts(late, new NewTasks(tasks, available, claims, clock));
        answerCommands(transitions, available, started);
        answerLedger(new Ledger(tasks), started);
        Selections selections = new Selections(tasks, resolver);
        answerDecisions(
                new Decisions(
                        vertx,
                        database,
                        tasks,
                        new DecidedOutputs(parts.blobs(), resolver, parts.maxOutput()),
                        selections),
                selections,
                new Redo(tasks, available::requireStages),
                started);
        new ExecutionQueries(database, cache, resolver, started, clock).answer(bus);
        WorkerLeases leases = new WorkerLeases(vertx, tasks, transitions, runner, started, news, options, clock);
        leases.answer(bus);
        WorkerTakes takes =
                new WorkerTakes(vertx, database, tasks, claims, runner, started, leases, news, options, clock);
        LiveLogs logs = new LiveLogs(bus, database);
        liveLogs = logs;
        vertx.setPeriodic(LIVE_EVERY_MS, timer -> {
            started.wakeDue();
            leases.expire();
            showLive(logs, started, news);
        });
        WorkRepository work = new WorkRepository();
        LeftWork left = new LeftWork(database, tasks, claims, resolver, started, takes, leases, news);
        Resumption resumption = new Resumption(transitions, late, started, left);
        return (options.others() ? resumption.resume() : Future.<Void>succeededFuture()).onSuccess(resumed -> {
            bus.answer(WorkMessages.TAKE, takes::take);
            bus.answer(WorkMessages.FIND, ask -> database.read(transaction -> work.types(transaction, ask.types()))
                    .map(WorkFound::new));
        });
    }

    @Override
    public Future<?> stop() {
        Dispatcher started = dispatcher;
        LiveLogs logs = liveLogs;
        if (started == null || logs == null) {
            return Future.succeededFuture();
        }
        return started.stop(options.grace())
                .compose(stopped -> logs.flush(started.leased().attempts().toList()));
    }

    private void answerStarts(LateStarts late, NewTasks made) {
        parts.bus().answer(StartMessages.MAKE, ask -> late.make(ask, made));
        parts.bus().answer(StartMessages.GET, ask -> Future.succeededFuture(late.of(ask)));
        parts.bus().listen(StartMessages.SECRETS_CHANGED, event -> late.changed());
        parts.bus().listen(RegistryMessages.PALETTE_CHANGED, event -> late.changed());
        parts.bus().listen(PipelineMessages.PLUGINS_KNOWN, event -> late.changed());
        parts.bus().listen(StartMessages.TASKS_EDITED, event -> late.edited(event.taskIds()));
        // A selection need not have the stage any more that could not run.
        parts.bus().listen(ExecutionMessages.TASK_MOVED, event -> late.moved(event.taskId(), event.status()));
    }

    private void answerCommands(Transitions transitions, Availability available, Dispatcher dispatcher) {
        parts.bus().answer(ExecutionMessages.RUN, ask -> available
                .requirePlugins(ask.taskId())
                .compose(met -> dispatcher.inPlace(place -> transitions.command(
                        ask.taskId(),
                        new Event.Run(),
                        "started",
                        ask.userInput(),
                        Caller.current(),
                        available::requireStages,
                        place)))
                .map(moved -> followed(dispatcher, moved)));
        parts.bus().answer(ExecutionMessages.RETRY, ask -> available
                .requirePlugins(ask.taskId())
                .compose(met -> transitions.command(
                        ask.taskId(),
                        new Event.Retry(),
                        "retried",
                        null,
                        Caller.current(),
                        available::requireStages,
                        false))
                .map(moved -> followed(dispatcher, moved)));
        parts.bus().answer(ExecutionMessages.CANCEL, ask -> transitions
                .command(ask.taskId(), new Event.Cancel(), "cancelled", null, Caller.current(), task -> {}, false)
                .map(moved -> followed(dispatcher, moved)));
    }

    private void answerDecisions(Decisions decisions, Selections selections, Redo redo, Dispatcher dispatcher) {
        parts.bus().answer(ExecutionMessages.APPROVE, ask -> decisions
                .approve(ask)
                .map(moved -> followed(dispatcher, moved)));
        parts.bus().answer(ExecutionMessages.REDO, ask -> redo.redo(ask).map(moved -> followed(dispatcher, moved)));
        parts.bus()
                .answer(ExecutionMessages.SELECT, ask -> selections.put(ask).map(moved -> followed(dispatcher, moved)));
    }

    private void answerLedger(Ledger ledger, Dispatcher dispatcher) {
        parts.bus().answer(LedgerMessages.WRITE, ask -> ledger.write(ask).map(written -> {
            if (written.moved() != null) {
                dispatcher.follow(written.moved());
            }
            return written.reply();
        }));
    }

    private static TaskMoved followed(Dispatcher dispatcher, StoredTransition moved) {
        dispatcher.follow(moved);
        return told(moved);
    }

    private static TaskMoved told(StoredTransition moved) {
        return new TaskMoved(moved.taskId(), moved.status().word(), moved.revision());
    }

    private static void showLive(LiveLogs logs, Dispatcher dispatcher, EngineNews news) {
        news.load(dispatcher.load());
        Collection<ActiveAttempt> active = dispatcher.active();
        active.forEach(news::progress);
        logs.store(active);
    }
}
