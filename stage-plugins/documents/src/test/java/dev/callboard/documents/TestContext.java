package dev.callboard.documents;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageRegistration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task with inputs, on which the plugin's stages run one after the other as the engine would run them. */
final class TestContext implements StageContext {
    final MemoryBlobs blobs = new MemoryBlobs();
    final List<String> lines = new ArrayList<>();
    final Map<String, Object> written = new HashMap<>();
    final Map<String, Object> settings = new HashMap<>();
    final Map<String, Object> state = new HashMap<>();
    boolean cancelled;
    private final List<Map<String, Object>> inputs = new ArrayList<>();

    TestContext file(String name, byte[] bytes) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("blob", blobs.put(bytes));
        input.put("size", (long) bytes.length);
        input.put("media_type", "application/octet-stream");
        input.put("name", name);
        inputs.add(input);
        return this;
    }

    TestContext file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestContext address(String url) {
        inputs.add(Map.of("url", url, "name", "page"));
        return this;
    }

    TestContext with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    /** Runs stages in order; the first has the task's input, each other the output of the one before. */
    Object run(String... stages) throws Exception {
        Object output = inputs();
        for (String stage : stages) {
            output = stage(stage).execute(this, output);
        }
        return output;
    }

    Object runOn(Object input, String... stages) throws Exception {
        Object output = input;
        for (String stage : stages) {
            output = stage(stage).execute(this, output);
        }
        return output;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> document() throws Exception {
        return (Map<String, Object>) run("ingest", "parse", "ir-validation");
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    static Stage stage(String type) {
        for (StageRegistration registration : new DocumentsPlugin().stages()) {
            if (registration.metadata().stageType().equals(type)) {
                return registration.factory().get();
            }
        }
        throw new IllegalArgumentException("no stage " + type);
    }

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
    public Map<String, Object> ledger() {
        return Map.of();
    }

    @Override
    public void writeLedger(String key, Object value) {
        written.put(key, value);
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
        return Optional.empty();
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
