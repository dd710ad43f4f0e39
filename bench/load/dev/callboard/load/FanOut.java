package dev.callboard.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures how long a change of the palette takes from its call until the last client that follows the palette has it, and
 * beside it how long {@link BareBroadcast} takes to bring the same bytes to as many. Prints rows for the {@code table} of
 * {@code bench/server.sh}.
 */
final class FanOut {
    private static final int CHANGES = 100;

    /** With one client each: all that a change runs is compiled after so many. */
    private static final int WARM_UP_ALONE = 2_000;

    private static final int WARM_UP = 400;

    private static final String STAGE = "fan-out";
    private static final String SUBSCRIPTION = "{\"op\":\"subscribe\",\"topic\":\"palette\"}";

    private final Vertx vertx;
    private final URI server;
    private final URI bare;
    private final ServerCalls palette;
    private final ServerCalls broadcast;
    private final RoundFigures rows = new RoundFigures();

    /** The last message, and the mark in it. */
    private String message = "";

    private String mark = "";
    private int changes;

    /**
     * How long one audience waited, in milliseconds.
     *
     * @param first until the first client heard, p50
     * @param p50 until the last one heard
     * @param p99 until the last one heard
     */
    private record Waited(double first, double p50, double p99) {}

    private FanOut(Vertx vertx, URI server, URI bare) {
        this.vertx = vertx;
        this.server = server;
        this.bare = bare;
        palette = new ServerCalls(vertx, server);
        broadcast = new ServerCalls(vertx, bare);
    }

    /** Arguments: the addresses of the server and of the bare one, rounds, then numbers of clients. */
    public static void main(String[] arguments) {
        System.setProperty("io.netty.jfr.enabled", "false");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            FanOut fanOut = new FanOut(vertx, URI.create(arguments[0]), URI.create(arguments[1]));
            int[] sizes =
                    Arrays.stream(arguments).skip(3).mapToInt(Integer::parseInt).toArray();
            fanOut.measure(Integer.parseInt(arguments[2]), sizes);
        } finally {
            vertx.close().await();
        }
    }

    private void measure(int rounds, int[] sizes) {
        palette.send(HttpMethod.POST, "/api/vp/stages", stage("new")).await();
        measure(1, WARM_UP_ALONE, 0);
        for (int size : sizes) {
            measure(size, WARM_UP, rounds);
        }
        rows.print();
    }

    /** The clients of both stay connected meanwhile: who connects costs both servers far more than a change does. */
    private void measure(int size, int warmUp, int rounds) {
        try (Audience followers = new Audience(vertx, server, size, SUBSCRIPTION);
                Audience listeners = new Audience(vertx, bare, size, "")) {
            server(followers, warmUp);
            bare(listeners, warmUp);
            for (int round = 0; round < rounds; round++) {
                // Each is first in turn.
                Waited bareFirst = round % 2 == 0 ? null : bare(listeners, CHANGES);
                Waited callboard = server(followers, CHANGES);
                row(size, callboard, bareFirst == null ? bare(listeners, CHANGES) : bareFirst);
            }
        }
    }

    private void row(int size, Waited callboard, Waited bare) {
        String at = size + (size == 1 ? " client, " : " clients, ");
        rows.add(at + "change → first client p50, ms", "%.2f", callboard.first());
        rows.add(at + "change → last client p50, ms", "%.2f", callboard.p50());
        rows.add(at + "change → last client p99, ms", "%.2f", callboard.p99());
        rows.add(at + "bare broadcast p50, ms", "%.2f", bare.p50());
        rows.add(at + "bare broadcast p99, ms", "%.2f", bare.p99());
        rows.add(at + "p50 / bare p50", "%.2f", callboard.p50() / bare.p50());
        rows.add(at + "p99 / bare p99", "%.2f", callboard.p99() / bare.p99());
    }

    /** Changes one stage of the palette, again and again. */
    private Waited server(Audience followers, int count) {
        return changes(followers, count, next -> palette.send(HttpMethod.PUT, "/api/vp/stages/" + STAGE, stage(next)));
    }

    /** Broadcasts what the server last sent, with another mark of the same length. */
    private Waited bare(Audience listeners, int count) {
        String last = message;
        String its = mark;
        return changes(listeners, count, next -> broadcast.send(HttpMethod.POST, "/", last.replace(its, next)));
    }

    private interface Change {
        Future<String> make(String mark);
    }

    private Waited changes(Audience audience, int count, Change change) {
        List<Double> first = new ArrayList<>();
        List<Double> last = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String next = String.format("change %08d", ++changes);
            Future<Audience.Heard> heard = audience.hear(next);
            long from = System.nanoTime();
            Future.all(change.make(next), heard).await();
            message = heard.result().message();
            mark = next;
            first.add((heard.result().first() - from) / 1e6);
            last.add((heard.result().last() - from) / 1e6);
        }
        first.sort(null);
        last.sort(null);
        return new Waited(
                RoundFigures.percentile(first, 50),
                RoundFigures.percentile(last, 50),
                RoundFigures.percentile(last, 99));
    }

    private static String stage(String description) {
        JsonArray any = new JsonArray().add(new JsonObject().put("name", "any").put("type", "any"));
        return new JsonObject()
                .put("id", STAGE)
                .put("name", "Fan-out")
                .put("type", "stage")
                .put("description", description)
                .put("ports", new JsonObject().put("inputs", any).put("outputs", any))
                .encode();
    }
}
