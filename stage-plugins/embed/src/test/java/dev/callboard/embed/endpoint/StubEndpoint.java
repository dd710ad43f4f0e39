package dev.callboard.embed.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A local server that answers as an embedding endpoint, or as a test wants. */
final class StubEndpoint implements AutoCloseable {
    /** Answers a request in any way. */
    @FunctionalInterface
    interface Handler {
        void answer(HttpExchange exchange, JsonNode request) throws IOException;
    }

    /** What came in. */
    record Request(String path, String authorization, JsonNode body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Handler handler = good(text -> "[" + text.length() + ", 1.5, -2]");

    StubEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
            requests.add(new Request(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    body));
            handler.answer(exchange, body);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /** Answers every request so. */
    StubEndpoint answering(Handler next) {
        handler = next;
        return this;
    }

    /** Answers every request with a status and a body. */
    StubEndpoint answering(int status, String body, String... header) {
        return answering((exchange, request) -> {
            for (int i = 0; i < header.length; i += 2) {
                exchange.getResponseHeaders().add(header[i], header[i + 1]);
            }
            send(exchange, status, body);
        });
    }

    /** Sends the head of an answer, does something, and sends nothing until the latch is open. */
    StubEndpoint stalling(CountDownLatch until, Runnable then) {
        return answering((exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            then.run();
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** A proper answer whose vectors are made of the texts, the last text first. */
    static Handler good(Function<String, String> vector) {
        return (exchange, request) -> {
            StringBuilder data = new StringBuilder();
            JsonNode input = request.path("input");
            for (int i = input.size() - 1; i >= 0; i--) {
                data.append(data.isEmpty() ? "" : ", ")
                        .append("{\"object\": \"embedding\", \"index\": " + i + ", \"embedding\": ")
                        .append(vector.apply(input.get(i).asText()))
                        .append('}');
            }
            send(exchange, 200, "{\"object\": \"list\", \"data\": [" + data + "], \"usage\": {\"total_tokens\": 9}}");
        };
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
