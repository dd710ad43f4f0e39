package dev.callboard.tasks;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.model.ExecutionView;
import dev.callboard.model.LogLine;
import dev.callboard.model.Pipeline;
import dev.callboard.model.TaskView;
import dev.callboard.model.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tasks and pipelines answer and publish. */
public final class TaskMessages {
    /** Lists the pipelines. */
    public static final Address<ListPipelines, PipelinesReply> PIPELINE_LIST =
            new Address<>("task.pipeline.list", ListPipelines.class, PipelinesReply.class);

    /** Reads one pipeline. */
    public static final Address<GetPipeline, PipelineReply> PIPELINE_GET =
            new Address<>("task.pipeline.get", GetPipeline.class, PipelineReply.class);

    /** Checks a pipeline that is not served. */
    public static final Address<CheckPipeline, PipelineChecked> PIPELINE_CHECK =
            new Address<>("task.pipeline.check", CheckPipeline.class, PipelineChecked.class);

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

    /** Asks for the pipelines. */
    public record ListPipelines() {}

    /** All pipelines, by name. */
    public record PipelinesReply(List<ServedPipeline> pipelines) {
        /** Copies. */
        public PipelinesReply {
            pipelines = List.copyOf(pipelines);
        }
    }

    /** Asks for one pipeline. */
    public record GetPipeline(String name) {}

    /** One pipeline. */
    public record PipelineReply(ServedPipeline pipeline) {}

    /**
     * A pipeline as it is served.
     *
     * @param name its name, or its file's while the file never was good
     * @param pipeline the last good state of its file, null when there was none
     * @param errors what is wrong with the file, and which stage types and settings the palette does not know
     * @param unavailable stages that cannot run at the moment and plugins that are not loaded, each with the reason
     * @param warnings what the file should say in another way, such as deprecated keys
     * @param revision of the last good state, 0 when there was none
     * @param lastGoodUsed whether the file has errors and its last good state, which has none, is used in its place
     */
    public record ServedPipeline(
            String name,
            @Nullable Pipeline pipeline,
            List<Violation> errors,
            List<Violation> unavailable,
            List<Violation> warnings,
            long revision,
            boolean lastGoodUsed) {
        /** Copies. */
        public ServedPipeline {
            errors = List.copyOf(errors);
            unavailable = List.copyOf(unavailable);
            warnings = List.copyOf(warnings);
        }

        /** Whether a task can go through all of it now. */
        public boolean available() {
            return pipeline != null && (errors.isEmpty() || lastGoodUsed) && unavailable.isEmpty();
        }
    }

    /** Asks what is wrong with a pipeline in YAML or JSON. */
    public record CheckPipeline(String text) {}

    /**
     * What is wrong with a pipeline.
     *
     * @param name the pipeline's name, null when it cannot be read
     * @param errors why it would not be served
     * @param warnings why it would be served but not run at the moment, and what it should say in another way
     */
    public record PipelineChecked(@Nullable String name, List<Fault> errors, List<Fault> warnings) {
        /** Copies. */
        public PipelineChecked {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

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
