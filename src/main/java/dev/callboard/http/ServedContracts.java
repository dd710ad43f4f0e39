package dev.callboard.http;

import dev.callboard.config.PublicUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The contracts as they are served: the addresses of servers in them are those by which this one is reached, so that what is
 * made from them calls the right one.
 */
final class ServedContracts {
    private static final String OPENAPI_SERVER = "\n  - url: http://127.0.0.1:8080/\n";
    private static final String ASYNCAPI_SERVER = "\n    host: 127.0.0.1:8080\n    protocol: ws\n    pathname: /ws\n";

    private final Vertx vertx;
    private final Map<String, String> texts;
    private final @Nullable PublicUrl publicUrl;
    private final Map<String, Written> newest = new ConcurrentHashMap<>();

    /** A contract for one authority. Most clients name the same one, so that the last one's is kept. */
    private record Written(String authority, Future<CachedBody> body) {}

    /**
     * Names them.
     *
     * @param texts by the path that each is served at; as they stand in the jar
     * @param publicUrl how the server is known outside, null when nothing is said of it
     */
    ServedContracts(Vertx vertx, Map<String, String> texts, @Nullable PublicUrl publicUrl) {
        this.vertx = vertx;
        this.texts = Map.copyOf(texts);
        this.publicUrl = publicUrl;
    }

    Set<String> paths() {
        return texts.keySet();
    }

    /**
     * One of them.
     *
     * @param authority host and port that the request names, which are this server's
     */
    Future<CachedBody> at(String path, String authority) {
        String host = publicUrl == null ? authority : publicUrl.authority();
        Written known = newest.get(path);
        if (known == null || !known.authority().equals(host) || known.body().failed()) {
            known = new Written(
                    host, vertx.executeBlocking(() -> CachedBody.of(Buffer.buffer(text(path, host))), false));
            newest.put(path, known);
        }
        return known.body();
    }

    private String text(String path, String host) {
        // A relative address is taken from where the contract was read (OpenAPI 3.1, Server Object); AsyncAPI has none.
        String root = publicUrl == null ? "/" : publicUrl.origin() + publicUrl.prefix() + "/";
        String protocol = publicUrl != null && publicUrl.scheme().equals("https") ? "wss" : "ws";
        String prefix = publicUrl == null ? "" : publicUrl.prefix();
        return String.valueOf(texts.get(path))
                .replace(OPENAPI_SERVER, "\n  - url: " + root + "\n")
                .replace(
                        ASYNCAPI_SERVER,
                        "\n    host: \"" + host + "\"\n    protocol: " + protocol + "\n    pathname: " + prefix
                                + "/ws\n");
    }
}
