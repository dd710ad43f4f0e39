package dev.callboard.http;

import dev.callboard.metrics.WebMeters;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;

/** Measures every request, under the path of the contract that answered it. */
final class RequestTimes implements Handler<RoutingContext> {
    private static final String ROUTE = "callboard.request.route";

    /** Methods that have series of their own; clients may send any word. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final WebMeters meters;

    RequestTimes(WebMeters meters) {
        this.meters = meters;
    }

    @Override
    public void handle(RoutingContext context) {
        long started = System.nanoTime();
        context.addEndHandler(ended -> {
            String method = context.request().method().name();
            meters.answered(
                    METHODS.contains(method) ? method : "other",
                    route(context),
                    context.response().getStatusCode(),
                    Duration.ofNanos(System.nanoTime() - started));
        });
        context.next();
    }

    /** The request is answered by that path of the contract. */
    static void route(RoutingContext context, String path) {
        context.put(ROUTE, path);
    }

    private static String route(RoutingContext context) {
        String known = context.get(ROUTE);
        if (known != null) {
            return known;
        }
        String path = String.valueOf(context.request().path());
        if (path.equals("/ws")) {
            return path;
        }
        return context.response().getStatusCode() < 400 ? "pages" : "none";
    }
}
