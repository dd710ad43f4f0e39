package dev.callboard.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Very many clients of the palette, a part of which stops reading, while the palette changes again and again: how long those
 * that read wait for a change, and how many of the others the server ends. Prints rows for the {@code table} of
 * {@code bench/server.sh}.
 */
final class Crowd {
    private static final int AT_ONCE = 100;
    private static final int LARGEST_FRAME = 16 << 20;
    private static final String MARK = "changed at ";
    private static final int DIGITS = 13;

    private final Vertx vertx;
    private final URI server;
    private final WebSocketClient client;

    /** How often a reader waited so many milliseconds; on the one event loop. */
    private final long[] waited = new long[60_000];

    private int ended;

    private Crowd(Vertx vertx, URI server, int size) {
        this.vertx = vertx;
        this.server = server;
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(size)
                .setReceiveBufferSize(32 << 10)
                .setMaxFrameSize(LARGEST_FRAME)
                .setMaxMessageSize(LARGEST_FRAME));
    }

    /** Arguments: the server's address, how many, how many percent of them stop reading, changes a second, seconds. */
    public static void main(String[] arguments) {
        System.setProperty("io.netty.jfr.enabled", "false");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            int size = Integer.parseInt(arguments[1]);
            Crowd crowd = new Crowd(vertx, URI.create(arguments[0]), size);
            crowd.measure(
                    size,
                    size * Integer.parseInt(arguments[2]) / 100,
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
        } finally {
            vertx.close().await();
        }
    }

    private void measure(int size, int deaf, int perSecond, int seconds) {
        ServerCalls calls = new ServerCalls(vertx, server);
        calls.send(HttpMethod.POST, "/api/vp/stages", stage()).await();
        for (int opened = 0; opened < size; opened += AT_ONCE) {
            List<Future<Void>> following = new ArrayList<>();
            for (int i = opened; i < Math.min(size, opened + AT_ONCE); i++) {
                following.add(follow(i < deaf));
            }
            Future.all(following).await();
        }
        long started = System.nanoTime();
        int changes = 0;
        List<Future<String>> open = new ArrayList<>();
        while (System.nanoTime() - started < TimeUnit.SECONDS.toNanos(seconds)) {
            open.add(calls.send(HttpMethod.PUT, "/api/vp/stages/crowd", stage()));
            changes++;
            if (open.size() >= perSecond) {
                Future.join(open).await();
                open.clear();
            }
            long next = started + TimeUnit.SECONDS.toNanos(changes) / perSecond;
            vertx.timer(Math.max(1, (next - System.nanoTime()) / 1_000_000)).await();
        }
        Future.join(open).await();
        vertx.timer(2, TimeUnit.SECONDS).await();
        Promise<long[]> counted = Promise.promise();
        vertx.runOnContext(ignored -> counted.complete(waited.clone()));
        long[] counts = counted.future().await();
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        System.out.println("changes a second:" + changes / seconds);
        System.out.println("frames to readers a second:" + all / seconds);
        System.out.println("change → reader p50, ms:" + percentile(counts, all, 50));
        System.out.println("change → reader p99, ms:" + percentile(counts, all, 99));
        System.out.println("clients that the server ended, of " + deaf + " that stopped reading:" + ended);
    }

    private Future<Void> follow(boolean deaf) {
        WebSocketConnectOptions feed = new WebSocketConnectOptions()
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI("/ws");
        Promise<Void> snapshot = Promise.promise();
        return client.connect(feed).compose(socket -> {
            socket.textMessageHandler(frame -> {
                if (!snapshot.tryComplete()) {
                    heard(frame);
                } else if (deaf) {
                    socket.pause();
                }
            });
            socket.closeHandler(closed -> ended++);
            return subscribe(socket).compose(sent -> snapshot.future());
        });
    }

    private static Future<Void> subscribe(WebSocket socket) {
        return socket.writeTextMessage("{\"op\":\"subscribe\",\"topic\":\"palette\"}");
    }

    private void heard(String frame) {
        int at = frame.indexOf(MARK);
        if (at >= 0) {
            long from = Long.parseLong(frame, at + MARK.length(), at + MARK.length() + DIGITS, 10);
            waited[(int) Math.min(waited.length - 1, Math.max(0, System.currentTimeMillis() - from))]++;
        }
    }

    private static int percentile(long[] counts, long all, int percent) {
        long rest = (all * percent + 99) / 100;
        for (int ms = 0; ms < counts.length; ms++) {
            rest -= counts[ms];
            if (rest <= 0) {
                return ms;
            }
        }
        return counts.length;
    }

    private static String stage() {
        JsonArray any = new JsonArray().add(new JsonObject().put("name", "any").put("type", "any"));
        return new JsonObject()
                .put("id", "crowd")
                .put("name", "Crowd")
                .put("type", "stage")
                .put("description", MARK + System.currentTimeMillis())
                .put("ports", new JsonObject().put("inputs", any).put("outputs", any))
                .encode();
    }
}
