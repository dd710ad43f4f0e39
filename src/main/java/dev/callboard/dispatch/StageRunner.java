package dev.callboard.dispatch;

import dev.callboard.dispatch.PreparedStage.Refused;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.log.LogScope;
import dev.callboard.log.OutOfMemory;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.StageCode;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.palette.StageExecutors;
import dev.callboard.palette.StageResolver.Resolved;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.StageWait;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the code of stages, which is not trusted to behave: whatever it throws, returns or refuses to end becomes an outcome.
 */
final class StageRunner {
    static final int MAX_MESSAGE = 4_000;

    private final StageThreads threads = new StageThreads();
    private final Results results;
    private final MadeStages made;
    private final PreparedStage.Preparation preparation;

    /**
     * Names the parts.
     *
     * @param executors what runs stages without code of their own
     * @param secrets has the values of what settings name
     * @param network what stages may connect to, and how
     * @param keeping what they keep beyond their attempts
     * @param questions what they ask of plugins
     * @param maxOutput the most characters of JSON text of one output, about
     */
    StageRunner(
            BlobStore blobs,
            StageExecutors executors,
            SecretSource secrets,
            StageNetwork network,
            StageKeeping keeping,
            StageQuestions questions,
            long maxOutput,
            Clock clock) {
        this.results = new Results(blobs, maxOutput);
        this.made = new MadeStages(blobs);
        this.preparation = new PreparedStage.Preparation(blobs, executors, secrets, network, keeping, questions, clock);
    }

    /**
     * Starts an attempt on a thread that no other uses until its code has ended.
     *
     * @param resolved what runs it
     * @param done is told the outcome, on that thread, once
     */
    RunningStage start(
            StageJob job, @Nullable Resolved resolved, Instant deadline, AttemptLog log, Consumer<StageOutcome> done) {
        String type = job.template().type();
        PreparedStage prepared;
        try {
            prepared = preparation.of(job, resolved, deadline, log);
        } catch (Refused e) {
            return RunningStage.refused(e.failed());
        }
        AttemptContext context = prepared.context();
        StageRegistration registration = prepared.registration();
        Object loader = registration == null ? this : registration.factory();
        StageCode held = prepared.code();
        if (!held.hold()) {
            return RunningStage.refused(
                    new Failed("stage_unavailable", "The plugin of the stage type '" + type + "' was unloaded.", true));
        }
        // A stage that goes on after its time limit or its task has its code until it ends.
        Runnable work = () -> {
            try {
                StageOutcome outcome = outcome(job, prepared);
                done.accept(context.mask().outcome(outcome));
                if (outcome instanceof StageOutcome.Completed) {
                    context.completed();
                }
            } finally {
                held.release();
            }
        };
        try {
            StageThreads.Started thread = threads.start(
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

    private StageOutcome outcome(StageJob job, PreparedStage prepared) {
        StageExecutor executor = prepared.executor();
        AttemptContext context = prepared.context();
        StageRegistration registration = prepared.registration();
        if (job.source() == null && registration != null) {
            return run(
                    job,
                    prepared.definition(),
                    () -> new MadeStages.Ready(registration, context.stageInput(context.inputs())),
                    context);
        }
        if (executor.asksPerson()) {
            return made.ask(job, executor.question(prepared.definition()), prepared.definition(), context);
        }
        return executor.asksWorker()
                ? StageOutcome.Waits.forWorker(
                        executor.workerWait(prepared.definition(), prepared.secrets()), prepared.secrets())
                : run(
                        job,
                        prepared.definition(),
                        () -> made.of(job, executor, prepared.definition(), context),
                        context);
    }

    /**
     * Prepares the stage of an attempt that a worker takes.
     *
     * @throws Refused when it may not run now
     */
    PreparedStage prepare(StageJob job, @Nullable Resolved resolved, Instant deadline, AttemptLog log) throws Refused {
        return preparation.of(job, resolved, deadline, log);
    }

    /** What the worker takes as input. Blocks. */
    @Nullable
    Object input(StageJob job, PreparedStage prepared) throws IOException, StageFailure {
        return made.input(job, prepared.context());
    }

    /** Makes what a worker put out into the outcome of its stage, also of one that is not for workers any more. Blocks. */
    StageOutcome outcome(StageJob job, PreparedStage prepared, @Nullable Object output) {
        AttemptContext context = prepared.context();
        StageOutcome outcome = run(
                job,
                prepared.definition(),
                () -> new MadeStages.Ready(
                        made.of(job, preparation.executors().of(ExecutorType.WORKER), prepared.definition(), context)
                                .registration(),
                        output),
                context);
        return context.mask().outcome(outcome);
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
