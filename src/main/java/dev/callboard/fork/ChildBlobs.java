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

    private final class Opened extends PieceStream {
        private final long stream;

        private Opened(long stream) {
            this.stream = stream;
        }

        @Override
        byte[] next() throws IOException {
            return calls.ask(run, "blob_read", Map.of("stream", stream)).body();
        }

        @Override
        public void close() throws IOException {
            if (end()) {
                calls.ask(run, "blob_close", Map.of("stream", stream));
            }
        }
    }
}
