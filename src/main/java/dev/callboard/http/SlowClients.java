package dev.callboard.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * Closes connections that do not finish the head of their first request in time: sent a byte now and then, it would keep
 * the connection open for ever.
 */
final class SlowClients {
    private static final long HEAD_MS = 10_000;

    private final Vertx vertx;
    private final Map<HttpConnection, Long> waiting = new HashMap<>();

    SlowClients(Vertx vertx) {
        this.vertx = vertx;
    }

    void connected(HttpConnection connection) {
        long timer = vertx.setTimer(HEAD_MS, id -> {
            if (waiting.remove(connection) != null) {
                connection.close();
            }
        });
        waiting.put(connection, timer);
        connection.closeHandler(closed -> asked(connection));
    }

    /** A request's head has come. */
    void asked(HttpConnection connection) {
        Long timer = waiting.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
