package dev.callboard.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one topic that came in one turn of the event loop. What a server sends is not masked, so the same bytes, made
 * once, go to all clients, and all changes of a turn by one write: a client costs one system call however many there were.
 */
final class FeedTurn {
    private final List<FeedChange> changes = new ArrayList<>();
    private @Nullable ByteBuf frames;

    /** @param change the topic's next */
    void add(FeedChange change) {
        changes.add(change);
    }

    List<FeedChange> changes() {
        return changes;
    }

    /** Whether they are the next ones of who has a revision, without gaps. */
    boolean follows(long revision) {
        return changes.get(0).revision() == revision + 1 && last() == revision + changes.size();
    }

    /** The topic's revision after them. */
    long last() {
        return changes.get(changes.size() - 1).revision();
    }

    /**
     * The frames of all of them, for one client to be written. Outside the heap, so that a socket writes them from where they are;
     * nobody's to release, they end with the last client that has not written them yet.
     */
    ByteBuf frames() {
        ByteBuf all = frames;
        if (all == null) {
            all = Unpooled.wrappedBuffer(encode());
            frames = all;
        }
        return Unpooled.unreleasableBuffer(all.duplicate());
    }

    private ByteBuffer encode() {
        EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
        try {
            for (FeedChange change : changes) {
                encoder.writeOutbound(new TextWebSocketFrame(change.frame()));
            }
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
                all.writeBytes(part);
                part.release();
            }
            ByteBuffer bytes = ByteBuffer.allocateDirect(all.readableBytes());
            all.readBytes(bytes);
            return bytes.flip();
        } finally {
            encoder.finishAndReleaseAll();
        }
    }
}
