package dev.callboard.execution;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.execution.ExecutionMessages.TaskMoved;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine says of tasks that start as soon as they are made. */
public final class StartMessages {
    /**
     * Starts a task that was made to start at once. Fails as a start does; a task that fails with a code of {@link
     * Availability} starts later, by itself, as soon as it can.
     */
    public static final Address<StartTask, TaskMoved> START =
            new Address<>("execution.start.made", StartTask.class, TaskMoved.class);

    /** Reads which tasks were to start and cannot yet. */
    public static final Address<GetLateStarts, LateStartsReply> GET =
            new Address<>("execution.start.late", GetLateStarts.class, LateStartsReply.class);

    /** The secrets are others than before. It stands here since the engine waits for them and they know the engine. */
    public static final Topic<SecretsChanged> SECRETS_CHANGED = new Topic<>("secrets.changed", SecretsChanged.class);

    /** Stages of a project are others than before, by somebody's hand: what its tasks waited for may be there. */
    public static final Topic<StagesEdited> STAGES_EDITED = new Topic<>("execution.stages.edited", StagesEdited.class);

    private StartMessages() {}

    /** Starts a task. */
    public record StartTask(String taskId) {}

    /** Asks why tasks have not started. */
    public record GetLateStarts(List<String> taskIds) {
        /** Copies. */
        public GetLateStarts {
            taskIds = List.copyOf(taskIds);
        }
    }

    /** Those of the tasks that were to start and cannot yet, by task id. */
    public record LateStartsReply(Map<String, LateStart> late) {
        /** Copies. */
        public LateStartsReply {
            late = Map.copyOf(late);
        }
    }

    /**
     * Why a task has not started.
     *
     * @param stageId the stage that cannot run, null when it is the whole pipeline
     * @param kind a word of {@link dev.callboard.model.WaitingFor}
     * @param reason a sentence for people, with what to do
     * @param since when it was to start
     */
    public record LateStart(@Nullable String stageId, String kind, String reason, Instant since) {}

    /** The stage templates of a project were edited. */
    public record StagesEdited(String projectId) {}

    /** A secret has a value, another one, or none any more. */
    public record SecretsChanged(String name) {}
}
