package dev.callboard.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.ParsedHeaderValue;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer, plain and with gzip, made once and sent as often as they are asked for. The server compresses any
 * other answer anew each time, which costs several times what all the rest of an answer does.
 */
final class CachedBody {
    /** Bytes; what is smaller than this is never compressed: it would save less than the packet that it travels in. */
    static final int SMALLEST_COMPRESSED = 512;

    private static final String GZIP = "gzip";

    private final Buffer plain;
    private final @Nullable Buffer gzip;
    private final String etag;

    private CachedBody(Buffer plain, @Nullable Buffer gzip, String etag) {
        this.plain = plain;
        this.gzip = gzip;
        this.etag = etag;
    }

    /** With its hash as ETag. It compresses, which takes milliseconds for each 100 KB: not for an event loop. */
    static CachedBody of(Buffer plain) {
        return of(plain, Hashes.etag(plain));
    }

    /**
     * As {@link #of(Buffer)}.
     *
     * @param etag without quotes; the same for both encodings, since it names the content: {@code Vary} keeps them apart in caches
     */
    static CachedBody of(Buffer plain, String etag) {
        Buffer gzip = plain.length() < SMALLEST_COMPRESSED ? null : compressed(plain);
        return new CachedBody(plain, gzip == null || gzip.length() >= plain.length() ? null : gzip, etag);
    }

    /** As {@link #of(Buffer)}; the one before where its bytes are the same, so that nothing is compressed twice. */
    static CachedBody of(Buffer plain, @Nullable CachedBody before) {
        return before != null && before.plain.equals(plain) ? before : of(plain);
    }

    private static Buffer compressed(Buffer plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be compressed", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** Ends a response whose other headers are set, or answers 304 when the client has the bytes already. */
    void send(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        String quoted = '"' + etag + '"';
        response.putHeader(HttpHeaders.ETAG, quoted);
        if (response.getStatusCode() == 200
                && Answer.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), quoted)) {
            response.headers().remove(HttpHeaders.CONTENT_TYPE);
            response.setStatusCode(304).end();
        } else if (gzip != null && takesGzip(context)) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP).end(gzip);
        } else {
            if (context.request().method() != HttpMethod.HEAD) {
                // Keeps the server from compressing it all the same, and is taken out again before it is sent.
                response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
            }
            response.end(plain);
        }
    }

    /** Whether a client wants gzip at least as much as plain bytes (RFC 9110, 12.5.3); one that says nothing gets those. */
    private static boolean takesGzip(RoutingContext context) {
        List<ParsedHeaderValue> accepted = context.parsedHeaders().acceptEncoding();
        float wanted = weight(accepted, GZIP, weight(accepted, "*", 0));
        return wanted > 0 && wanted >= weight(accepted, "identity", 0);
    }

    private static float weight(List<ParsedHeaderValue> accepted, String encoding, float otherwise) {
        for (ParsedHeaderValue each : accepted) {
            if (each.value().equalsIgnoreCase(encoding)) {
                return each.weight();
            }
        }
        return otherwise;
    }
}
