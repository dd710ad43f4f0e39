package dev.callboard.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Loads a server on this machine: the palette plain and with gzip over 16 connections, then tasks with 16 in flight, one
 * after the other in each round, so that all of them see the same machine. Prints the median and the range of each.
 */
final class HttpLoad {
    private static final int AT_ONCE = 16;
    private static final int STAGES = 7;
    private static final String PALETTE = "/api/vp/stages";
    private static final String PIPELINE = "load";
    private static final String PLAIN = "identity";
    private static final String GZIP = "gzip";

    private final URI server;
    private final HttpClient http;
    private final ProcessHandle process;
    private final long windowMs;

    /** What one window read: answers a second, and the server's CPU for each, in microseconds. */
    private record Reads(double perSecond, double cpuMicros) {}

    private HttpLoad(Vertx vertx, URI server, ProcessHandle process, long windowMs) {
        this.server = server;
        this.process = process;
        this.windowMs = windowMs;
        HttpClientOptions options = new HttpClientOptions().setDecompressionSupported(false);
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(AT_ONCE));
    }

    /** Arguments: the server's address and process id, rounds, seconds of a window. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("io.netty.jfr.enabled", "false");
        Vertx vertx = Vertx.vertx();
        long seconds = Long.parseLong(arguments[3]);
        HttpLoad load = new HttpLoad(
                vertx,
                URI.create(arguments[0]),
                ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow(),
                TimeUnit.SECONDS.toMillis(seconds));
        load.pipeline(new ServerCalls(vertx, load.server));
        try (TaskLoad tasks = new TaskLoad(vertx, load.server, PIPELINE, AT_ONCE)) {
            load.measure(tasks, Integer.parseInt(arguments[2]));
        } finally {
            vertx.close().await();
        }
    }

    private void measure(TaskLoad tasks, int rounds) {
        // The first of each are not counted: the server has compiled nothing yet.
        reads(PLAIN);
        reads(GZIP);
        posts(tasks);
        List<Reads> plain = new ArrayList<>();
        List<Reads> gzip = new ArrayList<>();
        List<Double> post = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            // Each is first in turn, so that neither always has what the other warmed up.
            if (round % 2 == 0) {
                plain.add(reads(PLAIN));
                gzip.add(reads(GZIP));
            } else {
                gzip.add(reads(GZIP));
                plain.add(reads(PLAIN));
            }
            post.add(posts(tasks));
        }
        System.out.println("| " + rounds + " rounds of " + windowMs / 1_000 + " s | median | min | max |");
        System.out.println("| --- | --- | --- | --- |");
        String get = "GET " + PALETTE + ", " + AT_ONCE + " connections, ";
        row(get + "plain, per s", "%.0f", each(plain, Reads::perSecond));
        row(get + "gzip, per s", "%.0f", each(gzip, Reads::perSecond));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(gzip.get(round).perSecond() / plain.get(round).perSecond());
        }
        row("gzip / plain", "%.2f", ratios);
        row("server CPU an answer, plain, µs", "%.0f", each(plain, Reads::cpuMicros));
        row("server CPU an answer, gzip, µs", "%.0f", each(gzip, Reads::cpuMicros));
        row("POST /api/tasks, " + AT_ONCE + " tasks of " + STAGES + " stages in flight, p50 ms", "%.1f", post);
    }

    private static void row(String name, String format, List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        List<Double> shown = List.of(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
        StringBuilder row = new StringBuilder("| " + name + " |");
        shown.forEach(figure -> row.append(String.format(Locale.ROOT, " " + format + " |", figure)));
        System.out.println(row);
    }

    private static List<Double> each(List<Reads> rounds, Function<Reads, Double> figure) {
        return rounds.stream().map(figure).toList();
    }

    private RequestOptions request(HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI(path);
    }

    private Reads reads(String encoding) {
        long cpu = cpuNanos();
        long started = System.nanoTime();
        long until = started + TimeUnit.MILLISECONDS.toNanos(windowMs);
        List<Future<Long>> connections = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            connections.add(read(encoding, until, 0));
        }
        Future.all(connections).await();
        double seconds = (System.nanoTime() - started) / 1e9;
        long answers = connections.stream().mapToLong(Future::result).sum();
        return new Reads(answers / seconds, (cpuNanos() - cpu) / 1e3 / answers);
    }

    private long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    private Future<Long> read(String encoding, long until, long done) {
        if (System.nanoTime() > until) {
            return Future.succeededFuture(done);
        }
        RequestOptions options = request(HttpMethod.GET, PALETTE);
        options.putHeader("Accept-Encoding", encoding);
        return http.request(options)
                .compose(request -> request.send())
                .compose(response -> {
                    boolean compressed = GZIP.equals(response.getHeader("Content-Encoding"));
                    if (response.statusCode() != 200 || compressed != encoding.equals(GZIP)) {
                        return Future.failedFuture("answered " + response.statusCode() + " for " + encoding);
                    }
                    return response.body();
                })
                .compose(body -> read(encoding, until, done + 1));
    }

    /** A pipeline of gates that are open: what is measured is the server, not the work. */
    private void pipeline(ServerCalls calls) {
        JsonArray stages = new JsonArray();
        for (int i = 1; i <= STAGES; i++) {
            stages.add(new JsonObject().put("name", "G" + i).put("type", "gate").put("gate", "open"));
        }
        JsonObject condition = new JsonObject().put("field", "shut").put("exists", false);
        JsonObject gate = new JsonObject().put("name", "open").put("conditions", new JsonArray().add(condition));
        JsonObject pipeline =
                new JsonObject().put("name", PIPELINE).put("stages", stages).put("gates", new JsonArray().add(gate));
        calls.send(HttpMethod.PUT, "/api/pipelines/" + PIPELINE, pipeline.encode())
                .await();
    }

    /** The median of how long a POST takes, in milliseconds. */
    private double posts(TaskLoad tasks) {
        List<Double> times = tasks.run(AT_ONCE, windowMs).tasks().stream()
                .map(TaskLoad.Done::postMs)
                .sorted()
                .toList();
        return times.get(times.size() / 2);
    }
}
