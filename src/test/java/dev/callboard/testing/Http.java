package dev.callboard.testing;

import dev.callboard.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls of the API. Headers are given as names and values in turn. */
public final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;

    Http(URI base) {
        this.base = base;
    }

    /** Calls of the server at that address. */
    public static Http at(URI base) {
        return new Http(base);
    }

    /** GET. */
    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** POST of a JSON-shaped value, a text or bytes. */
    public Reply post(String path, @Nullable Object body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** PUT of a JSON-shaped value, a text or bytes. */
    public Reply put(String path, @Nullable Object body, String... headers) {
        return send("PUT", path, body, headers);
    }

    /** DELETE. */
    public Reply delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /** Any method. The content type is JSON unless a header says otherwise. */
    public Reply send(String method, String path, @Nullable Object body, String... headers) {
        try {
            return new Reply(
                    CLIENT.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** POST without waiting for the answer. */
    public CompletableFuture<Reply> postLater(String path, @Nullable Object body, String... headers) {
        return later("POST", path, body, headers);
    }

    /** PUT without waiting for the answer. */
    public CompletableFuture<Reply> putLater(String path, @Nullable Object body, String... headers) {
        return later("PUT", path, body, headers);
    }

    private CompletableFuture<Reply> later(String method, String path, @Nullable Object body, String... headers) {
        return CLIENT.sendAsync(request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Reply::new);
    }

    private HttpRequest request(String method, String path, @Nullable Object body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes(body)))
                .build();
    }

    private static byte[] bytes(Object body) {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        return body instanceof String text
                ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : Json.writeBytes(body);
    }
}
