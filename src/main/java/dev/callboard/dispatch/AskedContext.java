package dev.callboard.dispatch;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Library;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What code sees that answers the question of a stage: that attempt, but for what is the asking stage's alone, its settings, state,
 * ledger, checkpoint and progress.
 */
record AskedContext(StageContext asker, Map<String, Object> pluginSettings, Optional<Path> folder)
        implements StageContext {
    @Override
    public String taskId() {
        return asker.taskId();
    }

    @Override
    public String projectId() {
        return asker.projectId();
    }

    @Override
    public String stageName() {
        return asker.stageName();
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
    public AddressRules network() {
        return asker.network();
    }

    @Override
    public Outbound outbound() {
        return asker.outbound();
    }

    @Override
    public Map<String, Object> ledger() {
        return Map.of();
    }

    @Override
    public Instant now() {
        return asker.now();
    }

    @Override
    public void writeLedger(String key, Object value) {
        throw new IllegalArgumentException("a question has no ledger");
    }

    @Override
    public int attempt() {
        return asker.attempt();
    }

    @Override
    public String idempotencyKey() {
        return asker.idempotencyKey();
    }

    @Override
    public String retryKey() {
        return asker.retryKey();
    }

    @Override
    public Optional<Instant> deadline() {
        return asker.deadline();
    }

    @Override
    public boolean cancelled() {
        return asker.cancelled();
    }

    /** Not shown: only the asking stage knows how far the whole is. */
    @Override
    public void progress(long done, long total, @Nullable String message) {}

    @Override
    public void log(String line) {
        asker.log(line);
    }

    @Override
    public BlobStore blobs() {
        return asker.blobs();
    }

    @Override
    public Library library() {
        return asker.library();
    }
}
