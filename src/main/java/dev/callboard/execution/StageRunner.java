package dev.callboard.execution;

import dev.callboard.execution.JsonShape.WrongShapeException;
import dev.callboard.execution.StageOutcome.Completed;
import dev.callboard.execution.StageOutcome.Failed;
import dev.callboard.execution.StageOutcome.StoredJson;
import dev.callboard.model.ExecutorType;
import dev.callboard.model.SettingsRules;
import dev.callboard.model.StageResolver.Resolved;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of stages, which is not trusted to behave: whatever it throws, returns or refuses to end becomes an outcome.
 */
final class StageRunner {
    private static final int MAX_MESSAGE = 4_000;

    private final BlobStore blobs;
    private final JsonBlobs values;
    private final long maxOutput;

    /** @param maxOutput the most characters of JSON text of one output, about */
    StageRunner(BlobStore blobs, long maxOutput) {
        this.blobs = blobs;
        this.values = new JsonBlobs(blobs);
        this.maxOutput = maxOutput;
    }

    /**
     * Starts an attempt on a thread of its own.
     *
     * @param resolved what runs it
     * @param done is told the outcome, on that thread, once
     */
    RunningStage start(
            StageJob job, @Nullable Resolved resolved, Instant deadline, AttemptLog log, Consumer<StageOutcome> done) {
        String type = job.template().type();
        if (resolved == null) {
            return RunningStage.refused(
                    new Failed("unknown_stage", "There is no stage type '" + type + "' any more.", true));
        }
        StageRegistration registration = resolved.registration();
        if (resolved.entry().definition().executor() != ExecutorType.JAVA || registration == null) {
            return RunningStage.refused(new Failed(
                    "stage_unavailable",
                    "Nothing here runs stages of the type '" + type + "' (executor '"
                            + resolved.entry().definition().executor().word() + "').",
                    true));
        }
        SettingsRules.Checked settings =
                SettingsRules.check(resolved.entry().definition().settingsSchema(), job.config(), "");
        if (!settings.violations().isEmpty()) {
            return RunningStage.refused(new Failed(
                    "invalid_settings",
                    "The settings do not fit the stage: "
                            + settings.violations().get(0).detail(),
                    false));
        }
        AttemptContext context = new AttemptContext(job, settings.values(), blobs, log, deadline);
        Thread thread = StageThreads.start(
                "stage-" + job.template().name(),
                Objects.requireNonNullElse(
                        registration.factory().getClass().getClassLoader(), ClassLoader.getSystemClassLoader()),
                () -> done.accept(run(job, registration, context)));
        return RunningStage.started(thread, context);
    }

    private StageOutcome run(StageJob job, StageRegistration registration, AttemptContext context) {
        try {
            Stage stage = registration.factory().get();
            if (stage == null) {
                return new Failed(
                        "no_stage",
                        "The plugin gave no stage for '" + job.template().type() + "'.",
                        true);
            }
            return outcome(job, registration.metadata(), context, stage.execute(context, context.stageInput()));
        } catch (StageFailure e) {
            return new Failed(cut(e.code(), 64), cut(describe(e), MAX_MESSAGE), e.retryable());
        } catch (InterruptedException e) {
            return new Failed("interrupted", "The stage was interrupted.", true);
        } catch (WrongShapeException e) {
            return new Failed("wrong_output", "The stage's output cannot be kept: " + e.getMessage() + ".", false);
        } catch (Throwable e) {
            return new Failed("stage_error", cut("The stage broke off: " + describe(e), MAX_MESSAGE), true);
        }
    }

    private Completed outcome(StageJob job, StageMetadata metadata, AttemptContext context, @Nullable Object result)
            throws WrongShapeException, IOException {
        Object output = JsonShape.copy(result, maxOutput);
        List<String> keys = stateKeys(job, metadata);
        if (output == null && !keys.isEmpty()) {
            throw new WrongShapeException("", "is null, but a value for " + String.join(", ", keys) + " was promised");
        }
        StoredJson stored = values.store(output);
        Map<String, Object> applied = applied(metadata, keys, output);
        Map<String, StoredJson> state = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : applied.entrySet()) {
            if (!keys.contains(entry.getKey())) {
                throw new WrongShapeException(
                        "", "was to go under '" + entry.getKey() + "', which is no state key of the stage");
            }
            Object value = entry.getValue();
            state.put(entry.getKey(), value == output ? stored : values.store(JsonShape.copy(value, maxOutput)));
        }
        return new Completed(stored, Math.max(0, counted(metadata, output)), state, context.ledgerWrites());
    }

    /** The SPI takes null for an output that is null. */
    @SuppressWarnings("NullAway")
    private static Map<String, Object> applied(StageMetadata metadata, List<String> keys, @Nullable Object output)
            throws WrongShapeException {
        Map<String, Object> applied = metadata.outputHandler().apply(keys, output);
        if (applied == null) {
            throw new WrongShapeException("", "could not be turned into state: the output handler gave null");
        }
        return applied;
    }

    /** The SPI takes null for an output that is null. */
    @SuppressWarnings("NullAway")
    private static long counted(StageMetadata metadata, @Nullable Object output) {
        return metadata.outputCounter().count(output);
    }

    private static List<String> stateKeys(StageJob job, StageMetadata metadata) {
        Object override = job.template().overrides().get("state_key");
        if (override instanceof String key) {
            return List.of(key);
        }
        return override instanceof List<?> keys
                ? keys.stream().map(String::valueOf).toList()
                : metadata.stateKeys();
    }

    /** A throwable's own methods may throw too. */
    static String describe(Throwable failure) {
        try {
            String message = failure.getMessage();
            if (failure instanceof StageFailure) {
                return String.valueOf(message);
            }
            String name = failure.getClass().getSimpleName();
            return message == null || message.isBlank() ? name : name + ": " + message;
        } catch (Throwable e) {
            return failure.getClass().getName();
        }
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length - 1) + "…" : text;
    }
}
