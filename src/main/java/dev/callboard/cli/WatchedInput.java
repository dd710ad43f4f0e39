package dev.callboard.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers that its source failed: who sends it elsewhere sees only that sending failed. */
final class WatchedInput extends FilterInputStream {
    private volatile @Nullable IOException fault;

    WatchedInput(InputStream source) {
        super(source);
    }

    /** Why the source could not be read; nothing when it could. */
    Optional<IOException> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            fault = e;
            throw e;
        }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            return super.read(bytes, from, length);
        } catch (IOException e) {
            fault = e;
            throw e;
        }
    }
}
