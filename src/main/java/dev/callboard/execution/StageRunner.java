package dev.callboard.execution;

import dev.callboard.execution.StageOutcome.Failed;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.log.LogScope;
import dev.callboard.log.OutOfMemory;
import dev.callboard.model.SecretSource;
import dev.callboard.model.SecretSource.MissingSecretException;
import dev.callboard.model.SettingsRules;
import dev.callboard.model.StageCode;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageExecutor;
import dev.callboard.model.StageExecutors;
import dev.callboard.model.StageResolver.Resolved;
import dev.callboard.model.StageSecrets;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.StageWait;
import dev.callboard.spi.net.AddressRules;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of stages, which is not trusted to behave: whatever it throws, returns or refuses to end becomes an outcome.
 */
final class StageRunner {
    static final int MAX_MESSAGE = 4_000;

    private final BlobStore blobs;
    private final Results results;
    private final MadeStages made;
    private final StageExecutors executors;
    private final SecretSource secrets;
    private final Supplier<AddressRules> network;
    private final Clock clock;

    /**
     * Names the parts.
     *
     * @param executors what runs stages without code of their own
     * @param secrets has the values of what settings name
     * @param network what stages may connect to, asked for each attempt
     * @param maxOutput the most characters of JSON text of one output, about
     */
    StageRunner(
            BlobStore blobs,
            StageExecutors executors,
            SecretSource secrets,
            Supplier<AddressRules> network,
            long maxOutput,
            Clock clock) {
        this.blobs = blobs;
        this.results = new Results(blobs, maxOutput);
        this.made = new MadeStages(blobs);
        this.executors = executors;
        this.secrets = secrets;
        this.network = network;
        this.clock = clock;
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
        StageDefinition definition = resolved.entry().definition();
        StageRegistration registration = resolved.registration();
        PromptSource source = job.source();
        StageExecutor executor = executors.of(definition.executor());
        boolean asked = source != null && executor.asksPerson();
        Optional<String> off = source == null ? Optional.empty() : executor.off();
        if (off.isPresent() || (source == null && registration == null)) {
            return RunningStage.refused(new Failed(
                    "stage_unavailable",
                    "Nothing here runs stages of the type '" + type + "' (executor '"
                            + definition.executor().word() + "')."
                            + off.map(reason -> " " + reason).orElse(""),
                    true));
        }
        SettingsRules.Checked settings = SettingsRules.check(definition.settingsSchema(), job.config(), "");
        if (!settings.violations().isEmpty()) {
            return RunningStage.refused(new Failed(
                    "invalid_settings",
                    "The settings do not fit the stage: "
                            + settings.violations().get(0).detail(),
                    false));
        }
        Map<String, @Nullable Object> known = new LinkedHashMap<>(settings.values());
        Mask mask;
        try {
            Map<String, String> opened =
                    StageSecrets.values(definition.settingsSchema(), settings.values(), secrets, job.projectId());
            known.putAll(opened);
            mask = new Mask(opened.values());
        } catch (MissingSecretException e) {
            return RunningStage.refused(new Failed("secret_missing", "The stage cannot run: " + e.getMessage(), false));
        }
        log.hide(mask);
        AttemptContext context = new AttemptContext(
                job, known, resolved.pluginSettings(), network.get(), blobs, mask, log, deadline, clock);
        Object loader = registration == null ? this : registration.factory();
        Code code = registration == null
                ? () -> made.of(job, executor, definition, context)
                : () -> new MadeStages.Ready(registration, context.stageInput(context.inputs()));
        StageCode held = resolved.code();
        if (!held.hold()) {
            return RunningStage.refused(
                    new Failed("stage_unavailable", "The plugin of the stage type '" + type + "' was unloaded.", true));
        }
        // A stage that goes on after its time limit or its task has its code until it ends.
        Runnable work = () -> {
            try {
                done.accept(mask.outcome(
                        asked
                                ? made.ask(job, executor.question(definition), definition, context)
                                : run(job, definition, code, context)));
            } finally {
                held.release();
            }
        };
        try {
            Thread thread = StageThreads.start(
                    "stage-" + job.template().name(),
                    Objects.requireNonNullElse(loader.getClass().getClassLoader(), ClassLoader.getSystemClassLoader()),
                    () -> LogScope.run(
                            job.attempt().taskId(),
                            job.template().name(),
                            job.attempt().id(),
                            job.attempt().number(),
                            work));
            return RunningStage.started(thread, context);
        } catch (OutOfMemoryError e) {
            held.release();
            return RunningStage.refused(new Failed("stage_error", "The machine gives no more threads.", true));
        }
    }

    /** Finds the code of a stage, and what it takes. */
    private interface Code {
        MadeStages.Ready find() throws IOException, StageFailure;
    }

    private StageOutcome run(StageJob job, StageDefinition definition, Code code, AttemptContext context) {
        try {
            MadeStages.Ready ready = code.find();
            StageRegistration registration = ready.registration();
            Map<String, String> faults = registration.settingsCheck().faults(context.settings());
            if (!faults.isEmpty()) {
                Map.Entry<String, String> first = faults.entrySet().iterator().next();
                return new Failed(
                        "invalid_settings",
                        cut(
                                "The settings do not fit the stage: " + first.getKey() + ": " + first.getValue(),
                                MAX_MESSAGE),
                        false);
            }
            Stage stage = registration.factory().get();
            if (stage == null) {
                return new Failed(
                        "no_stage",
                        "The plugin gave no stage for '" + job.template().type() + "'.",
                        true);
            }
            StageMetadata metadata = Results.metadata(job, stage, registration.metadata());
            context.runs(stage);
            return results.completed(job, definition, metadata, context, stage.execute(context, ready.input()));
        } catch (StageWait e) {
            return Waits.outcome(e);
        } catch (StageFailure e) {
            return new Failed(
                    cut(e.code(), 64),
                    cut(describe(e), MAX_MESSAGE),
                    e.retryable(),
                    e.retryAfter().orElse(null));
        } catch (InterruptedException e) {
            return new Failed("interrupted", "The stage was interrupted.", true);
        } catch (WrongShapeException e) {
            return new Failed("wrong_output", "The stage's output cannot be kept: " + e.getMessage() + ".", false);
        } catch (Throwable e) {
            OutOfMemory.check(e);
            return new Failed("stage_error", cut("The stage broke off: " + describe(e), MAX_MESSAGE), true);
        }
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

    static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length - 1) + "…" : text;
    }
}
