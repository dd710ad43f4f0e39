package dev.callboard.fork;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Bytes that come from the other process in pieces; each is asked for when it is needed, so none piles up here. */
abstract class PieceStream extends InputStream {
    private byte[] piece = {};
    private int at;
    private boolean over;

    /** Asks for the next piece, and waits for it; an empty one is the end. */
    abstract byte[] next() throws IOException;

    private boolean more() throws IOException {
        if (at == piece.length && !over) {
            piece = next();
            at = 0;
            over = piece.length == 0;
        }
        return !over;
    }

    /** Takes nothing more; false when it was over before. */
    final boolean end() {
        boolean before = over;
        over = true;
        at = piece.length;
        return !before;
    }

    @Override
    public final int read() throws IOException {
        return more() ? piece[at++] & 0xFF : -1;
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
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

    @Override
    public final int available() {
        return piece.length - at;
    }
}
