package dev.callboard.triggers;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.config.SourcesConfig;
import dev.callboard.engine.StartMessages;
import dev.callboard.expressions.Expressions;
import dev.callboard.palette.SecretSource;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.SourceConfig.Folder;
import dev.callboard.problem.Ids;
import dev.callboard.secrets.Sealer;
import dev.callboard.spi.BlobStore;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.GetTask;
import dev.callboard.triggers.TriggersMessages.ListTriggers;
import dev.callboard.triggers.TriggersMessages.PipelinesFollowed;
import dev.callboard.triggers.TriggersMessages.TriggersReply;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires the sources of pipelines. It follows the pipelines that are served, and starts tasks as anybody does; what it fired for
 * is stored with the task, so that neither a crash nor a second look fires twice.
 */
public final class TriggersVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(TriggersVerticle.class);
    private static final Duration REQUESTS_KEPT = Duration.ofHours(25);
    private static final long PRUNE_MS = 3_600_000;

    private final Bus bus;
    private final Database database;
    private final BlobStore blobs;
    private final SourcesConfig config;
    private final Secrets secrets;
    private final Expressions expressions;
    private final Clock clock;
    private final Clock machine;
    private @Nullable TriggerLoop loop;

    /**
     * What this needs of the secrets.
     *
     * @param sealer keeps the addresses of webhooks
     * @param source has the keys of their signatures
     */
    public record Secrets(Sealer sealer, SecretSource source) {}

    /**
     * Names the parts; nothing is read before the verticle is deployed, after tasks, secrets and the engine.
     *
     * @param machine the machine's clock, by which schedules are due and signatures are new; all else goes by {@code clock}
     */
    public TriggersVerticle(
            Bus bus,
            Database database,
            BlobStore blobs,
            SourcesConfig config,
            Secrets secrets,
            Expressions expressions,
            Clock clock,
            Clock machine) {
        this.bus = bus;
        this.database = database;
        this.blobs = blobs;
        this.config = config;
        this.secrets = secrets;
        this.expressions = expressions;
        this.clock = clock;
        this.machine = machine;
    }

    @Override
    public Future<?> start() {
        Ids ids = new Ids(clock);
        TriggerRepository repository = new TriggerRepository(database, new AuditRepository(bus, database, ids));
        Triggers triggers = new Triggers(bus, repository, secrets.sealer(), secrets.source());
        TaskStarter starter = new TaskStarter(bus);
        FolderTurn folders = new FolderTurn(vertx, config, blobs, repository, starter, clock);
        TriggerLoop looking = new TriggerLoop(
                vertx,
                bus,
                triggers,
                new TriggerSync(triggers, repository, secrets.sealer(), ids, clock, machine),
                new ScheduleTurn(repository, starter, clock),
                folders,
                clock,
                machine);
        loop = looking;
        bus.listen(TaskMessages.CHANGED, event -> triggers.taskChanged(event.task()));
        return prune(repository)
                .compose(pruned -> load(triggers, repository))
                .compose(loaded -> unstarted(triggers))
                .compose(loaded -> looking.start())
                .onSuccess(started -> {
                    TriggerCommands commands = new TriggerCommands(
                            triggers, repository, starter, folders, secrets.sealer(), clock, machine);
                    Hooks hooks = new Hooks(vertx, triggers, blobs, secrets.source(), expressions, starter, machine);
                    bus.answer(TriggersMessages.LIST, ask -> Future.succeededFuture(list(triggers, ask)));
                    bus.answer(TriggersMessages.FOLLOW, ask -> looking.inLine().map(new PipelinesFollowed()));
                    bus.answer(TriggersMessages.COMMAND, commands::command);
                    bus.answer(TriggersMessages.HOOK, hooks::post);
                    bus.listen(PipelineMessages.CHANGED, event -> looking.changed());
                    bus.listen(StartMessages.SECRETS_CHANGED, event -> triggers.secretsChanged());
                    vertx.setPeriodic(PRUNE_MS, id -> prune(repository)
                            .onFailure(failure -> LOG.warn("Old triggers cannot be removed: {}", failure.toString())));
                });
    }

    private Future<Void> prune(TriggerRepository repository) {
        Instant now = clock.instant();
        return repository.prune(now.minus(TriggerRepository.KEPT), now.minus(REQUESTS_KEPT));
    }

    private static Future<Void> load(Triggers triggers, TriggerRepository repository) {
        return repository.all().compose(rows -> {
            Future<Void> loaded = Future.succeededFuture();
            for (TriggerRow row : rows) {
                Trigger trigger = new Trigger(row, null);
                triggers.add(trigger);
                if (row.type().equals(Folder.TYPE)) {
                    loaded = loaded.compose(before -> repository.seen(row.id()))
                            .onSuccess(trigger.seen::addAll)
                            .mapEmpty();
                }
            }
            return loaded;
        });
    }

    /** The tasks that an earlier server left need not change any more: they are checked once. */
    private Future<Void> unstarted(Triggers triggers) {
        return Sql.inTurn(
                        triggers.all().stream()
                                .map(trigger -> trigger.row().lastTask())
                                .filter(Objects::nonNull)
                                .toList(),
                        task -> bus.ask(TaskMessages.GET, new GetTask(task))
                                .onSuccess(reply -> triggers.taskChanged(reply.task()))
                                .transform(looked -> Future.succeededFuture(task)))
                .mapEmpty();
    }

    private static TriggersReply list(Triggers triggers, ListTriggers ask) {
        return new TriggersReply(triggers.all().stream()
                .filter(Trigger::present)
                .filter(trigger ->
                        ask.pipeline() == null || trigger.row().pipeline().equals(ask.pipeline()))
                .sorted(Comparator.comparing((Trigger trigger) -> trigger.row().name()))
                .map(triggers::listed)
                .toList());
    }

    @Override
    public Future<?> stop() {
        if (loop != null) {
            loop.stop();
        }
        return Future.succeededFuture();
    }
}
