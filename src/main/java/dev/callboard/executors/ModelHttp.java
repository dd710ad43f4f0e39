package dev.callboard.executors;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one call to a model. They go to the configured host only and follow no redirect, the stream they get is
 * limited, and {@link #close} ends them whatever they wait for.
 */
final class ModelHttp implements HttpClient, HttpClientBuilder, AutoCloseable {
    private static final int MAX_STREAM_BYTES = 32 << 20;
    private static final int MAX_ERROR_BYTES = 16 << 10;
    private static final Set<String> STREAMS = Set.of("", "text/event-stream", "application/x-ndjson");

    private final java.net.http.HttpClient http;
    private final ModelFailures failures;
    private final Runnable ended;
    private @Nullable CompletableFuture<HttpResponse<InputStream>> response;
    private @Nullable InputStream body;
    private boolean closed;

    /** @param ended is told when a stream is over, whether anybody understood it or not */
    ModelHttp(java.net.http.HttpClient http, ModelFailures failures, Runnable ended) {
        this.http = http;
        this.failures = failures;
        this.ended = ended;
    }

    /** What {@link ModelHttp} sends with: shared by all calls. */
    static java.net.http.HttpClient client(Duration timeout) {
        Duration tenSeconds = Duration.ofSeconds(10);
        return java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.compareTo(tenSeconds) < 0 ? timeout : tenSeconds)
                .build();
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
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(url)
                .timeout(failures.config().timeout())
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        Objects.requireNonNullElse(request.body(), "")));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        CompletableFuture<HttpResponse<InputStream>> sent =
                http.sendAsync(builder.build(), BodyHandlers.ofInputStream());
        if (keep(sent)) {
            sent.thenAccept(answer -> read(answer, parser, listener)).exceptionally(failure -> {
                listener.onError(failure);
                ended.run();
                return null;
            });
        }
    }

    private boolean isHere(URI url) {
        URI base = failures.config().baseUrl();
        return base.getScheme().equalsIgnoreCase(url.getScheme())
                && base.getHost().equalsIgnoreCase(url.getHost())
                && base.getPort() == url.getPort();
    }

    private void read(
            HttpResponse<InputStream> answer, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (InputStream stream = answer.body()) {
            if (!keep(stream)) {
                return;
            }
            String contentType = answer.headers().firstValue("content-type").orElse("");
            if (answer.statusCode() / 100 != 2) {
                String said = new String(stream.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
                listener.onError(failures.status(answer.statusCode(), answer.headers(), said));
            } else if (!STREAMS.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
                listener.onError(failures.contentType(contentType));
            } else {
                listener.onOpen(SuccessfulHttpResponse.builder()
                        .statusCode(answer.statusCode())
                        .headers(Map.of())
                        .build());
                parser.parse(new LimitedStream(stream), listener);
                listener.onClose();
            }
        } catch (IOException e) {
            listener.onError(e);
        } finally {
            ended.run();
        }
    }

    private synchronized boolean keep(CompletableFuture<HttpResponse<InputStream>> sent) {
        response = sent;
        if (closed) {
            sent.cancel(true);
        }
        return !closed;
    }

    private synchronized boolean keep(InputStream stream) {
        body = stream;
        return !closed;
    }

    /** Ends the request and its connection; nothing is waited for. */
    @Override
    public void close() throws IOException {
        InputStream open;
        synchronized (this) {
            closed = true;
            if (response != null) {
                response.cancel(true);
            }
            open = body;
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

    /** Breaks off what would otherwise fill the memory. */
    private static final class LimitedStream extends FilterInputStream {
        private long left = MAX_STREAM_BYTES;

        LimitedStream(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("its stream is longer than " + MAX_STREAM_BYTES + " bytes");
            }
        }
    }
}
