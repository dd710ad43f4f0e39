package dev.callboard.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Clients that follow the palette and do nothing else, until standard input ends. Prints a line when all of them do. */
final class IdleClients {
    private static final int AT_ONCE = 50;
    private static final int LARGEST_FRAME = 16 << 20;

    private IdleClients() {}

    /** Arguments: the server's address, how many. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("io.netty.jfr.enabled", "false");
        Vertx vertx = Vertx.vertx();
        try {
            URI server = URI.create(arguments[0]);
            int all = Integer.parseInt(arguments[1]);
            WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                    .setMaxConnections(all)
                    .setMaxFrameSize(LARGEST_FRAME)
                    .setMaxMessageSize(LARGEST_FRAME));
            for (int opened = 0; opened < all; opened += AT_ONCE) {
                List<Future<Void>> following = new ArrayList<>();
                for (int i = opened; i < Math.min(all, opened + AT_ONCE); i++) {
                    following.add(follow(client, server));
                }
                Future.all(following).await();
            }
            System.out.println("open");
            while (System.in.read() >= 0) {
                // Whoever started this ends the input when it has measured.
            }
        } finally {
            vertx.close().await();
        }
    }

    private static Future<Void> follow(WebSocketClient client, URI server) {
        WebSocketConnectOptions feed = new WebSocketConnectOptions()
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI("/ws");
        Promise<Void> snapshot = Promise.promise();
        return client.connect(feed).compose(socket -> {
            socket.textMessageHandler(frame -> snapshot.tryComplete());
            return socket.writeTextMessage("{\"op\":\"subscribe\",\"topic\":\"palette\"}")
                    .compose(sent -> snapshot.future());
        });
    }
}
