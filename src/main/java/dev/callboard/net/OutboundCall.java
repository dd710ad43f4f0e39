package dev.callboard.net;

import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One request with the redirects that it is led through, on the thread that waits for it. */
final class OutboundCall {
    private static final int MOST_REDIRECTS = 5;
    private static final int PIECE = 64 << 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** What another origin may know. Whatever else an author sets may be a credential. */
    private static final Set<String> HARMLESS =
            Set.of("accept", "accept-language", "user-agent", "idempotency-key", "content-type");

    private final HttpClient client;
    private final Route route;
    private final String userAgent;
    private final OutboundRequest request;
    private final CallTime time;

    private String method;
    private WebAddress url;
    private Map<String, String> headers;
    private OutboundRequest.@Nullable Body body;

    OutboundCall(HttpClient client, Route route, String userAgent, OutboundRequest request, CallTime time) {
        this.client = client;
        this.route = route;
        this.userAgent = userAgent;
        this.request = request;
        this.time = time;
        this.method = request.method();
        this.url = request.url();
        this.headers = new LinkedHashMap<>(request.headers());
        this.body = request.body();
    }

    /** A head and the body that follows. */
    private record Arrived(HttpClientResponse response, ArrivingBody body) {}

    OutboundAnswer run() throws IOException, InterruptedException {
        for (int redirects = 0; ; redirects++) {
            Arrived arrived = sent();
            int status = arrived.response().statusCode();
            if (!request.follows() || !REDIRECTS.contains(status)) {
                return answer(arrived);
            }
            arrived.body().close();
            if (redirects == MOST_REDIRECTS) {
                throw OutboundException.lasting(
                        "too_many_redirects", "The server redirects more than " + MOST_REDIRECTS + " times.");
            }
            follow(status, arrived.response().getHeader("location"));
        }
    }

    private void follow(int status, @Nullable String location) throws OutboundException {
        if (location == null || location.isBlank()) {
            throw OutboundException.lasting("bad_answer", "The server redirects, but does not say where to.");
        }
        WebAddress next;
        try {
            next = url.follow(location);
        } catch (RefusedAddress e) {
            throw OutboundException.lasting(
                    e.code(), e.getMessage() + " The server leads there from '" + url.host() + "'.");
        }
        boolean keeps = status == 307 || status == 308;
        boolean safe = method.equals("GET") || method.equals("HEAD");
        if (!next.origin().equals(url.origin())) {
            if (keeps && body != null) {
                throw OutboundException.lasting(
                        "redirect_refused",
                        "The server leads from '" + url.host() + "' to another one, which is not given the body of the"
                                + " request.");
            }
            headers.keySet().retainAll(HARMLESS);
        }
        if (!keeps && !safe) {
            method = "GET";
            body = null;
            headers.remove("content-type");
        }
        url = next;
    }

    private Arrived sent() throws IOException, InterruptedException {
        List<Route.Way> ways = route.to(url);
        for (int i = 0; ; i++) {
            HttpClientRequest made;
            try {
                made = time.get(client.request(options(ways.get(i))));
            } catch (ExecutionException e) {
                OutboundException failure = CallFailures.connecting(e, url);
                if (i + 1 < ways.size() && failure.isPassing()) {
                    continue;
                }
                throw failure;
            }
            return exchanged(made);
        }
    }

    private RequestOptions options(Route.Way way) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.scheme().equals("https"))
                .setURI(url.target())
                .setFollowRedirects(false);
        way.server().ifPresent(options::setServer);
        way.via().ifPresent(options::setProxyOptions);
        return options;
    }

    private Arrived exchanged(HttpClientRequest made) throws IOException, InterruptedException {
        boolean done = false;
        try {
            made.exceptionHandler(failure -> {}); // The future of the answer fails with the same.
            made.putHeader("user-agent", userAgent);
            made.putHeader("accept", "*/*");
            headers.forEach(made::putHeader);
            // On the event loop, before the first bytes of the body can be lost.
            var arriving = made.response()
                    .map(response -> new Arrived(response, new ArrivingBody(Vertx.currentContext(), response, time)));
            OutboundRequest.Body sending = body;
            if (sending == null) {
                made.end();
            } else {
                made.putHeader("content-length", String.valueOf(sending.length()));
                write(made, sending);
            }
            Arrived arrived = time.get(arriving);
            done = true;
            return arrived;
        } catch (ExecutionException e) {
            throw CallFailures.exchanging(e, url);
        } finally {
            if (!done) {
                made.connection().close();
            }
        }
    }

    /** A server may answer before it has taken all; what it says then is the answer. */
    private void write(HttpClientRequest made, OutboundRequest.Body sending)
            throws IOException, InterruptedException, ExecutionException {
        try (InputStream bytes = sending.source().open()) {
            byte[] piece = new byte[PIECE];
            for (int count; !made.response().isComplete() && (count = bytes.read(piece)) >= 0; ) {
                if (count > 0) {
                    time.get(made.write(Buffer.buffer().appendBytes(piece, 0, count)));
                }
            }
        } catch (ExecutionException e) {
            if (!made.response().succeeded()) {
                throw e;
            }
            return;
        }
        if (!made.response().isComplete()) {
            made.end();
        }
    }

    private OutboundAnswer answer(Arrived arrived) throws IOException {
        HttpClientResponse response = arrived.response();
        Map<String, String> said = new LinkedHashMap<>();
        MultiMap given = response.headers();
        for (String name : given.names()) {
            said.put(name.toLowerCase(Locale.ROOT), String.join(", ", given.getAll(name)));
        }
        return new OutboundAnswer(
                response.statusCode(), said, url, new LimitedBody(unpacked(arrived.body(), said), request.maxBytes()));
    }

    /** Nothing packed is asked for; what comes nevertheless is unpacked, when it is gzip. */
    private InputStream unpacked(ArrivingBody bytes, Map<String, String> said) throws IOException {
        String encoding =
                said.getOrDefault("content-encoding", "identity").strip().toLowerCase(Locale.ROOT);
        boolean empty = method.equals("HEAD") || "0".equals(said.get("content-length"));
        if (empty || encoding.isEmpty() || encoding.equals("identity")) {
            return bytes;
        }
        try {
            if (encoding.equals("gzip") || encoding.equals("x-gzip")) {
                return new GZIPInputStream(bytes, PIECE);
            }
        } catch (ZipException | EOFException e) {
            // Said below.
        }
        bytes.close();
        throw OutboundException.lasting(
                "bad_answer", "The server sent its answer in an encoding that was not asked for.");
    }
}
