package dev.callboard.execution;

import dev.callboard.execution.ExecutionMessages.OutputReply;
import dev.callboard.json.Json;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.model.ExecutionView.Progress;
import dev.callboard.model.Usage;
import dev.callboard.model.UsageReporting;
import dev.callboard.model.Wait;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Forms;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final BlobStore blobs;
    private final JsonBlobs values;
    private final Mask mask;
    private final AttemptLog log;
    private final Instant deadline;
    private final Clock clock;
    private final Map<String, String> ledgerWrites = new HashMap<>();
    private int newLedgerKeys;
    private @Nullable Map<String, Object> state;
    private volatile boolean cancelled;
    private volatile @Nullable Progress progress;
    private volatile @Nullable UsageReporting reporter;

    AttemptContext(
            StageJob job,
            Map<String, @Nullable Object> settings,
            Map<String, Object> pluginSettings,
            AddressRules network,
            BlobStore blobs,
            Mask mask,
            AttemptLog log,
            Instant deadline,
            Clock clock) {
        this.job = job;
        this.settings = unmodifiable(settings);
        this.pluginSettings = pluginSettings;
        this.network = network;
        this.blobs = blobs;
        this.values = new JsonBlobs(blobs);
        this.mask = mask;
        this.log = log;
        this.deadline = deadline;
        this.clock = clock;
    }

    /** A map as the SPI hands it out; a null member is one of JSON's. */
    @SuppressWarnings({"NullAway", "unchecked"})
    private static Map<String, Object> unmodifiable(Map<String, @Nullable Object> map) {
        return Collections.unmodifiableMap((Map<String, Object>) (Map<?, ?>) new LinkedHashMap<>(map));
    }

    /**
     * The input of the stage, as the SPI says: of a first stage, behind one stage, behind several; of a stage that says what feeds
     * its ports the value of its one port, or port to value.
     *
     * @param taskInput the task's input, as such a stage takes it
     * @throws StageFailure {@code input_missing} when nothing feeds a port
     */
    @Nullable
    Object stageInput(@Nullable Object taskInput) throws IOException, StageFailure {
        if (!job.wires().isEmpty()) {
            Map<String, @Nullable Object> fed = new LinkedHashMap<>();
            for (Wire wire : job.wires()) {
                fed.put(wire.port(), fed(wire, taskInput));
            }
            return single(fed);
        }
        if (job.previous().isEmpty()) {
            return taskInput;
        }
        return single(load(job.previous()));
    }

    private static @Nullable Object single(Map<String, @Nullable Object> values) {
        return values.size() == 1 ? values.values().iterator().next() : Collections.unmodifiableMap(values);
    }

    private @Nullable Object fed(Wire wire, @Nullable Object taskInput) throws IOException, StageFailure {
        if (wire instanceof Wire.FromSource) {
            return taskInput;
        }
        if (!(wire instanceof Wire.FromStage from) || from.output() == null) {
            String why = wire instanceof Wire.Lacking lacking ? lacking.reason() : "what feeds it has no output";
            throw StageFailure.permanent(
                    "input_missing", "The stage has nothing for its input '" + wire.port() + "': " + why + ".");
        }
        Object output = values.load(from.output().json(), from.output().blob());
        String member = from.member();
        if (member == null) {
            return output;
        }
        if (!(output instanceof Map<?, ?> members) || !members.containsKey(member)) {
            throw StageFailure.permanent(
                    "input_missing",
                    "The stage has nothing for its input '" + wire.port() + "': '" + from.name() + "' put out no '"
                            + member + "'.");
        }
        return members.get(member);
    }

    private Map<String, @Nullable Object> load(Map<String, OutputReply> stored) throws IOException {
        Map<String, @Nullable Object> loaded = new LinkedHashMap<>();
        for (Map.Entry<String, OutputReply> entry : stored.entrySet()) {
            loaded.put(
                    entry.getKey(),
                    values.load(entry.getValue().json(), entry.getValue().blob()));
        }
        return loaded;
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

    synchronized Map<String, String> ledgerWrites() {
        return Map.copyOf(ledgerWrites);
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
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (Object item : job.input()) {
            Map<String, @Nullable Object> input = new LinkedHashMap<>();
            ((Map<?, ?>) item).forEach((key, value) -> input.put(String.valueOf(key), value));
            inputs.add(unmodifiable(input));
        }
        return Collections.unmodifiableList(inputs);
    }

    @Override
    public synchronized Map<String, Object> state() {
        if (state == null) {
            try {
                state = unmodifiable(load(job.state()));
            } catch (IOException e) {
                throw new UncheckedIOException("the task's state cannot be read", e);
            }
        }
        return state;
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
    public Map<String, Object> ledger() {
        return unmodifiable(job.ledger());
    }

    @Override
    public Map<String, Object> memory() {
        Wait wait = job.waited();
        return wait == null ? Map.of() : unmodifiable(wait.memory());
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public synchronized void writeLedger(String key, Object value) {
        if (!Forms.LEDGER_KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("ledger key '" + key + "' does not match " + Forms.LEDGER_KEY);
        }
        boolean isNew = !job.ledger().containsKey(key) && !ledgerWrites.containsKey(key);
        if (isNew && job.ledger().size() + newLedgerKeys >= Ledger.MAX_KEYS) {
            throw new IllegalArgumentException("ledger key '" + key + "' would be one too many: a ledger has at most "
                    + Ledger.MAX_KEYS + " keys");
        }
        try {
            ledgerWrites.put(key, Json.write(mask.value(JsonShape.copy(value, Ledger.MAX_VALUE))));
            newLedgerKeys += isNew ? 1 : 0;
        } catch (WrongShapeException e) {
            throw new IllegalArgumentException("ledger value of '" + key + "': " + e.getMessage(), e);
        }
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
}
