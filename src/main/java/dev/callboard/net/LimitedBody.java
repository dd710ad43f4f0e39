package dev.callboard.net;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

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
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        } catch (ZipException | EOFException e) {
            throw OutboundException.lasting("bad_answer", "The answer cannot be unpacked: it is not whole gzip.");
        }
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
