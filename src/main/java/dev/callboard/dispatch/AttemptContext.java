package dev.callboard.dispatch;

import dev.callboard.engine.JsonBlobs;
import dev.callboard.engine.StageJob;
import dev.callboard.palette.Usage;
import dev.callboard.palette.UsageReporting;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Library;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.taskmodel.ExecutionView.Progress;
import dev.callboard.taskmodel.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one attempt's stage sees. */
final class AttemptContext implements StageContext {
    private static final int MAX_MESSAGE = 300;

    private final StageJob job;
    private final Map<String, Object> settings;
    private final Map<String, Object> pluginSettings;
    private final AddressRules network;
    private final Outbound outbound;
    private final BlobStore blobs;
    private final StageKeeping.OfAttempt keeping;
    private final StageQuestions questions;
    private final StageInputs inputs;
    private final Mask mask;
    private final AttemptLog log;
    private final Instant deadline;
    private final Clock clock;

    private final LedgerWrites ledgerWrites;
    private volatile boolean cancelled;
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
        this.job = job;
        this.settings = StageInputs.unmodifiable(settings);
        this.pluginSettings = pluginSettings;
        this.network = network.rules().get();
        this.outbound = network.outbound();
        this.blobs = blobs;
        this.keeping = keeping;
        this.questions = questions;
        this.inputs = new StageInputs(job, new JsonBlobs(blobs));
        this.mask = mask;
        this.ledgerWrites = new LedgerWrites(job.ledger(), mask);
        this.log = log;
        this.deadline = deadline;
        this.clock = clock;
    }

    /**
     * The input of the stage, see {@link StageInputs#stageInput}.
     *
     * @param taskInput the task's input, as such a stage takes it
     */
    @Nullable
    Object stageInput(@Nullable Object taskInput) throws IOException, StageFailure {
        return inputs.stageInput(taskInput);
    }

    void cancel() {
        cancelled = true;
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
    public String taskId() {
        return job.attempt().taskId();
    }

    @Override
    public String stageName() {
        return job.template().name();
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return inputs.ofTask();
    }

    @Override
    public Map<String, Object> state() {
        try {
            return inputs.state();
        } catch (IOException e) {
            throw new UncheckedIOException("the task's state cannot be read", e);
        }
    }

    @Override
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public Map<String, Object> pluginSettings() {
        return pluginSettings;
    }

    @Override
    public AddressRules network() {
        return network;
    }

    @Override
    public Outbound outbound() {
        return outbound;
    }

    @Override
    public Map<String, Object> ledger() {
        return StageInputs.unmodifiable(job.ledger());
    }

    @Override
    public Map<String, Object> memory() {
        Wait wait = job.waited();
        return wait == null ? Map.of() : StageInputs.unmodifiable(wait.memory());
    }

    @Override
    public Instant now() {
        return clock.instant();
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
    public int attempt() {
        return job.attempt().number();
    }

    @Override
    public String idempotencyKey() {
        return job.attempt().id();
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(deadline);
    }

    /** Attempts are counted for each stage of a task, and tries since a person started it. */
    @Override
    public String retryKey() {
        int first = attempt() - job.attempt().turn().tries() + 1;
        String family = taskId() + "/" + job.attempt().templateId() + "/" + first;
        return UUID.nameUUIDFromBytes(family.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public boolean cancelled() {
        return cancelled;
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
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public String projectId() {
        return job.projectId();
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
        return questions.ask(this, question, arguments);
    }

    /** The stage has put out what it had to. */
    void completed() {
        keeping.completed();
    }
}
