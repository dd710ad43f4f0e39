package dev.callboard.net;

import dev.callboard.spi.net.WebAddress;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer whose body is still coming. Closing it ends the connection, whether all was read or not. */
public final class OutboundAnswer implements Closeable {
    private final int status;
    private final Map<String, String> headers;
    private final WebAddress url;
    private final InputStream body;

    OutboundAnswer(int status, Map<String, String> headers, WebAddress url, InputStream body) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.url = url;
        this.body = body;
    }

    /** Such as 200. */
    public int status() {
        return status;
    }

    /** Names in lower case; the values of one that comes several times have commas between them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The header, empty when there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Where it came from, after redirects. */
    public WebAddress url() {
        return url;
    }

    /**
     * The bytes, unpacked. Reading throws {@link OutboundException} at the limits of time and size, when the connection breaks,
     * and when the request is cancelled.
     */
    public InputStream body() {
        return body;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
