package dev.callboard.net;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer.
 *
 * @param status such as 200
 * @param headers names in lower case
 * @param body all of it
 */
public record OutboundReply(int status, Map<String, String> headers, byte[] body) {
    /** Copies the headers. */
    public OutboundReply {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
