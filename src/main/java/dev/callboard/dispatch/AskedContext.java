package dev.callboard.dispatch;

import dev.callboard.palette.AnswererContext;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Library;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What code sees that answers the question of a stage: that attempt, but for what is the asking stage's alone, its settings, state,
 * ledger, checkpoint and progress.
 */
record AskedContext(StageContext asker, Map<String, Object> pluginSettings, Optional<Path> folder)
        implements AnswererContext {
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
    public AddressRules network() {
        return asker.network();
    }

    @Override
    public Outbound outbound() {
        return asker.outbound();
    }

    @Override
    public Instant now() {
        return asker.now();
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
