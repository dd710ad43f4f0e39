package dev.callboard.spi.testing;

import dev.callboard.spi.Stage;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A context that a test fills before it runs a stage and reads afterwards. A new one is the first attempt at a stage
 * {@code stage} of a task {@code task-1}, without input, state, settings, ledger or time limit; its clock stands at
 * {@link #START} until the test moves it.
 *
 * <p>It checks what a server checks of a ledger key, and refuses progress that goes past its end, which a server only shows.
 * Whether values are JSON-shaped and within the server's limits is not checked.
 *
 * <p>A stage may use it from several threads. Subclasses may add what their stages need, such as other names.
 */
public class RecordingStageContext extends GivenContext {
    /** What {@link #now} says at first: noon, 1 March 2026, UTC. */
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /**
     * What a stage reported of its progress.
     *
     * @param done units done
     * @param total all units, or 0 when not known
     * @param message a few words, or null
     */
    public record Progress(long done, long total, String message) {}

    /** A first attempt with nothing set. */
    public RecordingStageContext() {}

    /** Adds one to the task's inputs, such as {@code {url, name}}. */
    public RecordingStageContext input(Map<String, Object> input) {
        inputs.add(Collections.unmodifiableMap(new LinkedHashMap<>(input)));
        return this;
    }

    /** Stores bytes and adds them to the task's inputs: {@code {blob, size, media_type, name}}. */
    public RecordingStageContext file(String name, String mediaType, byte[] bytes) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("blob", blobs.put(bytes));
        input.put("size", (long) bytes.length);
        input.put("media_type", mediaType);
        input.put("name", name);
        return input(input);
    }

    /** Sets the value of a state key, as a stage before this one left it. */
    public RecordingStageContext state(String key, Object value) {
        state.put(key, value);
        return this;
    }

    /** Sets one of the stage's settings; no defaults are filled in. */
    public RecordingStageContext setting(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    /** Sets the stage's settings to these alone. */
    public RecordingStageContext settings(Map<String, Object> all) {
        settings.replace(all);
        return this;
    }

    /** Sets one of the operator's settings for the plugin; no defaults are filled in. */
    public RecordingStageContext pluginSetting(String key, Object value) {
        pluginSettings.put(key, value);
        return this;
    }

    /** Sets the operator's settings for the plugin to these alone. */
    public RecordingStageContext pluginSettings(Map<String, Object> all) {
        pluginSettings.replace(all);
        return this;
    }

    /** Sets what may be connected to; {@link AddressRules#PUBLIC} at first. */
    public RecordingStageContext network(AddressRules rules) {
        network = rules;
        return this;
    }

    /** Sets how what may be connected to is connected to. */
    public RecordingStageContext outbound(Outbound value) {
        outbound = value;
        return this;
    }

    /** Sets an entry of the ledger that the attempt finds; what the stage writes itself is in {@link #written}. */
    public RecordingStageContext ledger(String key, Object value) {
        ledger.put(key, value);
        return this;
    }

    /** Lets the attempt go on after a {@link dev.callboard.spi.StageWait} that it gave this to. */
    public RecordingStageContext memory(Map<String, Object> remembered) {
        memory.replace(remembered);
        return this;
    }

    /** Sets what an earlier attempt kept with {@link #keepCheckpoint}; what the stage keeps is in {@link #checkpoint}. */
    public RecordingStageContext checkpoint(Map<String, Object> kept) {
        checkpoint.replace(kept);
        return this;
    }

    /** Says which project the task belongs to. */
    public RecordingStageContext projectId(String id) {
        projectId = id;
        return this;
    }

    /** Gives the plugin a folder; it has none at first. */
    public RecordingStageContext folder(Path path) {
        folder = Optional.of(path);
        return this;
    }

    /** Says which try this is, from 1. */
    public RecordingStageContext attempt(int number) {
        attempt = number;
        return this;
    }

    /** Sets the clock. */
    public RecordingStageContext now(Instant instant) {
        now = instant;
        return this;
    }

    /** Sets when the attempt will be ended. The context does not end it: {@link #cancel} does. */
    public RecordingStageContext deadline(Instant instant) {
        deadline = Optional.of(instant);
        return this;
    }

    /** Cancels the attempt; a stage that asks gets that answer from now on. */
    public RecordingStageContext cancel() {
        cancelled = true;
        return this;
    }

    /** Says what answers a question that the stage asks of plugins; nothing does at first. */
    public RecordingStageContext answerer(String question, Stage stage) {
        answerers.put(question, stage);
        return this;
    }

    /** The lines of the log so far, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What the stage wrote into the ledger so far, by key; a later write of a key replaces an earlier one. */
    public Map<String, Object> written() {
        return written.copy();
    }

    /** What the stage reported of its progress so far, oldest first. */
    public List<Progress> reports() {
        return List.copyOf(reports);
    }
}
