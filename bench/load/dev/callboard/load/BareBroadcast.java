package dev.callboard.load;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The least that can be done with Vert.x: what is posted to it goes to all WebSockets at once, as text, on the one event loop
 * that a web server has. Ends with standard input.
 */
final class BareBroadcast extends VerticleBase {
    private final Set<ServerWebSocket> sockets = new LinkedHashSet<>();

    /** Prints its address. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("io.netty.jfr.enabled", "false");
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(false))
                .build();
        try {
            vertx.deployVerticle(new BareBroadcast()).await();
            while (System.in.read() >= 0) {
                // Whoever started this ends the input when it has measured.
            }
        } finally {
            vertx.close().await();
        }
    }

    @Override
    public Future<?> start() {
        Future<HttpServer> listening = vertx.createHttpServer()
                .webSocketHandler(socket -> {
                    sockets.add(socket);
                    socket.closeHandler(closed -> sockets.remove(socket));
                })
                .requestHandler(this::broadcast)
                .listen(0, "127.0.0.1");
        return listening.onSuccess(server -> System.out.println("http://127.0.0.1:" + server.actualPort()));
    }

    private void broadcast(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String message = body.toString();
            sockets.forEach(socket -> socket.writeTextMessage(message));
            request.response().end();
        });
    }
}
