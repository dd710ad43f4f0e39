package dev.callboard.dispatch;

import dev.callboard.dispatch.TryMessages.Tried;
import dev.callboard.dispatch.TryMessages.TryError;
import dev.callboard.dispatch.TryMessages.TryStage;
import dev.callboard.engine.JsonBlobs;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.StageOutcome.Completed;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.log.OutOfMemory;
import dev.callboard.process.WorkFolder;
import dev.callboard.spi.BlobStore;
import dev.callboard.store.BlobFolder;
import dev.callboard.taskmodel.LogLine;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One try, from its start to the end of its stage's thread. Belongs to the verticle's context. */
final class Trial {
    private static final Duration LIMIT = Duration.ofMillis(TryMessages.LIMIT_MS);
    private static final int MAX_LINES = 1_000;

    private final Parts parts;
    private final TryStage ask;
    private final Runnable ended;
    private final Instant startedAt;
    private final AttemptLog log;
    private final Promise<Tried> answer = Promise.promise();
    private final Promise<RunningStage> started = Promise.promise();
    private boolean cancelled;

    /**
     * What all tries share.
     *
     * @param folder where their blobs are, each in a folder of its own
     * @param runners what runs stages that store their blobs in a given place
     */
    record Parts(
            Vertx vertx,
            Context context,
            Path folder,
            BlobFolder blobs,
            Function<BlobStore, StageRunner> runners,
            Clock clock) {}

    /** How a stage ended, and what it put out, read before its blobs go away. */
    private record Ending(StageOutcome outcome, @Nullable Object output) {}

    /** @param ended is run once, when nothing of it is left */
    Trial(Parts parts, TryStage ask, Runnable ended) {
        this.parts = parts;
        this.ask = ask;
        this.ended = ended;
        this.startedAt = parts.clock().instant();
        this.log = new AttemptLog(parts.clock(), 0);
    }

    /** Runs the stage; how it ended, or that it ran too long or was cancelled, when its thread may go on for a while. */
    Future<Tried> run() {
        if (cancelled) {
            ended.run();
            return answer.future();
        }
        parts.vertx().executeBlocking(this::start, false).onComplete(begun -> {
            if (begun.failed()) {
                ended.run();
                answer.tryFail(begun.cause());
                return;
            }
            RunningStage stage = begun.result();
            long timer = parts.vertx().setTimer(LIMIT.toMillis(), late -> {
                stage.cancel();
                answer(new Ending(StageOutcome.timeout(LIMIT), null));
            });
            answer.future().onComplete(told -> parts.vertx().cancelTimer(timer));
            if (cancelled) {
                stage.cancel();
            }
            started.complete(stage);
        });
        return answer.future();
    }

    /** Blocks, not for long. */
    private RunningStage start() throws IOException {
        WorkFolder folder = WorkFolder.fresh(parts.folder(), "try-");
        try {
            BlobFolder own = parts.blobs().beside(folder.path());
            own.removeLeftovers();
            TryBlobs blobs = new TryBlobs(own, parts.blobs());
            RunningStage stage = parts.runners()
                    .apply(blobs)
                    .start(
                            TryJob.of(ask, startedAt),
                            TryJob.resolved(ask.definition()),
                            startedAt.plus(LIMIT),
                            log,
                            outcome -> ended(outcome, blobs, folder));
            stage.refusal().ifPresent(refusal -> ended(refusal, blobs, folder));
            return stage;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** On the stage's thread. */
    private void ended(StageOutcome outcome, TryBlobs blobs, WorkFolder folder) {
        Ending ending;
        try {
            Object output =
                    outcome instanceof Completed completed && completed.output().size() <= TryMessages.MAX_OUTPUT
                            ? new JsonBlobs(blobs)
                                    .load(
                                            completed.output().inline(),
                                            completed.output().sha256())
                            : null;
            ending = new Ending(outcome, output);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            OutOfMemory.check(e);
            ending = new Ending(
                    new Failed("stage_error", "The output cannot be read: " + StageRunner.describe(e), true), null);
        } finally {
            folder.close();
        }
        Ending last = ending;
        parts.context().runOnContext(ignored -> started.future().onSuccess(stage -> {
            ended.run();
            answer(last);
        }));
    }

    /** Ends it; the answer says so at once. */
    void cancel() {
        cancelled = true;
        started.future().onSuccess(RunningStage::cancel);
        answer.tryComplete(tried("cancelled", null, 0, null));
    }

    private void answer(Ending ending) {
        if (ending.outcome() instanceof Completed completed) {
            answer.tryComplete(
                    tried("completed", ending.output(), completed.output().size(), null));
        } else if (ending.outcome() instanceof Failed failed) {
            answer.tryComplete(tried("failed", null, 0, new TryError(failed.code(), failed.message())));
        } else {
            answer.tryComplete(tried(
                    "failed",
                    null,
                    0,
                    new TryError("cannot_wait", "The stage waits for something, which only a task can do.")));
        }
    }

    private Tried tried(String status, @Nullable Object output, long bytes, @Nullable TryError error) {
        long millis = Duration.between(startedAt, parts.clock().instant()).toMillis();
        RunningStage stage = started.future().result();
        return new Tried(
                status,
                output,
                bytes,
                error,
                lines(),
                Math.max(0, millis),
                stage == null ? null : stage.usage().orElse(null));
    }

    private List<LogLine> lines() {
        List<LogLine> lines = new ArrayList<>(log.take());
        if (lines.size() > MAX_LINES) {
            LogLine last = lines.get(MAX_LINES - 1);
            lines.subList(MAX_LINES - 1, lines.size()).clear();
            lines.add(new LogLine(last.seq(), last.at(), "warn", "Further lines are left out."));
        }
        return lines;
    }
}
