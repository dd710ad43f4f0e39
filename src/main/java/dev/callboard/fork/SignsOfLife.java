package dev.callboard.fork;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** What a process sends, and when it last sent anything. */
final class SignsOfLife extends FilterInputStream {
    private volatile long last = System.nanoTime();
    private volatile boolean spoke;

    SignsOfLife(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        last = System.nanoTime();
        spoke = true;
        return read;
    }

    /** Whether it has sent anything yet. */
    boolean spoke() {
        return spoke;
    }

    /** Since its last sign, or its start; {@code now} is of {@link System#nanoTime}. */
    Duration silentFor(long now) {
        return Duration.ofNanos(now - last);
    }
}
