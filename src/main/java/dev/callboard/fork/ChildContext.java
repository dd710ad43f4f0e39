package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Library;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.time.SteadyClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stage in another process sees: most came with the frame that started it, the rest is asked for. */
final class ChildContext implements StageContext {
    /** Longer ones are cut, as the server's log cuts them. */
    private static final int MAX_LOG = 100_000;

    private final Frame frame;
    private final Wire wire;
    private final ChildCalls calls;
    private final long run;
    private final Clock clock;
    private @Nullable Map<String, Object> state;
    private volatile boolean cancelled;

    ChildContext(Frame frame, Wire wire, ChildCalls calls) {
        this.frame = frame;
        this.wire = wire;
        this.calls = calls;
        this.run = frame.number("run");
        this.clock = new SteadyClock(Clock.systemUTC(), System::nanoTime, Instant.parse(frame.text("now")));
    }

    void cancel() {
        cancelled = true;
    }

    /** Values are handed out as the server does: they cannot be changed. A null member is one of JSON's. */
    @SuppressWarnings({"NullAway", "unchecked"})
    static <T> T frozen(@Nullable Object value) {
        try {
            return (T) JsonShape.copy(value, Long.MAX_VALUE);
        } catch (WrongShapeException e) {
            throw new IllegalStateException("the server sent what is not JSON", e);
        }
    }

    private Map<String, Object> map(String name) {
        return frozen(frame.head().get(name));
    }

    @Nullable
    Object input() {
        return frozen(frame.head().get("input"));
    }

    List<String> stateKeys() {
        return frozen(frame.head().get("state_keys"));
    }

    @Override
    public String taskId() {
        return frame.text("task_id");
    }

    @Override
    public String stageName() {
        return frame.text("stage_name");
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return frozen(frame.head().get("inputs"));
    }

    /** May be large and is seldom read: fetched when first read. */
    @Override
    public synchronized Map<String, Object> state() {
        if (state == null) {
            try {
                state = frozen(calls.ask(run, "state", Map.of()).head().get("value"));
            } catch (IOException e) {
                throw new UncheckedIOException("the task's state cannot be read", e);
            }
        }
        return state;
    }

    @Override
    public Map<String, Object> settings() {
        return map("settings");
    }

    @Override
    public Map<String, Object> pluginSettings() {
        return map("plugin_settings");
    }

    @Override
    public AddressRules network() {
        return WireRules.of(map("network"));
    }

    @Override
    public Outbound outbound() {
        return WireOutbound.of(map("outbound"));
    }

    @Override
    public Map<String, Object> ledger() {
        return map("ledger");
    }

    @Override
    public Map<String, Object> memory() {
        return map("memory");
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void writeLedger(String key, Object value) {
        try {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("value", JsonShape.copy(value, JsonShape.MAX_TEXT));
            calls.ask(run, "ledger", entry);
        } catch (WrongShapeException e) {
            throw new IllegalArgumentException("ledger value of '" + key + "': " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written", e);
        }
    }

    @Override
    public int attempt() {
        return (int) frame.number("attempt");
    }

    @Override
    public String idempotencyKey() {
        return frame.text("idempotency_key");
    }

    @Override
    public String retryKey() {
        return frame.text("retry_key");
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(frame.text("deadline"))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void progress(long done, long total, @Nullable String message) {
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        head.put("op", "progress");
        head.put("run", run);
        head.put("done", done);
        head.put("total", total);
        head.put("message", message);
        sendFrame(head);
    }

    @Override
    public void log(String line) {
        String text = String.valueOf(line);
        sendFrame(Map.of(
                "op", "log", "run", run, "line", text.length() > MAX_LOG ? text.substring(0, MAX_LOG) + "…" : text));
    }

    private void sendFrame(Map<String, ? extends @Nullable Object> head) {
        try {
            wire.send(head);
        } catch (IOException e) {
            throw new UncheckedIOException("the server does not listen any more", e);
        }
    }

    @Override
    public BlobStore blobs() {
        return new ChildBlobs(calls, run);
    }

    @Override
    public String projectId() {
        return frame.text("project_id");
    }

    @Override
    public Library library() {
        return new ChildLibrary(calls, run);
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(frame.text("folder")).filter(text -> !text.isEmpty()).map(Path::of);
    }

    @Override
    public Optional<Map<String, Object>> ask(String question, Map<String, Object> arguments)
            throws IOException, StageFailure {
        return WireQuestion.answer(calls.ask(run, "ask", WireQuestion.call(question, arguments)));
    }

    @Override
    public Map<String, Object> checkpoint() {
        try {
            return frozen(calls.ask(run, "checkpoint", Map.of()).head().get("value"));
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be read", e);
        }
    }

    @Override
    public void keepCheckpoint(Map<String, Object> checkpoint) throws IOException {
        try {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            kept.put("value", JsonShape.copy(checkpoint, JsonShape.MAX_TEXT));
            calls.ask(run, "keep_checkpoint", kept);
        } catch (WrongShapeException e) {
            throw new IllegalArgumentException("the checkpoint: " + e.getMessage(), e);
        }
    }
}
