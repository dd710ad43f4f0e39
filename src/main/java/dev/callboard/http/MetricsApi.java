package dev.callboard.http;

import dev.callboard.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures, as Prometheus reads them. What is not counted as it happens is looked up when they are asked for. */
final class MetricsApi {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsApi.class);

    /** Prometheus' text format. */
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final Meters meters;
    private final Health health;
    private final TaskCounts tasks;

    MetricsApi(Vertx vertx, Meters meters, Health health, TaskCounts tasks, Operations operations) {
        this.vertx = vertx;
        this.meters = meters;
        this.health = health;
        this.tasks = tasks;
        operations.stream("getMetrics", this::metrics);
        vertx.executeBlocking(() -> {
                    meters.measureProcess();
                    return meters;
                })
                .onFailure(failure -> LOG.warn("The process itself cannot be measured", failure));
    }

    private void metrics(RoutingContext context) {
        Future<?> counted = tasks.byStatus()
                .onSuccess(meters.execution()::tasks)
                .onFailure(failure -> LOG.debug("tasks cannot be counted", failure));
        Future<?> checked = health.check().onSuccess(all -> meters.web().ready(all.up()));
        // Figures are served while the database is down: that is when they are needed.
        Future.join(counted, checked)
                .transform(looked -> vertx.executeBlocking(meters::text, false))
                .onSuccess(text -> {
                    context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    Buffer bytes = Buffer.buffer(text);
                    Answer.send(context, bytes, Hashes.etag(bytes));
                })
                .onFailure(context::fail);
    }
}
