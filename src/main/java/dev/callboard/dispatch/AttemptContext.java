package dev.callboard.dispatch;

import dev.callboard.engine.StageJob;
import dev.callboard.palette.Usage;
import dev.callboard.palette.UsageReporting;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Library;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.taskmodel.ExecutionView.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one attempt's stage sees: beside what it reads, what it keeps and says, and what it is told. */
final class AttemptContext extends AttemptReading {
    private static final int MAX_MESSAGE = 300;

    private final StageKeeping.OfAttempt keeping;
    private final StageQuestions questions;
    private final Mask mask;
    private final AttemptLog log;

    private final LedgerWrites ledgerWrites;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private volatile @Nullable Progress progress;
    private volatile @Nullable UsageReporting reporter;

    AttemptContext(
            StageJob job,
            Map<String, @Nullable Object> settings,
            Map<String, Object> pluginSettings,
            StageNetwork network,
            BlobStore blobs,
            StageKeeping.OfAttempt keeping,
            StageQuestions questions,
            Mask mask,
            AttemptLog log,
            Instant deadline,
            Clock clock) {
        super(job, settings, pluginSettings, network, blobs, deadline, clock);
        this.keeping = keeping;
        this.questions = questions;
        this.mask = mask;
        this.ledgerWrites = new LedgerWrites(job.ledger(), mask);
        this.log = log;
    }

    void cancel() {
        cancelled.complete(null);
    }

    @Nullable
    Progress lastProgress() {
        return progress;
    }

    /** Names the stage that runs with it. */
    void runs(Stage stage) {
        reporter = stage instanceof UsageReporting reporting ? reporting : null;
    }

    /** What the stage used so far, if it says. */
    Optional<Usage> usage() {
        UsageReporting stage = reporter;
        return stage == null ? Optional.empty() : stage.usage();
    }

    /** Takes the stage's secrets out of what it says. */
    Mask mask() {
        return mask;
    }

    @Override
    public void writeLedger(String key, Object value) {
        ledgerWrites.put(key, value);
    }

    /** What is stored with the outcome: key to JSON text. */
    Map<String, String> ledgerWrites() {
        return ledgerWrites.all();
    }

    @Override
    public boolean cancelled() {
        return cancelled.isDone();
    }

    @Override
    public void progress(long done, long total, @Nullable String said) {
        String message = said == null ? null : mask.text(said);
        progress = new Progress(
                Math.max(0, done),
                Math.max(0, total),
                message != null && message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message);
    }

    @Override
    public void log(String line) {
        log.info(String.valueOf(line));
    }

    @Override
    public Map<String, Object> checkpoint() {
        try {
            return StageInputs.unmodifiable(keeping.checkpoint());
        } catch (IOException e) {
            throw new UncheckedIOException("the stage's checkpoint cannot be read", e);
        }
    }

    @Override
    public void keepCheckpoint(Map<String, Object> checkpoint) throws IOException {
        keeping.keepCheckpoint(checkpoint);
    }

    @Override
    public Library library() {
        return keeping.library(log::info);
    }

    @Override
    public Optional<Path> folder() {
        return keeping.folder();
    }

    @Override
    public Optional<Map<String, Object>> ask(String question, Map<String, Object> arguments)
            throws StageFailure, InterruptedException {
        return questions.ask(this, cancelled, question, arguments);
    }

    /** The stage has put out what it had to. */
    void completed() {
        keeping.completed();
    }
}
