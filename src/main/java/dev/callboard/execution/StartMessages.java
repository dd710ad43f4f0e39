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

    /** Tasks are otherwise than before, not by their way through the stages: what they lacked, they may not lack now. */
    public static final Topic<TasksEdited> TASKS_EDITED = new Topic<>("tasks.edited", TasksEdited.class);

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
     * @param kind a word of {@link dev.callboard.taskmodel.WaitingFor}
     * @param reason a sentence for people, with what to do
     * @param since when it was to start
     */
    public record LateStart(@Nullable String stageId, String kind, String reason, Instant since) {}

    /** A secret has a value, another one, or none any more. */
    public record SecretsChanged(String name) {}

    /** Settings of tasks' stages were changed, or tasks were restored. */
    public record TasksEdited(List<String> taskIds) {
        /** Copies. */
        public TasksEdited {
            taskIds = List.copyOf(taskIds);
        }
    }
}
