package dev.callboard.taskmodel;

import dev.callboard.problem.ServerOnly;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task, as clients see it.
 *
 * @param labels what people call it to find it again
 * @param status a word of {@link TaskStatus}
 * @param project the project that it belongs to, null for none
 * @param templatesOf the project, or the copy of a pipeline that no client sees, whose stage templates it goes through
 * @param currentStageId the stage template that runs or ran last, null before the start and after the end
 * @param stages all stage templates of its pipeline, in order
 * @param stateKeys state key to value; a value over 4 KiB of JSON is {@code {output_ref: {execution_id, size, sha256?}}}
 * @param ledger ledger key to value
 * @param input {@code {blob, size, media_type, name}} maps
 * @param waitingFor what the first waiting stage in order waits for, null when none waits
 * @param policies the policies that its stages have, and how they stand now
 * @param suggestion what was suggested for its selection, null when nothing was
 * @param error why it failed, a sentence
 * @param trigger what started it by itself, null when somebody made it
 * @param createdBy who made it, an unverified name
 * @param statusSince since when it has its status
 * @param revision grows with each stored change of the task
 */
public record TaskView(
        String id,
        String title,
        String description,
        List<String> labels,
        String status,
        @Nullable String project,
        @ServerOnly String templatesOf,
        String pipeline,
        String pipelineVersion,
        @Nullable String currentStageId,
        List<Stage> stages,
        Map<String, @Nullable Object> stateKeys,
        Map<String, @Nullable Object> ledger,
        List<Object> input,
        @Nullable String userInput,
        @Nullable WaitingFor waitingFor,
        List<PolicyView> policies,
        @Nullable SuggestionView suggestion,
        @Nullable String error,
        @Nullable TaskTrigger trigger,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        Instant statusSince,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant archivedAt,
        long revision) {

    /** The most characters of a description or a user's input that lists show. */
    public static final int LISTED_TEXT = 2_000;

    /** Copies. */
    public TaskView {
        labels = List.copyOf(labels);
        stages = List.copyOf(stages);
        stateKeys = Collections.unmodifiableMap(new LinkedHashMap<>(stateKeys));
        ledger = Collections.unmodifiableMap(new LinkedHashMap<>(ledger));
        input = List.copyOf(input);
        policies = List.copyOf(policies);
    }

    /** The same as its policies stand now. */
    public TaskView with(@Nullable WaitingFor waiting, List<PolicyView> standing) {
        return with(description, userInput, waiting, standing);
    }

    /** The same with its long texts cut, as lists show them. */
    public TaskView listed() {
        String shown = listed(description);
        return with(shown == null ? "" : shown, listed(userInput), waitingFor, policies);
    }

    private TaskView with(
            String text, @Nullable String added, @Nullable WaitingFor waiting, List<PolicyView> standing) {
        return new TaskView(
                id,
                title,
                text,
                labels,
                status,
                project,
                templatesOf,
                pipeline,
                pipelineVersion,
                currentStageId,
                stages,
                stateKeys,
                ledger,
                input,
                added,
                waiting,
                standing,
                suggestion,
                error,
                trigger,
                createdBy,
                createdAt,
                updatedAt,
                statusSince,
                startedAt,
                completedAt,
                archivedAt,
                revision);
    }

    /** A text as lists show it: whole, or its beginning and an ellipsis. */
    public static @Nullable String listed(@Nullable String text) {
        if (text == null || text.length() <= LISTED_TEXT) {
            return text;
        }
        boolean halved = Character.isHighSurrogate(text.charAt(LISTED_TEXT - 1));
        return text.substring(0, halved ? LISTED_TEXT - 1 : LISTED_TEXT) + "…";
    }

    /**
     * What was suggested for the task's selection.
     *
     * @param by {@code model}, {@code rules} or {@code person}
     * @param executionId the attempt that suggested
     * @param matched how many suggestions fit a stage; at 0 all stages count as suggested
     * @param unknown names that fit no stage
     */
    public record SuggestionView(String by, String executionId, int matched, List<String> unknown) {
        /** Copies. */
        public SuggestionView {
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * A stage of the task's pipeline.
     *
     * @param id the stage template's id
     * @param number 1, 2, 3… over the selected stages, null for the others
     * @param status a word of {@link ExecutionStatus}, {@code pending} before its first attempt
     * @param selected whether the task goes through it
     * @param locked whether it must stay selected
     * @param suggested whether an earlier stage suggested it
     * @param reason why it is locked or suggested
     * @param needs ids of the stages that have to be selected with it
     * @param approval the approval rule: a word or an object, null for the default
     * @param outputFormat such as {@code research}, null for any
     * @param outputSchema the JSON Schema that an output must pass, null for any
     * @param dependsOn names of the stages before it, as the pipeline says
     * @param executionId its latest attempt
     */
    public record Stage(
            String id,
            String name,
            String type,
            @Nullable Integer number,
            String status,
            boolean selected,
            boolean locked,
            boolean suggested,
            @Nullable String reason,
            List<String> needs,
            @Nullable Object approval,
            @Nullable String outputFormat,
            @Nullable Object outputSchema,
            int sortOrder,
            List<String> dependsOn,
            @Nullable String executionId,
            @Nullable Long outputCount,
            @Nullable Instant startedAt,
            @Nullable Long durationMs) {
        /** Copies. */
        public Stage {
            needs = List.copyOf(needs);
            dependsOn = List.copyOf(dependsOn);
        }
    }
}
