package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bytes that a child gives to the blob store. */
final class PulledStream extends PieceStream {
    private final Wire wire;
    private final long id;
    private final BlockingQueue<Optional<Frame>> pieces = new LinkedBlockingQueue<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    PulledStream(Wire wire, long id) {
        this.wire = wire;
        this.id = id;
    }

    /** Takes a piece; one that was not asked for is dropped. */
    void deliver(Frame frame) {
        if (asked.compareAndSet(true, false)) {
            pieces.add(Optional.of(frame));
        }
    }

    /** Nothing more comes. */
    void abandon() {
        asked.set(false);
        pieces.add(Optional.empty());
    }

    @Override
    byte[] next() throws IOException {
        asked.set(true);
        wire.send(Map.of("op", "pull", "id", id));
        try {
            Frame frame = pieces.take().orElseThrow(() -> new IOException("the stage has ended"));
            if (frame.head().containsKey("broken")) {
                throw new IOException(frame.text("broken"));
            }
            return frame.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is stopping", e);
        }
    }
}
