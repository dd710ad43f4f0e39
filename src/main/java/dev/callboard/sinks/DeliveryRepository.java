package dev.callboard.sinks;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.hash.Sha256;
import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.SinkConfig;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import dev.callboard.sinks.SinksMessages.DeliveriesAdded;
import dev.callboard.store.Database;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of deliveries. */
public final class DeliveryRepository {
    /** How long a delivery is tried. */
    static final Duration PATIENCE = Duration.ofHours(24);

    /** Adds a delivery, once for the same outputs to the same sink. */
    public static final String INSERT_ONCE =
            "INSERT INTO sink_deliveries (id, task_id, sink, what, type, config, outputs, "
                    + "status, attempts, next_at, give_up_at, created_at, delivered_at) SELECT CAST(? AS VARCHAR(32)), "
                    + "CAST(? AS VARCHAR(32)), CAST(? AS VARCHAR(128)), CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(16)), "
                    + "CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS VARCHAR(16)), 0, CAST(? AS TIMESTAMP(3) WITH TIME ZONE), "
                    + "CAST(? AS TIMESTAMP(3) WITH TIME ZONE), CAST(? AS TIMESTAMP(3) WITH TIME ZONE), "
                    + "CAST(? AS TIMESTAMP(3) WITH TIME ZONE) FROM (VALUES (0)) AS once (n) WHERE NOT EXISTS "
                    + "(SELECT 1 FROM sink_deliveries WHERE task_id = ? AND sink = ? AND what = ?)";

    private final Bus bus;
    private final Database database;
    private final Ids ids;

    /** Names the parts. */
    public DeliveryRepository(Bus bus, Database database, Ids ids) {
        this.bus = bus;
        this.database = database;
        this.ids = ids;
    }

    /**
     * What goes to a sink.
     *
     * @param outputs stage name to the attempt whose output it gets, in order
     */
    public record Firing(PipelineSink sink, Map<String, String> outputs) {
        /** Copies. */
        public Firing {
            outputs = new LinkedHashMap<>(outputs);
        }
    }

    /** The values of {@link #INSERT_ONCE} for what goes from a task to sinks. */
    public List<Tuple> rows(String taskId, List<Firing> firings, Instant now) {
        return firings.stream().map(firing -> row(taskId, firing, now)).toList();
    }

    private Tuple row(String taskId, Firing firing, Instant now) {
        String what = Sha256.hex(String.join(" ", firing.outputs().values()));
        String sink = firing.sink().name();
        // The result stays with its task: there is nothing to do.
        boolean kept = firing.sink().config() instanceof SinkConfig.Result;
        return Tuple.from(new @Nullable Object[] {
            ids.next(),
            taskId,
            sink,
            what,
            firing.sink().type(),
            Json.write(firing.sink().members()),
            Json.write(firing.outputs()),
            kept ? SinksMessages.DELIVERED : SinksMessages.PENDING,
            kept ? null : at(now),
            at(now.plus(PATIENCE)),
            at(now),
            kept ? at(now) : null,
            taskId,
            sink,
            what
        });
    }

    /** Publishes that there are deliveries of a task, once they are stored. */
    public void added(String taskId, List<Firing> firings) {
        if (!firings.isEmpty()) {
            bus.publish(SinksMessages.ADDED, new DeliveriesAdded(taskId));
        }
    }

    Future<List<Delivery>> ofTask(String taskId) {
        return database.read(transaction ->
                StoredDeliveryRepository.find(transaction, "WHERE d.task_id = ? ORDER BY d.id", Tuple.of(taskId)));
    }

    /** Those that wait, the most urgent first. */
    Future<List<Delivery>> waiting(int limit) {
        return database.read(transaction -> StoredDeliveryRepository.find(
                transaction, "WHERE d.status = 'pending' ORDER BY d.next_at, d.id LIMIT ?", Tuple.of(limit)));
    }

    /** As {@link #waiting}, of some tasks. */
    Future<List<Delivery>> waitingOf(Set<String> tasks, int limit) {
        if (tasks.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Tuple values = Tuple.tuple();
        tasks.forEach(values::addString);
        String marks = String.join(", ", Collections.nCopies(tasks.size(), "?"));
        return database.read(transaction -> StoredDeliveryRepository.find(
                transaction,
                "WHERE d.status = 'pending' AND d.task_id IN (" + marks + ") ORDER BY d.next_at, d.id LIMIT ?",
                values.addInteger(limit)));
    }

    /** Fails with {@code unknown_delivery}. */
    private static Future<Delivery> get(Transaction transaction, String id) {
        return StoredDeliveryRepository.find(transaction, "WHERE d.id = ?", Tuple.of(id))
                .map(found -> found.stream()
                        .findFirst()
                        .orElseThrow(() ->
                                ProblemException.notFound("unknown_delivery", "There is no delivery '" + id + "'.")));
    }

    /** Whether a task wrote a file, as far as its deliveries say. */
    Future<Boolean> wrote(String taskId, String target) {
        return database.read(transaction -> transaction
                .execute("SELECT id FROM sink_deliveries WHERE task_id = ? AND target = ?", Tuple.of(taskId, target))
                .map(rows -> rows.size() > 0));
    }

    /** Decides where a delivery is written, before anything is. */
    Future<Void> target(String id, String target) {
        return database.write(transaction -> transaction
                .execute("UPDATE sink_deliveries SET target = ? WHERE id = ?", Tuple.of(target, id))
                .mapEmpty());
    }

    /**
     * Lets it be tried again now, for another day, and notes who asked for that. A result, which is with its task, stays as
     * it is. Fails with {@code unknown_delivery}.
     */
    Future<Delivery> again(String id, AuditRepository audit, Instant now) {
        return database.write(transaction -> get(transaction, id).compose(delivery -> {
            database.afterCommit(() -> bus.publish(SinksMessages.ADDED, new DeliveriesAdded(delivery.taskId())));
            Future<?> done = delivery.config() instanceof SinkConfig.Result
                    ? Future.succeededFuture()
                    : transaction.execute(
                            "UPDATE sink_deliveries SET status = 'pending', next_at = ?, give_up_at = ?,"
                                    + " error = NULL, delivered_at = NULL WHERE id = ?",
                            Tuple.of(at(now), at(now.plus(PATIENCE)), id));
            return done.compose(ignored -> audit.add(
                            transaction,
                            "sink.redelivered",
                            new AuditEntry.Target(delivery.taskId(), delivery.taskTitle()),
                            delivery.sink(),
                            now))
                    .compose(ignored -> get(transaction, id));
        }));
    }

    /**
     * Stores how an attempt ended. A delivery that somebody asked for again meanwhile stays due: that was acknowledged.
     *
     * @param delivery as it was when the attempt began
     * @param error null when it is delivered
     * @param next when it is tried again, null for never
     */
    Future<Void> tried(Delivery delivery, @Nullable String error, @Nullable Instant next, Instant now) {
        String status =
                error == null ? SinksMessages.DELIVERED : next == null ? SinksMessages.FAILED : SinksMessages.PENDING;
        return database.write(transaction -> transaction
                .execute("UPDATE sink_deliveries SET attempts = attempts + 1 WHERE id = ?", Tuple.of(delivery.id()))
                .compose(counted -> transaction.execute(
                        "UPDATE sink_deliveries SET status = ?, next_at = ?, error = ?, delivered_at = ?"
                                + " WHERE id = ? AND give_up_at = ?",
                        Tuple.from(new @Nullable Object[] {
                            status,
                            next == null ? null : at(next),
                            error,
                            error == null ? at(now) : null,
                            delivery.id(),
                            at(delivery.giveUpAt())
                        })))
                .mapEmpty());
    }

    /**
     * Where an output is.
     *
     * @param json its JSON text, null when it is in a blob
     * @param blob null when it is not
     */
    record Output(@Nullable String json, @Nullable String blob) {}

    /** The output of an attempt, nothing when it has none any more. */
    Future<Optional<Output>> output(String executionId) {
        return database.read(transaction -> transaction
                .execute("SELECT output, output_sha256 FROM stage_executions WHERE id = ?", Tuple.of(executionId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(new Output(
                                rows.iterator().next().getString("output"),
                                rows.iterator().next().getString("output_sha256")))));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
