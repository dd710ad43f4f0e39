package dev.callboard.fork;

import dev.callboard.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** The server's blobs, as a stage in another process sees them: that process touches no file of the store. */
final class ChildBlobs implements BlobStore {
    private final ChildCalls calls;
    private final long run;

    ChildBlobs(ChildCalls calls, long run) {
        this.calls = calls;
        this.run = run;
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return new Opened(calls.ask(run, "blob_open", Map.of("sha256", sha256)).number("value"));
    }

    @Override
    public long size(String sha256) throws IOException {
        return calls.ask(run, "blob_size", Map.of("sha256", sha256)).number("value");
    }

    @Override
    public String put(InputStream bytes) throws IOException {
        return calls.put(run, Objects.requireNonNull(bytes, "bytes is null")).text("value");
    }

    private final class Opened extends InputStream {
        private final long stream;
        private byte[] piece = {};
        private int at;
        private boolean over;

        private Opened(long stream) {
            this.stream = stream;
        }

        private boolean more() throws IOException {
            if (at == piece.length && !over) {
                piece = calls.ask(run, "blob_read", Map.of("stream", stream)).body();
                at = 0;
                over = piece.length == 0;
            }
            return !over;
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

        @Override
        public int available() {
            return piece.length - at;
        }

        @Override
        public void close() throws IOException {
            if (!over) {
                over = true;
                at = piece.length;
                calls.ask(run, "blob_close", Map.of("stream", stream));
            }
        }
    }
}
