package dev.callboard.feed;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

/** Puts the frames of a client together to messages, and ends the connection of one that sends a longer one. */
public final class FeedFrames implements Handler<WebSocketFrame> {
    /** The longest message. */
    public static final int MAX_BYTES = 4 << 10;

    private final int maxBytes;

    private static final short TOO_BIG = 1009;

    private final ServerWebSocket socket;
    private final Handler<String> texts;
    private final Handler<Buffer> bytes;
    private Buffer message = Buffer.buffer();
    private boolean text;
    private boolean over;

    /**
     * Names who listens.
     *
     * @param texts is given each text
     * @param bytes is given each binary message
     */
    public FeedFrames(ServerWebSocket socket, Handler<String> texts, Handler<Buffer> bytes) {
        this(socket, MAX_BYTES, texts, bytes);
    }

    /** With a limit of its own. */
    public FeedFrames(ServerWebSocket socket, int maxBytes, Handler<String> texts, Handler<Buffer> bytes) {
        this.maxBytes = maxBytes;
        this.socket = socket;
        this.texts = texts;
        this.bytes = bytes;
    }

    @Override
    public void handle(WebSocketFrame frame) {
        boolean begins = frame.isText() || frame.isBinary();
        if (over || (!begins && !frame.isContinuation())) {
            return;
        }
        if (begins) {
            message = Buffer.buffer();
            text = frame.isText();
        }
        message.appendBuffer(frame.binaryData());
        if (message.length() > maxBytes) {
            over = true;
            message = Buffer.buffer();
            socket.close(TOO_BIG, "a message has at most " + maxBytes + " bytes")
                    .onFailure(failure -> socket.close());
        } else if (frame.isFinal() && text) {
            texts.handle(message.toString());
        } else if (frame.isFinal()) {
            bytes.handle(message);
        }
    }
}
