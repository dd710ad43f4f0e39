package dev.callboard.engine;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.taskmodel.Firing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine says of tasks that start as soon as they are made. */
public final class StartMessages {
    /**
     * Stores a new task, and starts it where it is to start: both are one change. One that lacks something is stored and starts
     * by itself as soon as it can. Fails with {@code already_fired}, and with {@code task_changed} when its project was edited
     * so that the request does not fit any more; nothing is stored then.
     */
    public static final Address<MakeTask, TaskMade> MAKE =
            new Address<>("execution.task.make", MakeTask.class, TaskMade.class);

    /** Reads which tasks were to start and cannot yet. */
    public static final Address<GetLateStarts, LateStartsReply> GET =
            new Address<>("execution.start.late", GetLateStarts.class, LateStartsReply.class);

    /** The secrets are others than before. It stands here since the engine waits for them and they know the engine. */
    public static final Topic<SecretsChanged> SECRETS_CHANGED = new Topic<>("secrets.changed", SecretsChanged.class);

    /** Tasks are otherwise than before, not by their way through the stages: what they lacked, they may not lack now. */
    public static final Topic<TasksEdited> TASKS_EDITED = new Topic<>("tasks.edited", TasksEdited.class);

    private StartMessages() {}

    /**
     * A new task, found to be right.
     *
     * @param projectId whose stage templates it goes through
     * @param input where its input is: {@code {blob, size, media_type, name}} maps
     * @param settings its own settings, by the name of a stage
     * @param stages the names of the selected stages, none for all
     * @param firing what started it by itself, null when somebody did
     */
    public record MakeTask(
            String id,
            String projectId,
            String title,
            String description,
            List<String> labels,
            List<Map<String, Object>> input,
            Map<String, Map<String, @Nullable Object>> settings,
            @Nullable String userInput,
            List<String> stages,
            boolean start,
            @Nullable Firing firing) {
        /** Copies. */
        public MakeTask {
            labels = List.copyOf(labels);
            input = List.copyOf(input);
            settings = Map.copyOf(settings);
            stages = List.copyOf(stages);
        }
    }

    /**
     * A task that is stored.
     *
     * @param id the id of the one that the same firing made before, where there was one
     * @param again whether it was there before
     * @param lack why it has not started although it was to, null when nothing keeps it
     */
    public record TaskMade(String id, boolean again, @Nullable String lack) {}

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
