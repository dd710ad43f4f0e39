package org.example.text;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageContext;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A context that a test fills. */
final class FakeContext implements StageContext {
    final Map<String, Object> settings = new HashMap<>();
    final Map<String, Object> ledger = new HashMap<>();
    final Map<String, Object> written = new HashMap<>();
    final Map<String, byte[]> bytes = new HashMap<>();
    final List<String> lines = new ArrayList<>();
    boolean cancelled;
    Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public String taskId() {
        return "task";
    }

    @Override
    public String stageName() {
        return "stage";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return List.of();
    }

    @Override
    public Map<String, Object> state() {
        return Map.of();
    }

    @Override
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public Map<String, Object> ledger() {
        return ledger;
    }

    @Override
    public void writeLedger(String key, Object value) {
        written.put(key, value);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        return "execution";
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void progress(long done, long total, String message) {}

    @Override
    public void log(String line) {
        lines.add(line);
    }

    @Override
    public BlobStore blobs() {
        return new BlobStore() {
            @Override
            public InputStream open(String sha256) throws IOException {
                if (!bytes.containsKey(sha256)) {
                    throw new FileNotFoundException(sha256);
                }
                return new ByteArrayInputStream(bytes.get(sha256));
            }

            @Override
            public long size(String sha256) {
                return bytes.containsKey(sha256) ? bytes.get(sha256).length : -1;
            }

            @Override
            public String put(InputStream stream) {
                throw new UnsupportedOperationException("these stages store nothing");
            }
        };
    }
}
