package dev.callboard.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tasks of one pipeline, so many in flight at once: the next is created by a POST when the feed's topic {@code tasks} says
 * that one before has completed. One window after the other.
 */
final class TaskLoad implements AutoCloseable {
    private static final int LARGEST_FRAME = 16 << 20;

    /** How long the tasks in flight at the end of a window may take. */
    private static final long DRAIN_MS = 60_000;

    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"topic\":\"tasks\"}";

    /** A task's own status comes before those of its stages. */
    private static final String STATUS = "\"status\":\"";

    private final URI server;
    private final String pipeline;
    private final HttpClient http;
    private final WebSocketClient sockets;
    private volatile Window window = new Window(0, 0);

    /** Follows the feed from now on: what changes after its snapshot, which takes long where there are many tasks, is heard. */
    TaskLoad(Vertx vertx, URI server, String pipeline, int mostInFlight) {
        this.server = server;
        this.pipeline = pipeline;
        http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(mostInFlight));
        sockets = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(LARGEST_FRAME).setMaxMessageSize(LARGEST_FRAME));
        WebSocketConnectOptions feed = new WebSocketConnectOptions()
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI("/ws");
        Promise<Void> following = Promise.promise();
        sockets.connect(feed)
                .compose(socket -> {
                    socket.textMessageHandler(text -> {
                        if (text.contains("\"kind\":\"snapshot\"")) {
                            following.tryComplete();
                        } else if (text.contains("\"kind\":\"error\"")) {
                            // The first count of a million tasks takes longer than a snapshot may; the second one is
                            // quick.
                            socket.writeTextMessage(SUBSCRIBE);
                        }
                        window.frame(text);
                    });
                    socket.closeHandler(closed -> {
                        following.tryFail("the server closed the feed");
                        window.over.tryFail("the server closed the feed");
                    });
                    return socket.writeTextMessage(SUBSCRIBE);
                })
                .await();
        following.future().await();
    }

    /**
     * A task that has completed.
     *
     * @param postMs how long its POST took
     * @param taskMs from before its POST until the feed said that it has completed
     * @param view what the feed said
     */
    record Done(double postMs, double taskMs, JsonObject view) {}

    /**
     * What one window did.
     *
     * @param seconds from the first POST until the last task completed
     */
    record Result(List<Done> tasks, double seconds) {}

    /** Keeps so many tasks in flight for so long, and waits for the last of them. */
    Result run(int inFlight, long windowMs) {
        Window next = new Window(inFlight, TimeUnit.MILLISECONDS.toNanos(windowMs));
        window = next;
        return next.run().timeout(windowMs + DRAIN_MS, TimeUnit.MILLISECONDS).await();
    }

    @Override
    public void close() {
        sockets.close().compose(closed -> http.close()).await();
    }

    private Future<JsonObject> post() {
        JsonObject task =
                new JsonObject().put("title", "T").put("pipeline", pipeline).put("auto_start", true);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI("/api/tasks")
                .putHeader("Content-Type", "application/json");
        return http.request(options)
                .compose(request -> request.send(task.toBuffer()))
                .compose(response -> response.body()
                        .compose(answer -> response.statusCode() == 201
                                ? Future.succeededFuture(answer.toJsonObject())
                                : Future.failedFuture("POST got " + response.statusCode() + " " + answer)));
    }

    /** The tasks of one window; those of the one before have all completed. */
    private final class Window {
        private final long started = System.nanoTime();
        private final int inFlight;
        private final long length;
        private final Promise<Result> over = Promise.promise();
        private final Map<String, Posted> posted = new HashMap<>();
        private final Map<String, Seen> seen = new HashMap<>();
        private final List<Done> done = new ArrayList<>();
        private int lanes;

        private record Posted(long from, long until) {}

        private record Seen(long at, JsonObject view) {}

        Window(int inFlight, long length) {
            this.inFlight = inFlight;
            this.length = length;
        }

        synchronized Future<Result> run() {
            lanes = inFlight;
            for (int i = 0; i < inFlight; i++) {
                next();
            }
            return over.future();
        }

        private void next() {
            long from = System.nanoTime();
            if (from - started > length) {
                if (--lanes == 0) {
                    over.tryComplete(new Result(List.copyOf(done), (from - started) / 1e9));
                }
                return;
            }
            post().onSuccess(created -> posted(created.getString("id"), new Posted(from, System.nanoTime())))
                    .onFailure(over::tryFail);
        }

        private synchronized void posted(String id, Posted times) {
            posted.put(id, times);
            both(id);
        }

        synchronized void frame(String text) {
            // Most frames are of tasks that go on; to read them would cost the machine that is measured.
            int status = text.indexOf(STATUS);
            if (status < 0 || !text.startsWith("completed", status + STATUS.length())) {
                return;
            }
            JsonObject task = new JsonObject(text).getJsonObject("task");
            if (task != null && "completed".equals(task.getString("status"))) {
                seen.putIfAbsent(task.getString("id"), new Seen(System.nanoTime(), task));
                both(task.getString("id"));
            }
        }

        /** The feed may be quicker than the answer. */
        private void both(String id) {
            if (posted.containsKey(id) && seen.containsKey(id)) {
                Posted times = posted.remove(id);
                Seen end = seen.remove(id);
                done.add(new Done((times.until - times.from) / 1e6, (end.at - times.from) / 1e6, end.view));
                next();
            }
        }
    }
}
