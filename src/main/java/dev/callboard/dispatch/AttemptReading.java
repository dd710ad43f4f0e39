package dev.callboard.dispatch;

import dev.callboard.engine.JsonBlobs;
import dev.callboard.engine.StageJob;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.taskmodel.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one attempt's stage reads: what it is given, and which attempt it is. */
abstract class AttemptReading implements StageContext {
    private final StageJob job;
    private final Map<String, Object> settings;
    private final Map<String, Object> pluginSettings;
    private final AddressRules network;
    private final Outbound outbound;
    private final BlobStore blobs;
    private final StageInputs inputs;
    private final Instant deadline;
    private final Clock clock;

    AttemptReading(
            StageJob job,
            Map<String, @Nullable Object> settings,
            Map<String, Object> pluginSettings,
            StageNetwork network,
            BlobStore blobs,
            Instant deadline,
            Clock clock) {
        this.job = job;
        this.settings = StageInputs.unmodifiable(settings);
        this.pluginSettings = pluginSettings;
        this.network = network.rules().get();
        this.outbound = network.outbound();
        this.blobs = blobs;
        this.inputs = new StageInputs(job, new JsonBlobs(blobs));
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
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public String projectId() {
        return job.projectId();
    }
}
