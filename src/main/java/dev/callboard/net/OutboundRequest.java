package dev.callboard.net;

import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to somebody else's server.
 *
 * @param method such as {@code GET}
 * @param headers in lower case, beside {@code host} and those about the body's length
 * @param body null for none
 * @param timeout all of it, from the look-up of the name to the last byte of the answer
 * @param maxBytes the longest answer, unpacked
 * @param follows whether it goes where a redirect leads, five times at most. Another origin gets neither a body nor headers
 *     but harmless ones
 */
public record OutboundRequest(
        String method,
        WebAddress url,
        Map<String, String> headers,
        @Nullable Body body,
        Duration timeout,
        long maxBytes,
        boolean follows) {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);
    private static final long USUAL_BYTES = 1 << 20;

    /** Copies. */
    public OutboundRequest {
        Map<String, String> copy = new LinkedHashMap<>();
        headers.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * Bytes that can be read again.
     *
     * @param length how many
     */
    public record Body(long length, Source source) {
        /** Opens them; the caller closes. */
        public interface Source {
            /** From the first byte on. */
            InputStream open() throws IOException;
        }

        /** Bytes in memory. */
        public static Body of(byte[] bytes) {
            return new Body(bytes.length, () -> new ByteArrayInputStream(bytes));
        }
    }

    /**
     * One without headers and body that takes 60 s and 1 MiB at most, and follows redirects.
     *
     * @throws OutboundException {@code invalid_url} or {@code address_refused}
     */
    public static OutboundRequest of(String method, String url) throws OutboundException {
        try {
            return new OutboundRequest(method, WebAddress.parse(url), Map.of(), null, USUAL_TIMEOUT, USUAL_BYTES, true);
        } catch (RefusedAddress e) {
            throw OutboundException.lasting(e.code(), String.valueOf(e.getMessage()));
        }
    }

    /** With another header; one of that name is replaced. */
    public OutboundRequest header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name.toLowerCase(Locale.ROOT), value);
        return new OutboundRequest(method, url, all, body, timeout, maxBytes, follows);
    }

    /** With a text as its body. */
    public OutboundRequest body(String text, String mediaType) {
        return body(Body.of(text.getBytes(StandardCharsets.UTF_8))).header("content-type", mediaType);
    }

    /** With that body. */
    public OutboundRequest body(Body bytes) {
        return new OutboundRequest(method, url, headers, bytes, timeout, maxBytes, follows);
    }

    /** With other limits. */
    public OutboundRequest within(Duration time, long bytes) {
        return new OutboundRequest(method, url, headers, body, time, bytes, follows);
    }

    /** One whose redirects are answers like any other. */
    public OutboundRequest withoutRedirects() {
        return new OutboundRequest(method, url, headers, body, timeout, maxBytes, false);
    }
}
