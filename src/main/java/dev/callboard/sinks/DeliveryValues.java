package dev.callboard.sinks;

import dev.callboard.json.Json;
import dev.callboard.sinks.DeliveryRepository.Output;
import dev.callboard.spi.BlobStore;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what deliveries bring: outputs of stages, which are JSON in the database or in blobs. */
final class DeliveryValues {
    private final DeliveryRepository repository;
    private final BlobStore blobs;

    DeliveryValues(DeliveryRepository repository, BlobStore blobs) {
        this.repository = repository;
        this.blobs = blobs;
    }

    /**
     * What a delivery takes: the output of its only stage, else an object of outputs by the names of their stages.
     *
     * @param workers where blobs are read
     */
    Future<@Nullable Object> of(Delivery delivery, WorkerExecutor workers) {
        Map<String, Output> found = new LinkedHashMap<>();
        Future<Void> reading = Future.succeededFuture();
        for (Map.Entry<String, String> each : delivery.outputs().entrySet()) {
            reading = reading.compose(ignored -> repository
                    .output(each.getValue())
                    .onSuccess(output -> found.put(each.getKey(), output.orElse(new Output(null, null))))
                    .mapEmpty());
        }
        return reading.compose(ignored -> workers.<@Nullable Object>executeBlocking(() -> read(found), false));
    }

    private @Nullable Object read(Map<String, Output> outputs) throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Output> each : outputs.entrySet()) {
            values.put(each.getKey(), read(each.getValue()));
        }
        return values.size() == 1
                ? List.copyOf(outputs.keySet()).stream()
                        .map(values::get)
                        .findFirst()
                        .orElse(null)
                : values;
    }

    private @Nullable Object read(Output output) throws IOException {
        if (output.json() != null) {
            return Json.parse(output.json());
        }
        if (output.blob() == null) {
            return null;
        }
        try (InputStream bytes = blobs.open(output.blob())) {
            return Json.parse(bytes);
        }
    }
}
