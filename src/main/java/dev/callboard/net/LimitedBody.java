package dev.callboard.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Breaks off what is longer than it may be. */
final class LimitedBody extends FilterInputStream {
    private final long most;
    private long left;

    LimitedBody(InputStream in, long most) {
        super(in);
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) throws OutboundException {
        left -= bytes;
        if (left < 0) {
            throw OutboundException.lasting("too_large", "The answer is longer than " + most + " bytes.");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
