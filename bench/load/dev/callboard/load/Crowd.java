package dev.callboard.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/**
 * Very many clients of the palette, a part of which stops reading, while the palette changes again and again: how long those
 * that read wait for a change, and how many of the others the server ends. Prints rows for the {@code table} of
 * {@code bench/server.sh}.
 */
final class Crowd {
    private static final byte[] MARK = "changed at ".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 13;
    private static final int WARM_UP_SECONDS = 10;

    private final Vertx vertx;
    private final URI server;
    private final Selector selector;

    /** How often a reader waited so many milliseconds. Used by the reading thread alone, as all that follows. */
    private final long[] waited = new long[60_000];

    /** Changes from then on count. */
    private volatile long counted = Long.MAX_VALUE;

    private int at;
    private int ended;

    private Crowd(Vertx vertx, URI server) throws IOException {
        this.vertx = vertx;
        this.server = server;
        selector = Selector.open();
    }

    /** Arguments: the server's address, how many, how many percent of them stop reading, changes a second, seconds. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("io.netty.jfr.enabled", "false");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            int size = Integer.parseInt(arguments[1]);
            Crowd crowd = new Crowd(vertx, URI.create(arguments[0]));
            crowd.measure(
                    size,
                    size * Integer.parseInt(arguments[2]) / 100,
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
        } finally {
            vertx.close().await();
        }
    }

    private void measure(int size, int deaf, int perSecond, int seconds) throws Exception {
        ServerCalls calls = new ServerCalls(vertx, server, perSecond);
        calls.send(HttpMethod.POST, "/api/vp/stages", stage()).await();
        for (int i = 0; i < size; i++) {
            RawFollower follower = new RawFollower(server, selector, i < deaf, this::heard);
            while (!follower.opened()) {
                selector.select(this::read);
            }
        }
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> readUntil(over));
        change(calls, perSecond, WARM_UP_SECONDS);
        counted = System.currentTimeMillis();
        int changes = change(calls, perSecond, seconds);
        vertx.timer(2, TimeUnit.SECONDS).await();
        over.set(true);
        selector.wakeup();
        reading.join();
        long all = LongStream.of(waited).sum();
        System.out.println("changes a second:" + changes / seconds);
        System.out.println("frames to readers a second:" + all / seconds);
        System.out.println(
                "frames of all that readers should have, percent:" + 100 * all / ((long) changes * (size - deaf)));
        System.out.println("change → reader p50, ms:" + percentile(waited, all, 50));
        System.out.println("change → reader p99, ms:" + percentile(waited, all, 99));
        System.out.println("clients that the server ended, of " + deaf + " that stopped reading:" + ended);
    }

    /** Returns how many changes were made, each of which has been answered. */
    private int change(ServerCalls calls, int perSecond, int seconds) {
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
        return changes;
    }

    private void readUntil(AtomicBoolean over) {
        try {
            while (!over.get()) {
                selector.select(this::read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(SelectionKey key) {
        try {
            ((RawFollower) key.attachment()).read();
        } catch (IOException e) {
            ended++;
            key.cancel();
        }
    }

    private void heard(ByteBuffer change) {
        if (!marked(change, at)) {
            at = 0;
            while (at < change.remaining() && !marked(change, at)) {
                at++;
            }
        }
        if (at + MARK.length + DIGITS <= change.remaining()) {
            long from = 0;
            for (int digit = 0; digit < DIGITS; digit++) {
                from = from * 10 + change.get(at + MARK.length + digit) - '0';
            }
            if (from < counted) {
                return;
            }
            waited[(int) Math.min(waited.length - 1, Math.max(0, System.currentTimeMillis() - from))]++;
        }
    }

    private static boolean marked(ByteBuffer change, int at) {
        return at + MARK.length <= change.remaining()
                && change.slice(at, MARK.length).equals(ByteBuffer.wrap(MARK));
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
                .put("description", new String(MARK, StandardCharsets.US_ASCII) + System.currentTimeMillis())
                .put("ports", new JsonObject().put("inputs", any).put("outputs", any))
                .encode();
    }
}
