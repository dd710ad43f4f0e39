package dev.callboard.spi.testing;

import dev.callboard.spi.Forms;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The stage's side of a {@link RecordingStageContext}: gives it what the test set, and keeps what it writes and reports. */
abstract class GivenContext implements StageContext {
    final MemoryBlobStore blobs = new MemoryBlobStore();
    final MemoryLibrary library = new MemoryLibrary();
    final RecordedValues checkpoint = new RecordedValues();
    final List<Map<String, Object>> inputs = new CopyOnWriteArrayList<>();
    final RecordedValues state = new RecordedValues();
    final RecordedValues settings = new RecordedValues();
    final RecordedValues pluginSettings = new RecordedValues();
    final RecordedValues ledger = new RecordedValues();
    final RecordedValues memory = new RecordedValues();
    final RecordedValues written = new RecordedValues();
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<RecordingStageContext.Progress> reports = new CopyOnWriteArrayList<>();
    final Map<String, Stage> answerers = new ConcurrentHashMap<>();
    volatile AddressRules network = AddressRules.PUBLIC;
    volatile Outbound outbound = Outbound.DIRECT;
    volatile int attempt = 1;
    volatile Instant now = RecordingStageContext.START;
    volatile Optional<Instant> deadline = Optional.empty();
    volatile boolean cancelled;
    volatile String projectId = "";
    volatile Optional<Path> folder = Optional.empty();

    @Override
    public String taskId() {
        return "task-1";
    }

    @Override
    public String stageName() {
        return "stage";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return Collections.unmodifiableList(new ArrayList<>(inputs));
    }

    @Override
    public Map<String, Object> state() {
        return state.copy();
    }

    @Override
    public Map<String, Object> settings() {
        return settings.copy();
    }

    @Override
    public Map<String, Object> pluginSettings() {
        return pluginSettings.copy();
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
        return ledger.copy();
    }

    @Override
    public Map<String, Object> memory() {
        return memory.copy();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void writeLedger(String key, Object value) {
        if (!Forms.LEDGER_KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("ledger key '" + key + "' does not match " + Forms.LEDGER_KEY);
        }
        written.put(key, value);
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String idempotencyKey() {
        return "execution-" + attempt;
    }

    @Override
    public Optional<Instant> deadline() {
        return deadline;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void progress(long done, long total, String message) {
        if (done < 0 || total < 0 || (total > 0 && done > total)) {
            throw new IllegalArgumentException("progress " + done + " of " + total);
        }
        reports.add(new RecordingStageContext.Progress(done, total, message));
    }

    @Override
    public void log(String line) {
        lines.add(String.valueOf(line));
    }

    @Override
    public MemoryBlobStore blobs() {
        return blobs;
    }

    @Override
    public String projectId() {
        return projectId;
    }

    @Override
    public Map<String, Object> checkpoint() {
        return checkpoint.copy();
    }

    @Override
    public void keepCheckpoint(Map<String, Object> kept) {
        checkpoint.replace(kept);
    }

    @Override
    public MemoryLibrary library() {
        return library;
    }

    @Override
    public Optional<Path> folder() {
        return folder;
    }

    /** Failures that a server would make retryable ones, such as those of a wrong answer, stay what they are. */
    @Override
    @SuppressWarnings("unchecked")
    public Optional<Map<String, Object>> ask(String question, Map<String, Object> arguments)
            throws IOException, StageFailure, InterruptedException {
        Stage answerer = answerers.get(question);
        if (answerer == null) {
            return Optional.empty();
        }
        try {
            return Optional.of((Map<String, Object>) answerer.execute(this, arguments));
        } catch (IOException | StageFailure | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("what answers '" + question + "' failed", e);
        }
    }
}
