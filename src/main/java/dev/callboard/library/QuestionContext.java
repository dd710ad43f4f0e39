package dev.callboard.library;

import dev.callboard.palette.AnswererContext;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Library;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What code that answers a question sees: a stage without a task.
 *
 * @param what the plugin and the question, for the log
 */
record QuestionContext(
        String what,
        String projectId,
        Map<String, Object> pluginSettings,
        AddressRules network,
        Outbound outbound,
        BlobStore blobs,
        Library library,
        Optional<Path> folder,
        Clock clock)
        implements AnswererContext {
    private static final Logger LOG = LoggerFactory.getLogger(QuestionContext.class);

    @Override
    public String taskId() {
        return "";
    }

    @Override
    public String stageName() {
        return "";
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        return "";
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void progress(long done, long total, @Nullable String message) {
        LOG.debug("{}: {} of {} {}", what, done, total, message);
    }

    @Override
    public void log(String line) {
        LOG.debug("{}: {}", what, line);
    }
}
