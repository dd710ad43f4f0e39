package dev.callboard.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Ends uploads that hardly come: a byte now and then would keep a half file and a connection for ever. Any size and any time is
 * fine, as long as it goes on.
 */
final class UploadPace {
    private static final long PERIOD_MS = 30_000;
    private static final long LEAST_BYTES = 16 << 10;

    private UploadPace() {}

    /** Watches an upload until its answer is sent. */
    static void watch(Vertx vertx, RoutingContext context) {
        watch(vertx, context, PERIOD_MS, LEAST_BYTES);
    }

    /**
     * As {@link #watch(Vertx, RoutingContext)}.
     *
     * @param periodMs in each such time ...
     * @param leastBytes ... so many bytes must come
     */
    static void watch(Vertx vertx, RoutingContext context, long periodMs, long leastBytes) {
        HttpServerRequest request = context.request();
        long[] before = {0};
        long timer = vertx.setPeriodic(periodMs, id -> {
            long read = request.bytesRead();
            if (!request.isEnded() && read - before[0] < leastBytes) {
                tooSlow(context);
            }
            before[0] = read;
        });
        context.addEndHandler(ended -> vertx.cancelTimer(timer));
    }

    /** Answers a body that does not come to its end, and closes. */
    static void tooSlow(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        ProblemHandler.send(context, 408, "too_slow", "The body came too slowly; nothing was done.", List.of());
        context.request().connection().close();
    }
}
