package dev.callboard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client of the feed; it keeps every frame in the order in which it came. */
public final class FeedClient implements AutoCloseable {

    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();
    private @Nullable WebSocket socket;

    FeedClient() {}

    void attach(WebSocket webSocket) {
        socket = webSocket;
        webSocket.textMessageHandler(frames::add);
        // The bridge of Vert.x sends its JSON so.
        webSocket.binaryMessageHandler(bytes -> frames.add(bytes.toString()));
        webSocket.closeHandler(ignored -> {
            Short code = webSocket.closeStatusCode();
            closed.complete(code == null ? (short) 1006 : code);
        });
        webSocket.exceptionHandler(failure -> {});
    }

    private WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    /** Sends a text frame. */
    public FeedClient send(String text) {
        FeedClients.get(socket().writeTextMessage(text));
        return this;
    }

    /** Sends a JSON-shaped value as a text frame. */
    public FeedClient send(Map<String, ?> frame) {
        return send(Json.write(frame));
    }

    /** Sends a binary frame. */
    public FeedClient sendBinary(byte[] bytes) {
        FeedClients.get(socket().writeBinaryMessage(Buffer.buffer(bytes)));
        return this;
    }

    /** Subscribes from nothing. */
    public FeedClient subscribe(String topic) {
        return subscribe(topic, null, null);
    }

    /** Subscribes from a revision of an epoch. */
    public FeedClient subscribe(String topic, @Nullable Long since, @Nullable String epoch) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("op", "subscribe");
        frame.put("topic", topic);
        if (since != null) {
            frame.put("since", since);
        }
        if (epoch != null) {
            frame.put("epoch", epoch);
        }
        return send(Json.write(frame));
    }

    /** The next frame; fails when none comes. */
    public JsonNode next() {
        JsonNode frame = nextWithin(Patience.SOON);
        if (frame == null) {
            throw new AssertionError("no frame came within " + Patience.SOON.toSeconds() + " s");
        }
        return frame;
    }

    /** The next frame, null when none comes in that time. */
    public @Nullable JsonNode nextWithin(Duration time) {
        try {
            String frame = frames.poll(time.toMillis(), TimeUnit.MILLISECONDS);
            return frame == null ? null : Reply.parse(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether all that came before an answer to a ping has been read: returns the frame before it, if one is left. */
    public void expectNothingBeforePong() {
        send("{\"op\":\"ping\"}");
        JsonNode frame = next();
        if (!frame.path("kind").asText().equals("pong")) {
            throw new AssertionError("expected no frame, but there is " + frame);
        }
    }

    /** Stops reading, as a slow client does. */
    public void pause() {
        socket().pause();
    }

    /** Reads on. */
    public void resume() {
        socket().resume();
    }

    /** Completes with the close code. */
    public CompletableFuture<Short> closed() {
        return closed;
    }

    /** Drops the connection without a word. */
    @Override
    public void close() {
        socket().close();
    }
}
