package dev.callboard.taskview;

import dev.callboard.taskmodel.TaskTrigger;
import dev.callboard.taskmodel.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task's view shows of it.
 *
 * @param suggestions what was suggested for its selection, as JSON text
 * @param selection template id to sort order, none for all stages
 * @param attempts all of them, in the order in which they were made
 * @param values state key to value
 * @param ledger ledger key to value, as JSON text
 */
public record ViewedTask(
        ViewedProject project,
        Head head,
        Stand stand,
        Map<String, Integer> selection,
        List<ViewedAttempt> attempts,
        Map<String, ViewedValue> values,
        Map<String, String> ledger) {

    /**
     * What was given with it.
     *
     * @param labels what people call it
     * @param input {@code {blob, size, media_type, name}} maps
     */
    public record Head(
            String id,
            String title,
            String description,
            List<String> labels,
            List<Object> input,
            @Nullable TaskTrigger trigger,
            String createdBy,
            Instant createdAt,
            @Nullable Instant archivedAt) {}

    /**
     * How it stands.
     *
     * @param status a word
     * @param currentStageId the stage template that runs or ran last
     */
    public record Stand(
            String status,
            Instant statusSince,
            @Nullable String currentStageId,
            @Nullable String error,
            @Nullable String userInput,
            @Nullable String suggestions,
            Instant updatedAt,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            long revision) {}

    /**
     * An attempt at a stage.
     *
     * @param status a word
     * @param leased whether a worker has it
     */
    public record ViewedAttempt(
            String id,
            String templateId,
            int number,
            String status,
            @Nullable String error,
            @Nullable Long outputCount,
            @Nullable Wait waiting,
            boolean leased,
            @Nullable Instant notBefore,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Long durationMs) {}

    /**
     * A value of its state.
     *
     * @param executionId the attempt that gave it
     * @param json null when it is in a blob, or too long to be shown
     * @param sha256 the blob's, null when it is in none
     * @param size in bytes
     */
    public record ViewedValue(String executionId, @Nullable String json, @Nullable String sha256, long size) {
        /** The longest value that views show, in bytes of JSON. */
        public static final int SHOWN = 4_096;
    }
}
