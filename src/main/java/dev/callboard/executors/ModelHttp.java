package dev.callboard.executors;

import dev.callboard.net.OutboundAnswer;
import dev.callboard.net.OutboundClient;
import dev.callboard.net.OutboundException;
import dev.callboard.net.OutboundRequest;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one call to a model. They go to the configured host only and follow no redirect, the stream they get is
 * limited, and {@link #close} ends them whatever they wait for.
 */
final class ModelHttp implements HttpClient, HttpClientBuilder, AutoCloseable {
    private static final int MAX_STREAM_BYTES = 32 << 20;
    private static final int MAX_ERROR_BYTES = 16 << 10;
    private static final Set<String> STREAMS = Set.of("", "text/event-stream", "application/x-ndjson");

    private final OutboundClient http;
    private final ModelFailures failures;
    private final Runnable ended;
    private @Nullable OutboundAnswer answer;
    private volatile boolean closed;

    /** @param ended is notified when a stream is over, whether anybody understood it or not */
    ModelHttp(OutboundClient http, ModelFailures failures, Runnable ended) {
        this.http = http;
        this.failures = failures;
        this.ended = ended;
    }

    /** What the operator configured may be reached, wherever it is. */
    static OutboundClient reaching(URI baseUrl, OutboundClient http) {
        int usual = "http".equalsIgnoreCase(baseUrl.getScheme()) ? 80 : 443;
        String host = baseUrl.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        return http.allowing(host, baseUrl.getPort() < 0 ? usual : baseUrl.getPort());
    }

    /** The interface asks for it, but streaming models, the only ones here, never call it. */
    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("answers are streamed");
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        URI url = URI.create(request.url());
        if (!isHere(url)) {
            listener.onError(failures.foreignHost());
            return;
        }
        Thread reader = new Thread(() -> send(request, parser, listener), "model-answer");
        reader.setDaemon(true);
        reader.start();
    }

    private void send(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (OutboundAnswer arrived = http.open(outbound(request), () -> closed)) {
            if (keep(arrived)) {
                read(arrived, parser, listener);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            listener.onError(e);
        } finally {
            ended.run();
        }
    }

    private OutboundRequest outbound(HttpRequest request) throws OutboundException {
        OutboundRequest outbound = OutboundRequest.of("POST", request.url())
                .withoutRedirects()
                .within(failures.config().timeout(), MAX_STREAM_BYTES)
                .body(OutboundRequest.Body.of(
                        Objects.requireNonNullElse(request.body(), "").getBytes(StandardCharsets.UTF_8)));
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            outbound = outbound.header(header.getKey(), String.join(", ", header.getValue()));
        }
        return outbound;
    }

    private boolean isHere(URI url) {
        URI base = failures.config().baseUrl();
        return base.getScheme().equalsIgnoreCase(url.getScheme())
                && base.getHost().equalsIgnoreCase(url.getHost())
                && base.getPort() == url.getPort();
    }

    private void read(OutboundAnswer arrived, ServerSentEventParser parser, ServerSentEventListener listener)
            throws IOException {
        String contentType = arrived.header("content-type");
        if (arrived.status() / 100 != 2) {
            String said = new String(arrived.body().readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
            listener.onError(failures.status(arrived.status(), headers(arrived), said));
        } else if (!STREAMS.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
            listener.onError(failures.contentType(contentType));
        } else {
            listener.onOpen(SuccessfulHttpResponse.builder()
                    .statusCode(arrived.status())
                    .headers(Map.of())
                    .build());
            parser.parse(arrived.body(), listener);
            listener.onClose();
        }
    }

    private static HttpHeaders headers(OutboundAnswer arrived) {
        Map<String, List<String>> headers = new HashMap<>();
        arrived.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private synchronized boolean keep(OutboundAnswer arrived) {
        answer = arrived;
        return !closed;
    }

    /** Ends the request and its connection; nothing is waited for. */
    @Override
    public void close() throws IOException {
        OutboundAnswer open;
        synchronized (this) {
            closed = true;
            open = answer;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public Duration connectTimeout() {
        return failures.config().timeout();
    }

    /** Set once, for all. */
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return failures.config().timeout();
    }

    /** The caller watches the time. */
    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
