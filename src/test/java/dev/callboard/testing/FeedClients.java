package dev.callboard.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connects clients to the feed. */
public final class FeedClients implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
            .setMaxConnections(1_000)
            .setMaxFrameSize(64 << 20)
            .setMaxMessageSize(64 << 20));

    /** Connects to the server at that address, as a program does: without an Origin. */
    public FeedClient connect(URI server) {
        return connect(server, "/ws", Map.of());
    }

    /** Connects to another address of it. */
    public FeedClient connect(URI server, String path, Map<String, String> headers) {
        FeedClient feed = new FeedClient();
        get(client.connect(options(server, path, headers)).onSuccess(feed::attach));
        return feed;
    }

    /** The status with which a connection is refused. */
    public int refused(URI server, String path, Map<String, String> headers) {
        return get(client.connect(options(server, path, headers))
                .map(connected -> 101)
                .recover(failure -> failure instanceof UpgradeRejectedException rejected
                        ? Future.succeededFuture(rejected.getStatus())
                        : Future.failedFuture(failure)));
    }

    private static WebSocketConnectOptions options(URI server, String path, Map<String, String> headers) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI(path)
                .setAllowOriginHeader(headers.containsKey("Origin"));
        headers.forEach(options::addHeader);
        return options;
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        get(vertx.close());
    }
}
