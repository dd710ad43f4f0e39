package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bytes that a child gives to the blob store: each piece is asked for when it is needed, so none piles up here. */
final class PulledStream extends InputStream {
    private final Wire wire;
    private final long id;
    private final BlockingQueue<Optional<Frame>> pieces = new ArrayBlockingQueue<>(2);
    private final AtomicBoolean asked = new AtomicBoolean();
    private byte[] piece = {};
    private int at;
    private boolean over;

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
        if (!pieces.offer(Optional.empty())) {
            asked.set(false); // A piece and an end wait already.
        }
    }

    private boolean more() throws IOException {
        if (at < piece.length) {
            return true;
        }
        if (over) {
            return false;
        }
        asked.set(true);
        wire.send(Map.of("op", "pull", "id", id));
        try {
            Frame frame = pieces.take().orElseThrow(() -> new IOException("the stage has ended"));
            if (frame.head().containsKey("broken")) {
                throw new IOException(frame.text("broken"));
            }
            piece = frame.body();
            at = 0;
            over = piece.length == 0;
            return !over;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is stopping", e);
        }
    }

    @Override
    public int read() throws IOException {
        return more() ? piece[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int taken = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, taken);
        at += taken;
        return taken;
    }
}
