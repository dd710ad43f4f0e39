package dev.callboard.sinks;

import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads deliveries as they are stored. */
final class StoredDeliveryRepository {
    private static final String SELECT = "SELECT d.id, d.task_id, t.title, t.project_id, p.pipeline, d.sink, d.type,"
            + " d.config, d.outputs, d.status, d.attempts, d.next_at, d.give_up_at, d.target, d.error, d.created_at,"
            + " d.delivered_at FROM sink_deliveries d JOIN tasks t ON t.id = d.task_id"
            + " JOIN projects p ON p.id = t.project_id ";

    private StoredDeliveryRepository() {}

    /**
     * Finds deliveries.
     *
     * @param which condition and order; {@code d} is the delivery
     */
    static Future<List<Delivery>> find(Transaction transaction, String which, Tuple values) {
        return transaction.execute(SELECT + which, values).map(rows -> {
            List<Delivery> deliveries = new ArrayList<>();
            rows.forEach(row -> deliveries.add(delivery(row)));
            return deliveries;
        });
    }

    private static Delivery delivery(Row row) {
        Map<String, String> outputs = new LinkedHashMap<>();
        object(row, "outputs").forEach((stage, attempt) -> outputs.put(String.valueOf(stage), String.valueOf(attempt)));
        return new Delivery(
                row.getString("id"),
                row.getString("task_id"),
                row.getString("title"),
                row.getString("project_id"),
                row.getString("pipeline"),
                row.getString("sink"),
                PipelineSink.stored(object(row, "config")).config(),
                outputs,
                row.getString("status"),
                row.getInteger("attempts"),
                instant(row, "next_at"),
                row.getOffsetDateTime("give_up_at").toInstant(),
                row.getString("target"),
                row.getString("error"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row, "delivered_at"));
    }

    private static Map<?, ?> object(Row row, String column) {
        return Json.parse(row.getString(column)) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
