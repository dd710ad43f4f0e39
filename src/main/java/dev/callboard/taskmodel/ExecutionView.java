package dev.callboard.taskmodel;

import dev.callboard.palette.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a stage, as clients see it.
 *
 * @param stage the stage template's name
 * @param attempt from 1
 * @param status a word of {@link ExecutionStatus}
 * @param input where its input comes from: {@code {task_input: true}} or {@code {executions: {stage: execution id}}}
 * @param output JSON-shaped, up to 64 KiB; a larger one is behind {@code outputRef}
 * @param outputCount how many things it put out, null before it is completed
 * @param error why it failed, a sentence
 * @param errorCode a stable machine word beside the error
 * @param usage what a language model used for it, null when none was asked or nothing was said
 * @param waitingFor what it waits for, null when it does not
 * @param revision grows with each stored change of this attempt
 */
public record ExecutionView(
        String id,
        String taskId,
        String stageTemplateId,
        String stage,
        String stageType,
        int attempt,
        String status,
        @Nullable Object input,
        @Nullable Object output,
        @Nullable OutputRef outputRef,
        @Nullable Long outputCount,
        @Nullable String userInput,
        @Nullable Object decision,
        @Nullable String error,
        @Nullable String errorCode,
        @Nullable Progress progress,
        @Nullable WaitingFor waitingFor,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Long durationMs,
        @Nullable Usage usage,
        long revision) {

    /**
     * Where a large output is.
     *
     * @param sha256 the blob that holds it as JSON
     * @param size in bytes
     */
    public record OutputRef(String sha256, long size) {}

    /**
     * How far the work is.
     *
     * @param done units done
     * @param total all units, 0 when not known
     * @param message a few words, or null
     */
    public record Progress(long done, long total, @Nullable String message) {}

    /** The same with this progress, which is shown and not stored. */
    public ExecutionView with(@Nullable Progress now) {
        return with(now, waitingFor);
    }

    /** The same that waits for this, which is shown and not stored. */
    public ExecutionView with(WaitingFor what) {
        return with(progress, what);
    }

    private ExecutionView with(@Nullable Progress now, @Nullable WaitingFor what) {
        return new ExecutionView(
                id,
                taskId,
                stageTemplateId,
                stage,
                stageType,
                attempt,
                status,
                input,
                output,
                outputRef,
                outputCount,
                userInput,
                decision,
                error,
                errorCode,
                now,
                what,
                createdAt,
                startedAt,
                completedAt,
                durationMs,
                usage,
                revision);
    }
}
