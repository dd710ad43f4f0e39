package dev.callboard.fork;

import dev.callboard.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as JSON in UTF-8 whose length is known before it is sent. A short one is written once and kept; a long one is
 * written to be measured and again to be sent, because it would not fit the heap beside the value that it says.
 */
final class WrittenJson {
    /** The longest that is kept. */
    private static final int SHORT = 64 * 1024;

    private final Map<String, ? extends @Nullable Object> value;
    private final Measured measured;

    private WrittenJson(Map<String, ? extends @Nullable Object> value, Measured measured) {
        this.value = value;
        this.measured = measured;
    }

    /** @param value must not change until it is sent */
    static WrittenJson of(Map<String, ? extends @Nullable Object> value) throws IOException {
        Measured measured = new Measured();
        Json.write(value, measured);
        return new WrittenJson(value, measured);
    }

    long length() {
        return measured.length;
    }

    /** Writes exactly as many bytes as its length, or fails. */
    void writeTo(OutputStream out) throws IOException {
        if (length() <= SHORT) {
            measured.kept.writeTo(out);
            return;
        }
        Counted counted = new Counted(out);
        Json.write(value, counted);
        if (counted.length != length()) {
            throw new IOException("a message changed while it was sent");
        }
    }

    /** Counts, and keeps the beginning. */
    private static final class Measured extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long length;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            length += count;
            if (length <= SHORT) {
                kept.write(bytes, offset, count);
            }
        }
    }

    /** Passes on and counts. */
    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long length;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            length++;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            length += count;
        }
    }
}
