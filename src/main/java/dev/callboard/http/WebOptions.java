package dev.callboard.http;

import dev.callboard.config.ServerConfig;
import dev.callboard.feed.FeedFrames;
import io.vertx.core.http.HttpServerOptions;

/** How the web server is set up. */
final class WebOptions {
    private static final int SEND_BUFFER_BYTES = 64 << 10;
    /** Above the minute that a stage may take when it is tried. */
    private static final int IDLE_SECONDS = 75;

    /** How long a client may take to answer that its WebSocket is closed; one that is gone never does. */
    private static final int CLOSING_SECONDS = 1;

    private WebOptions() {}

    static HttpServerOptions of(ServerConfig config) {
        // Above what each connection takes, so that it can say so when it closes: workers send results.
        int largest = Math.max(4 * FeedFrames.MAX_BYTES, 2 * config.limits().bodyBytes());
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(largest)
                .setMaxWebSocketMessageSize(largest)
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                // Deflate costs two to three times the work of a frame and lets a small frame grow large.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setCompressionSupported(true)
                .setCompressionContentSizeThreshold(CachedBody.SMALLEST_COMPRESSED)
                .setHandle100ContinueAutomatically(true)
                // All is answered on the event loop: the queue for other threads would cost each connection 5 KiB.
                .setStrictThreadMode(true);
        options.setIdleTimeout(IDLE_SECONDS);
        // With the kernel's own choice megabytes for clients that do not read would wait outside of our sight.
        options.setSendBufferSize(SEND_BUFFER_BYTES);
        return options;
    }
}
