package dev.callboard.documents.search;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Library;
import dev.callboard.spi.StageContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A context that prints the progress, a line each, so that another process knows where this one is. */
record Talking(StageContext context) implements StageContext {
    @Override
    public void progress(long done, long total, String message) {
        System.out.println(done + " of " + total + " " + message);
    }

    @Override
    public String taskId() {
        return context.taskId();
    }

    @Override
    public String stageName() {
        return context.stageName();
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return context.inputs();
    }

    @Override
    public Map<String, Object> state() {
        return context.state();
    }

    @Override
    public Map<String, Object> settings() {
        return context.settings();
    }

    @Override
    public Map<String, Object> ledger() {
        return context.ledger();
    }

    @Override
    public void writeLedger(String key, Object value) {
        context.writeLedger(key, value);
    }

    @Override
    public int attempt() {
        return context.attempt();
    }

    @Override
    public String idempotencyKey() {
        return context.idempotencyKey();
    }

    @Override
    public Optional<Instant> deadline() {
        return context.deadline();
    }

    @Override
    public boolean cancelled() {
        return context.cancelled();
    }

    @Override
    public void log(String line) {
        context.log(line);
    }

    @Override
    public BlobStore blobs() {
        return context.blobs();
    }

    @Override
    public Library library() {
        return context.library();
    }

    @Override
    public Optional<Path> folder() {
        return context.folder();
    }
}
