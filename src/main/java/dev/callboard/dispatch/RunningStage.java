package dev.callboard.dispatch;

import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.palette.Usage;
import dev.callboard.taskmodel.ExecutionView.Progress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt whose stage was started, or refused before its code ran. */
final class RunningStage {
    private final StageThreads.@Nullable Started thread;
    private final @Nullable AttemptContext context;
    private final @Nullable Failed refusal;

    private RunningStage(
            StageThreads.@Nullable Started thread, @Nullable AttemptContext context, @Nullable Failed refusal) {
        this.thread = thread;
        this.context = context;
        this.refusal = refusal;
    }

    static RunningStage started(StageThreads.Started thread, AttemptContext context) {
        return new RunningStage(thread, context, null);
    }

    static RunningStage refused(Failed refusal) {
        return new RunningStage(null, null, refusal);
    }

    /** One that a worker runs. */
    static RunningStage remote(AttemptContext context) {
        return new RunningStage(null, context, null);
    }

    /** Why its code was not run. */
    Optional<Failed> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Asks the stage to end: by the flag and by an interrupt. It may take its time, or never listen. */
    void cancel() {
        if (context != null) {
            context.cancel();
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** What it used so far, also after a failure. */
    Optional<Usage> usage() {
        return context == null ? Optional.empty() : context.usage();
    }

    @Nullable
    Progress progress() {
        return context == null ? null : context.lastProgress();
    }
}
