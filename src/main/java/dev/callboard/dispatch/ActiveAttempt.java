package dev.callboard.dispatch;

import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.palette.Usage;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.ExecutionView.Progress;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An attempt that runs here. Belongs to the dispatcher's context. */
final class ActiveAttempt {
    final StageJob job;
    final AttemptLog log;

    @Nullable
    RunningStage stage;

    /** None before it is set: no timer has this id. */
    long timer = -1;

    long durationMs;
    boolean finished;

    /** When its task got its place, on the clock of {@link System#nanoTime}. */
    final long placeSince;

    /** The attempt that follows it runs in its place. */
    boolean keepsPlace;

    /** The ledger was written while it ran. */
    boolean ledgerWritten;

    private final ExecutionView view;
    private @Nullable Progress shown;
    private Future<?> storing = Future.succeededFuture();

    ActiveAttempt(StageJob job, ExecutionView view, AttemptLog log, long placeSince) {
        this.placeSince = placeSince;
        this.job = job;
        this.view = view;
        this.log = log;
    }

    String id() {
        return job.attempt().id();
    }

    /** When its work began, before any wait. */
    Instant startedAt() {
        return view.startedAt() == null ? job.claimedAt() : view.startedAt();
    }

    void cancel() {
        if (stage != null) {
            stage.cancel();
        }
    }

    Optional<Failed> refusal() {
        return stage == null ? Optional.empty() : stage.refusal();
    }

    Optional<Usage> usage() {
        return stage == null ? Optional.empty() : stage.usage();
    }

    @Nullable
    Progress progress() {
        return stage == null ? null : stage.progress();
    }

    /** The attempt with its progress, if that is another than was shown last. */
    Optional<ExecutionView> newProgress() {
        Progress now = progress();
        if (finished || now == null || now.equals(shown)) {
            return Optional.empty();
        }
        shown = now;
        return Optional.of(view.with(now));
    }

    /** Takes the log lines that are not stored yet. */
    LogBatch lines() {
        return new LogBatch(job.attempt().taskId(), id(), log, log.take());
    }

    /**
     * Stores the log lines that are not stored yet, if there are any and none are being stored.
     *
     * @param store gives them back when they cannot be stored
     */
    void storeLines(Function<LogBatch, Future<?>> store) {
        if (storing.isComplete()) {
            LogBatch batch = lines();
            storing = batch.lines().isEmpty() ? Future.succeededFuture() : store.apply(batch);
        }
    }

    /** Takes the last log lines, once those that are being stored are stored or given back. */
    Future<LogBatch> lastLines() {
        return storing.transform(settled -> Future.succeededFuture(lines()));
    }
}
