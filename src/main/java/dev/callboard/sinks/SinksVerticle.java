package dev.callboard.sinks;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.config.SinksConfig;
import dev.callboard.metrics.SinkMeters;
import dev.callboard.metrics.SinkMeters.Outcome;
import dev.callboard.metrics.SinkMeters.Type;
import dev.callboard.net.OutboundClient;
import dev.callboard.palette.SecretSource;
import dev.callboard.pipelines.SinkConfig.ToFile;
import dev.callboard.pipelines.SinkConfig.ToWebhook;
import dev.callboard.problem.Ids;
import dev.callboard.sinks.SinksMessages.DeliveriesReply;
import dev.callboard.sinks.SinksMessages.DeliveryReply;
import dev.callboard.sinks.SinksMessages.DeliveryTried;
import dev.callboard.sinks.SinksMessages.Redeliver;
import dev.callboard.spi.BlobStore;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what completed tasks and stages put out. What was not delivered when the server ended is delivered after its next
 * start; a delivery keeps its id, by which a receiver knows one that it has got already.
 */
public final class SinksVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SinksVerticle.class);

    private static final int MOST_AT_ONCE = 8;
    private static final int LOOK_AT = 64;
    private static final long AGAIN_MS = 1_000;

    private final Bus bus;
    private final DeliveryRepository repository;
    private final AuditRepository audit;
    private final DeliveryValues values;
    private final Options options;
    private final SinkMeters meters;
    private final WebhookSink webhooks;
    private final Clock clock;
    private final Underway underway = new Underway(MOST_AT_ONCE);

    /** The tasks that had something to deliver since the start, where only those are of interest. */
    private final Set<String> ownTasks = new HashSet<>();

    private @Nullable WorkerExecutor workers;
    private long timer = -1;
    private boolean looking;
    private boolean lookAgain;
    private volatile boolean stopped;

    /**
     * What is delivered.
     *
     * @param others whether what an earlier server left is delivered too, not only what comes from now on
     */
    public record Options(SinksConfig config, boolean others) {}

    /**
     * Names the parts; nothing is delivered before the verticle is deployed.
     *
     * @param client the only way to other servers
     * @param secrets has the keys that bodies are signed with
     * @param machine the time of signatures, which receivers compare with their own
     */
    public SinksVerticle(
            Bus bus,
            Database database,
            BlobStore blobs,
            Options options,
            SinkMeters meters,
            OutboundClient client,
            SecretSource secrets,
            Clock clock,
            Clock machine) {
        Ids ids = new Ids(clock);
        this.bus = bus;
        this.repository = new DeliveryRepository(bus, database, ids);
        this.audit = new AuditRepository(bus, database, ids);
        this.values = new DeliveryValues(repository, blobs);
        this.options = options;
        this.meters = meters;
        this.webhooks = new WebhookSink(client, secrets, machine);
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        WorkerExecutor threads = vertx.createSharedWorkerExecutor("sinks", MOST_AT_ONCE, 1, TimeUnit.HOURS);
        workers = threads;
        FileSink files = new FileSink(repository, threads, options.config());
        bus.answer(SinksMessages.LIST, ask -> repository
                .ofTask(ask.taskId())
                .map(found ->
                        new DeliveriesReply(found.stream().map(Delivery::view).toList())));
        bus.answer(SinksMessages.REDELIVER, this::redeliver);
        bus.listen(SinksMessages.ADDED, added -> {
            if (!options.others()) {
                ownTasks.add(added.taskId());
            }
            look(files);
        });
        look(files);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return workers == null ? Future.succeededFuture() : workers.close();
    }

    private Future<DeliveryReply> redeliver(Redeliver ask) {
        return repository.again(ask.id(), audit, clock.instant()).map(again -> new DeliveryReply(again.view()));
    }

    /** Starts what is due, and comes back when the next one is. */
    private void look(FileSink files) {
        if (looking || stopped) {
            lookAgain = true;
            return;
        }
        looking = true;
        lookAgain = false;
        underway.reading();
        waiting().onComplete(found -> {
            looking = false;
            if (stopped) {
                return;
            }
            vertx.cancelTimer(timer);
            if (found.failed()) {
                LOG.warn(
                        "The deliveries to sinks cannot be read: {}",
                        found.cause().getMessage());
                timer = vertx.setTimer(AGAIN_MS, late -> look(files));
                return;
            }
            Instant now = clock.instant();
            for (Delivery delivery : found.result()) {
                Instant due = delivery.nextAt() == null ? now : delivery.nextAt();
                if (due.isAfter(now)) {
                    long pause = Duration.between(now, due).toMillis();
                    timer = vertx.setTimer(Math.max(1, pause), late -> look(files));
                    break;
                }
                if (underway.start(delivery.id())) {
                    meters.running(underway.count());
                    deliver(delivery, files);
                }
            }
            if (lookAgain) {
                look(files);
            }
        });
    }

    private Future<List<Delivery>> waiting() {
        return options.others() ? repository.waiting(LOOK_AT) : repository.waitingOf(ownTasks, LOOK_AT);
    }

    private void deliver(Delivery delivery, FileSink files) {
        values.of(delivery, workers())
                .compose(value -> attempt(delivery, value, files))
                .recover(failure -> {
                    if (!stopped) {
                        LOG.error("The delivery {} broke off", delivery.id(), failure);
                    }
                    return Future.succeededFuture(
                            Attempted.failed("It broke off unexpectedly; the server's log says more."));
                })
                .compose(attempted -> stopped ? Future.<Void>succeededFuture() : store(delivery, attempted))
                .onSuccess(stored -> ended(delivery, files))
                .onFailure(failure -> {
                    // It was delivered, perhaps, and nobody knows: it is delivered again.
                    LOG.warn("The end of the delivery {} cannot be stored: {}", delivery.id(), failure.getMessage());
                    vertx.setTimer(AGAIN_MS, late -> ended(delivery, files));
                });
    }

    private Future<Void> store(Delivery delivery, Attempted attempted) {
        Instant now = clock.instant();
        Instant next = attempted.next(delivery, now);
        Outcome outcome =
                attempted.error() == null ? Outcome.DELIVERED : next == null ? Outcome.FAILED : Outcome.RETRIED;
        Type type = delivery.config() instanceof ToFile ? Type.FILE : Type.WEBHOOK;
        return repository.tried(delivery, attempted.error(), next, now).onSuccess(stored -> {
            meters.attempted(type, outcome);
            bus.publish(SinksMessages.TRIED, new DeliveryTried(delivery.taskId()));
        });
    }

    private void ended(Delivery delivery, FileSink files) {
        underway.ended(delivery.id());
        meters.running(underway.count());
        look(files);
    }

    private Future<Attempted> attempt(Delivery delivery, @Nullable Object value, FileSink files) {
        if (delivery.config() instanceof ToFile file) {
            return files.deliver(delivery, file, value);
        }
        if (delivery.config() instanceof ToWebhook webhook) {
            return workers().executeBlocking(() -> webhooks.deliver(delivery, webhook, value, () -> stopped), false);
        }
        return Future.succeededFuture(Attempted.DELIVERED);
    }

    private WorkerExecutor workers() {
        WorkerExecutor threads = workers;
        if (threads == null) {
            throw new IllegalStateException("the sinks are not deployed");
        }
        return threads;
    }
}
