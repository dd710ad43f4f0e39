package dev.callboard.download;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A task for which the stage runs with a clock that only waiting moves; this machine may be reached at 127.0.0.1. */
final class TestContext implements StageContext {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final MemoryBlobs blobs = new MemoryBlobs();
    final List<String> lines = new ArrayList<>();
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    final Map<String, Object> ledger = new HashMap<>();
    final Map<String, Object> settings = new HashMap<>();
    final Map<String, Object> operator = new HashMap<>(Map.of("allow", List.of("127.0.0.1/32")));
    final Map<String, Object> state = new HashMap<>();
    final List<Map<String, Object>> inputs = new ArrayList<>();
    Optional<Instant> deadline = Optional.empty();
    volatile boolean cancelled;
    volatile Instant now = START;

    TestContext with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    TestContext operator(String setting, Object value) {
        operator.put(setting, value);
        return this;
    }

    Map<?, ?> run() throws Exception {
        return run(inputs);
    }

    Map<?, ?> run(Object input) throws Exception {
        DownloadStage stage = new DownloadStage(InetAddress::getAllByName, () -> now, this::pause);
        return (Map<?, ?>) stage.execute(this, input);
    }

    void pause(Duration time) {
        waits.add(time);
        now = now.plus(time);
    }

    /** Runs it with one address and gives the one file. */
    Map<?, ?> file(String url) throws Exception {
        return files(with("urls", List.of(url)).run()).get(0);
    }

    /** Runs it with one address, which must fail, and gives the one error. */
    Map<?, ?> error(String url) throws Exception {
        Map<?, ?> output =
                with("urls", List.of(url)).with("on_error", "continue").run();
        if (!files(output).isEmpty() || blobs.count() > 0) {
            throw new AssertionError("a file was kept: " + output);
        }
        return maps(output.get("errors")).get(0);
    }

    StageFailure failure() throws Exception {
        try {
            throw new AssertionError("nothing failed: " + run());
        } catch (StageFailure failure) {
            return failure;
        }
    }

    String text(Map<?, ?> file) throws Exception {
        return new String(blobs.open((String) file.get("blob")).readAllBytes(), StandardCharsets.UTF_8);
    }

    static List<Map<?, ?>> files(Map<?, ?> output) {
        return maps(output.get("files"));
    }

    @SuppressWarnings("unchecked")
    static List<Map<?, ?>> maps(Object value) {
        return (List<Map<?, ?>>) value;
    }

    @Override
    public String taskId() {
        return "task-1";
    }

    @Override
    public String stageName() {
        return "download";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return List.copyOf(inputs);
    }

    @Override
    public Map<String, Object> state() {
        return state;
    }

    @Override
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public Map<String, Object> pluginSettings() {
        return operator;
    }

    @Override
    public Map<String, Object> ledger() {
        return Map.of();
    }

    @Override
    public void writeLedger(String key, Object value) {
        ledger.put(key, value);
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
        return deadline;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void progress(long done, long total, String message) {
        if (done > total) {
            throw new IllegalStateException("progress " + done + " of " + total);
        }
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }
}
