package dev.callboard.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Clients of one server that all get the same messages. For a Vert.x of one event loop: what they hear is counted there. */
final class Audience implements AutoCloseable {
    private static final int AT_ONCE = 50;
    private static final int LARGEST_FRAME = 16 << 20;
    private static final long HEARS_WITHIN_MS = 60_000;
    private static final Wave NONE = new Wave("", 0);

    private final WebSocketClient client;
    private final List<WebSocket> sockets = new ArrayList<>();
    private volatile Wave wave = NONE;

    /**
     * When a message was heard, by {@link System#nanoTime()}.
     *
     * @param first by the client that heard it first
     * @param last by the one that heard it last
     * @param message what it was
     */
    record Heard(long first, long last, String message) {}

    /**
     * Opens so many; waits until each has got what it subscribed to.
     *
     * @param subscription what each sends at its beginning and gets one answer to; empty for nothing
     */
    Audience(Vertx vertx, URI server, int size, String subscription) {
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(size)
                .setMaxFrameSize(LARGEST_FRAME)
                .setMaxMessageSize(LARGEST_FRAME));
        for (int opened = 0; opened < size; opened += AT_ONCE) {
            List<Future<WebSocket>> opening = new ArrayList<>();
            for (int i = opened; i < Math.min(size, opened + AT_ONCE); i++) {
                opening.add(open(server, subscription));
            }
            Future.all(opening).await();
            opening.forEach(open -> sockets.add(open.result()));
        }
    }

    private Future<WebSocket> open(URI server, String subscription) {
        WebSocketConnectOptions feed = new WebSocketConnectOptions()
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI("/ws");
        Promise<Void> answered = Promise.promise();
        return client.connect(feed).compose(socket -> {
            socket.textMessageHandler(message -> {
                answered.tryComplete();
                wave.heard(message);
            });
            socket.closeHandler(closed -> wave.all.tryFail("the server closed a connection"));
            return subscription.isEmpty()
                    ? Future.succeededFuture(socket)
                    : socket.writeTextMessage(subscription)
                            .compose(sent -> answered.future())
                            .map(socket);
        });
    }

    /** Completes when each client has heard a message that has this in it; to be called before it is caused. */
    Future<Heard> hear(String mark) {
        Wave next = new Wave(mark, sockets.size());
        wave = next;
        return next.all.future().timeout(HEARS_WITHIN_MS, TimeUnit.MILLISECONDS);
    }

    /** Ends the connections. */
    @Override
    public void close() {
        wave = NONE;
        Future.join(sockets.stream().map(WebSocket::close).toList())
                .transform(closed -> client.close())
                .await();
    }

    /** One message on its way to all; heard on the event loop. */
    private static final class Wave {
        private final Promise<Heard> all = Promise.promise();
        private final String mark;
        private int missing;
        private long first;

        Wave(String mark, int size) {
            this.mark = mark;
            missing = size;
        }

        void heard(String message) {
            if (missing == 0 || !message.contains(mark)) {
                return;
            }
            long now = System.nanoTime();
            if (first == 0) {
                first = now;
            }
            if (--missing == 0) {
                all.tryComplete(new Heard(first, now, message));
            }
        }
    }
}
