package dev.callboard.spi;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an executing stage may know and use. All maps and lists are unmodifiable. */
public interface StageContext {
    /** The task's id. */
    String taskId();

    /**
     * The project that the task belongs to; empty when it belongs to none. All tasks without a project share one library and
     * one {@link #folder()}.
     *
     * @since 1.2
     */
    default String projectId() {
        return "";
    }

    /** The name of this stage's place in the pipeline. */
    String stageName();

    /**
     * The task's input, possibly none: {@code {blob, size, media_type, name}} maps, and {@code {url, name}} for addresses that
     * no stage has fetched yet.
     */
    List<Map<String, Object>> inputs();

    /** The task's state so far: state key to value, as the stages before this one left it. */
    Map<String, Object> state();

    /** This stage's settings, checked against its settings schema, defaults filled in. */
    Map<String, Object> settings();

    /**
     * What the server's operator set for this stage's plugin, checked against the {@code settings_schema} beside the plugin's
     * stages, defaults filled in. Nobody who writes pipelines can change it.
     */
    default Map<String, Object> pluginSettings() {
        return Map.of();
    }

    /**
     * What may be connected to from this server: the operator's {@code network.allow} beside public addresses, the server's own
     * listening addresses never. A stage that connects anywhere must keep to it.
     *
     * @since 1.1
     */
    default AddressRules network() {
        return AddressRules.PUBLIC;
    }

    /**
     * How what {@link #network()} permits is connected to: the operator's {@code network.proxy} and {@code network.ca_file}.
     *
     * @since 1.1
     */
    default Outbound outbound() {
        return Outbound.DIRECT;
    }

    /** The task's ledger as it was when this attempt started, or went on after a {@link StageWait}. */
    Map<String, Object> ledger();

    /** What this attempt gave to its last {@link StageWait}; empty when it did not wait yet. */
    default Map<String, Object> memory() {
        return Map.of();
    }

    /**
     * The server's time now. It goes on evenly when the machine's clock is set, over restarts too: what a stage remembers of it
     * comes when it should.
     */
    default Instant now() {
        return Instant.now();
    }

    /**
     * Writes a ledger entry; it is stored with the outcome of this attempt, and not at all when the attempt fails.
     *
     * @param key of the form {@link Forms#LEDGER_KEY}
     * @param value JSON-shaped, at most 10,000 characters
     * @throws IllegalArgumentException when key or value are not like that, or when {@link #ledger()} and the keys written
     *     would be more than 1,000
     */
    void writeLedger(String key, Object value);

    /** Which try this is, from 1. */
    int attempt();

    /** The same for all deliveries of this attempt: send it along with any side effect. */
    String idempotencyKey();

    /**
     * The same for this attempt and those that a policy lets follow it: services that know requests by a key answer a repeated
     * one as they answered the first. What a person starts again has another.
     *
     * @since 1.1
     */
    default String retryKey() {
        return idempotencyKey();
    }

    /** When this attempt will be ended, if it has a time limit. */
    Optional<Instant> deadline();

    /** Whether the task was cancelled or the time is up. Long loops ask now and then and return. */
    boolean cancelled();

    /**
     * Shows how far the work is. Cheap; may be called often.
     *
     * @param done units done, from 0
     * @param total all units, or 0 when not known
     * @param message a few words, or null
     */
    void progress(long done, long total, String message);

    /** Adds a line to the execution's log. */
    void log(String line);

    /** Where bytes are kept. */
    BlobStore blobs();

    /**
     * What the attempts of this stage in this task have kept with {@link #keepCheckpoint} last; empty when nothing. The stage says
     * itself whether it fits what it has to do now: input and settings may be others.
     *
     * @since 1.2
     */
    default Map<String, Object> checkpoint() {
        return Map.of();
    }

    /**
     * Keeps how far the work is, so that the next attempt can go on there when this one ends early, whatever ended it. It is on
     * the disk when the call returns, and gone once the stage has completed.
     *
     * @param checkpoint JSON-shaped, at most 64 KiB of JSON; larger things as blobs
     * @throws IllegalArgumentException when it is not like that
     * @since 1.2
     */
    default void keepCheckpoint(Map<String, Object> checkpoint) throws IOException {}

    /**
     * The documents of the task's project.
     *
     * @since 1.2
     */
    default Library library() {
        return Library.NONE;
    }

    /**
     * A folder on this machine's disk for this plugin and this project, for what can be made again from the library, such as an
     * index. Several processes of the plugin may use it at once. Empty when there is none, as in a trial of a stage.
     *
     * @since 1.2
     */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /**
     * Asks the plugin that answers a question ({@link StagePlugin#queries()}), another one or the same: so a stage leaves to other
     * plugins what it cannot do itself. Waits while a plugin that answers it is being loaded. The code that answers sees this
     * attempt's task, project, library and blobs, its own plugin's settings and folder, and asks nobody else.
     *
     * @param question its name
     * @param arguments JSON-shaped; larger things as blobs
     * @return the answer, JSON-shaped; empty when no plugin answers such a question
     * @throws StageFailure what the code that answers has thrown, or {@code plugin_failed}, which is retryable
     * @throws InterruptedException when the attempt is cancelled meanwhile
     * @since 1.3
     */
    default Optional<Map<String, Object>> ask(String question, Map<String, Object> arguments)
            throws IOException, StageFailure, InterruptedException {
        return Optional.empty();
    }
}
