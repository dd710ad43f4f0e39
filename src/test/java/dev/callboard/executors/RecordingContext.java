package dev.callboard.executors;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a stage sees, and what it said. */
final class RecordingContext implements StageContext {
    final List<String> lines = new CopyOnWriteArrayList<>();
    volatile boolean cancelled;

    @Override
    public String taskId() {
        return "task-1";
    }

    @Override
    public String stageName() {
        return "Research";
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
        return Map.of();
    }

    @Override
    public Map<String, Object> ledger() {
        return Map.of();
    }

    @Override
    public void writeLedger(String key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        return "execution-1";
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
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
        throw new UnsupportedOperationException();
    }
}
