package dev.callboard.documents;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.callboard.spi.net.AddressRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** An endpoint on this machine that answers what a test tells it, in order, and keeps what it was asked. */
public final class StubModel implements AutoCloseable {
    private record Answer(int status, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();

    public StubModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            Answer answer;
            synchronized (this) {
                requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                answer = answers.isEmpty() ? new Answer(500, Map.of(), "no more answers") : answers.poll();
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** Says something as a model does. */
    public StubModel says(String content) throws IOException {
        return answers(
                200,
                Map.of(),
                new ObjectMapper()
                        .writeValueAsString(Map.of("choices", List.of(Map.of("message", Map.of("content", content))))));
    }

    /** Answers anything. */
    public synchronized StubModel answers(int status, Map<String, String> headers, String body) {
        answers.add(new Answer(status, headers, body));
        return this;
    }

    /** The bodies that were posted. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The values of Authorization, or {@code null} as a word. */
    public synchronized List<String> keys() {
        return List.copyOf(keys);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/";
    }

    /** What the operator must permit for it. */
    public AddressRules permitted() {
        return AddressRules.PUBLIC.with(
                List.of("127.0.0.1:" + server.getAddress().getPort()), List.of(), AddressRules.USUAL_PORTS);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
