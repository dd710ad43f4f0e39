package dev.callboard.plugins;

import dev.callboard.palette.StageCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** The code of one loaded jar, with a count of those who hold it: it is closed only when there are none. */
final class PluginCodeCache implements StageCode {
    private static final int CLOSED = -1;

    private final Closeable code;
    private final AtomicInteger holds = new AtomicInteger();

    /** Takes over what is closed in the end: a class loader or processes, and the copy of the jar. */
    PluginCodeCache(Closeable code) {
        this.code = code;
    }

    @Override
    public boolean hold() {
        return holds.updateAndGet(count -> count == CLOSED ? CLOSED : count + 1) != CLOSED;
    }

    @Override
    public void release() {
        if (holds.decrementAndGet() < 0) {
            throw new IllegalStateException("released more often than held");
        }
    }

    /** Closes it, unless somebody holds it: false then. Blocks. */
    boolean closeIfUnused() throws IOException {
        if (!holds.compareAndSet(0, CLOSED)) {
            return false;
        }
        code.close();
        return true;
    }
}
