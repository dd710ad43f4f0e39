package dev.callboard.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** Single calls of a server, from any thread. */
final class ServerCalls {
    private final Context context;
    private final HttpClient http;
    private final URI server;

    ServerCalls(Vertx vertx, URI server) {
        this(vertx, server, PoolOptions.DEFAULT_MAX_POOL_SIZE);
    }

    /** @param atOnce how many calls wait for their answers at once, at most; others wait here */
    ServerCalls(Vertx vertx, URI server, int atOnce) {
        this.context = vertx.getOrCreateContext();
        this.http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(atOnce));
        this.server = server;
    }

    /** Sends JSON, or nothing when it is empty; fails when the answer is not one of success. */
    Future<String> send(HttpMethod method, String path, String body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI(path)
                .putHeader("Content-Type", "application/json");
        Promise<String> done = Promise.promise();
        // On another thread an answer may have ended before its body is asked for, and is lost.
        context.runOnContext(ignored -> http.request(options)
                .compose(request -> body.isEmpty() ? request.send() : request.send(body))
                .compose(response -> response.body()
                        .compose(answer -> response.statusCode() / 100 == 2
                                ? Future.succeededFuture(answer.toString())
                                : Future.failedFuture(
                                        method + " " + path + " got " + response.statusCode() + " " + answer)))
                .onComplete(done));
        return done.future();
    }
}
