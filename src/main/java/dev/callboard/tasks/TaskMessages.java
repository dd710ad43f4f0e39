package dev.callboard.tasks;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.problem.Violation;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.Firing;
import dev.callboard.taskmodel.LogLine;
import dev.callboard.taskmodel.TaskView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tasks answer and publish. */
public final class TaskMessages {
    /** Creates a task. */
    public static final Address<CreateTask, TaskCreated> CREATE =
            new Address<>("task.create", CreateTask.class, TaskCreated.class);

    /** Reads a task. */
    public static final Address<GetTask, TaskReply> GET = new Address<>("task.get", GetTask.class, TaskReply.class);

    /** Reads a task with all that belongs to it. */
    public static final Address<GetSnapshot, SnapshotReply> SNAPSHOT =
            new Address<>("task.snapshot.get", GetSnapshot.class, SnapshotReply.class);

    /** Reads a task's selection. */
    public static final Address<GetSelection, SelectionReply> SELECTION_GET =
            new Address<>("selection.get", GetSelection.class, SelectionReply.class);

    /** A task is new or another than before. */
    public static final Topic<TaskChanged> CHANGED = new Topic<>("task.changed", TaskChanged.class);

    /** Somebody wants to be told how a task looks now. */
    public static final Topic<LookAgain> LOOK_AGAIN = new Topic<>("tasks.look", LookAgain.class);

    private TaskMessages() {}

    /**
     * Creates a task.
     *
     * @param request JSON-shaped, not yet checked: {@code title, description?, pipeline?, input?, auto_start?, stages?,
     *     settings?, user_input?}
     * @param id the id that it gets, null for any; a task of that id that is there already is answered as it is
     * @param firing what started it by itself, stored with it; null when somebody did
     */
    public record CreateTask(@Nullable Object request, @Nullable String id, @Nullable Firing firing) {
        /** Somebody asks for it. */
        public CreateTask(@Nullable Object request, @Nullable String id) {
            this(request, id, null);
        }

        /** It gets any id. */
        public CreateTask(@Nullable Object request) {
            this(request, null, null);
        }
    }

    /** Asks for a task. */
    public record GetTask(String id) {}

    /** A task. */
    public record TaskReply(TaskView task) {}

    /**
     * A new task.
     *
     * @param warnings what may be a mistake in the request: settings of stages that have none; and, at {@link #NOT_STARTED}, why
     *     it did not start although it was to
     */
    public record TaskCreated(TaskView task, List<Violation> warnings) {
        /** The pointer of the warning that says why a task did not start. */
        public static final String NOT_STARTED = "/auto_start";

        /** Copies. */
        public TaskCreated {
            warnings = List.copyOf(warnings);
        }
    }

    /** Asks for a task with all that belongs to it; up to {@code logLines} of the last log lines of each attempt. */
    public record GetSnapshot(String id, int logLines) {}

    /**
     * A task with all that belongs to it.
     *
     * @param log execution id to its last log lines
     */
    public record SnapshotReply(TaskView task, List<ExecutionView> executions, Map<String, List<LogLine>> log) {
        /** Copies. */
        public SnapshotReply {
            executions = List.copyOf(executions);
            log = Map.copyOf(log);
        }
    }

    /** A task of which something that is not stored has changed. */
    public record LookAgain(String taskId) {}

    /** Asks for a task's selection. */
    public record GetSelection(String taskId) {}

    /**
     * A selection: the selected stages in order.
     *
     * @param all whether the task has no selection of its own, so that these are all of its stages
     */
    public record SelectionReply(List<SelectedStage> stages, boolean all, long revision) {
        /** Copies. */
        public SelectionReply {
            stages = List.copyOf(stages);
        }
    }

    /** One row of a selection. */
    public record SelectedStage(String stageTemplateId, int sortOrder) {}

    /**
     * A task as it is now.
     *
     * @param added whether it is new
     */
    public record TaskChanged(TaskView task, boolean added) {}
}
