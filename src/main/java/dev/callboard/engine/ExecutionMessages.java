package dev.callboard.engine;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine answers and publishes. */
public final class ExecutionMessages {
    /** Starts a pending task. */
    public static final Address<RunTask, TaskMoved> RUN =
            new Address<>("execution.start", RunTask.class, TaskMoved.class);

    /** Ends an open task. */
    public static final Address<CancelTask, TaskMoved> CANCEL =
            new Address<>("execution.cancel", CancelTask.class, TaskMoved.class);

    /** Tries the failed stages of a failed task again. */
    public static final Address<RetryTask, TaskMoved> RETRY =
            new Address<>("execution.retry", RetryTask.class, TaskMoved.class);

    /** Approves a stage's result and lets the task go on. */
    public static final Address<ApproveTask, TaskMoved> APPROVE =
            new Address<>("approval.decide", ApproveTask.class, TaskMoved.class);

    /** Does a stage again. */
    public static final Address<RedoTask, TaskMoved> REDO =
            new Address<>("execution.redo", RedoTask.class, TaskMoved.class);

    /** Replaces a task's selection. */
    public static final Address<PutSelection, TaskMoved> SELECT =
            new Address<>("selection.put", PutSelection.class, TaskMoved.class);

    /** Reads what happened to a task. */
    public static final Address<GetTimeline, TimelineReply> TIMELINE =
            new Address<>("execution.timeline.get", GetTimeline.class, TimelineReply.class);

    /** Reads one attempt. */
    public static final Address<GetExecution, ExecutionReply> GET =
            new Address<>("execution.get", GetExecution.class, ExecutionReply.class);

    /** Reads all attempts of a task, in the order in which they were made. */
    public static final Address<ListExecutions, ExecutionsReply> LIST =
            new Address<>("execution.list", ListExecutions.class, ExecutionsReply.class);

    /** Reads where the whole output of an attempt is. */
    public static final Address<GetOutput, OutputReply> OUTPUT =
            new Address<>("execution.output.get", GetOutput.class, OutputReply.class);

    /** Reads log lines. */
    public static final Address<GetLog, LogReply> LOG =
            new Address<>("execution.log.get", GetLog.class, LogReply.class);

    /** An attempt changed, or its progress did. */
    public static final Topic<ExecutionChanged> CHANGED = new Topic<>("execution.changed", ExecutionChanged.class);

    /** An attempt has new log lines. */
    public static final Topic<LogAdded> LOG_ADDED = new Topic<>("execution.log.changed", LogAdded.class);

    /** The engine changed a task. */
    public static final Topic<TaskMoved> TASK_MOVED = new Topic<>("execution.task.changed", TaskMoved.class);

    /** The engine has more or less to do; looked at ten times a second. */
    public static final Topic<LoadChanged> LOAD_CHANGED = new Topic<>("execution.load.changed", LoadChanged.class);

    private ExecutionMessages() {}

    /**
     * Starts a task.
     *
     * @param userInput what the person who starts it adds, or null
     */
    public record RunTask(String taskId, @Nullable String userInput) {}

    /** Ends a task. */
    public record CancelTask(String taskId) {}

    /** Tries again. */
    public record RetryTask(String taskId) {}

    /**
     * Approves.
     *
     * @param executionId the attempt that is meant, null for the one that waits
     * @param selectedStageIds the stages to go through from here, null to keep the selection
     * @param decision JSON-shaped, not yet checked: {@code output?, selected?, fields?, comment?, waive_questions?}
     */
    public record ApproveTask(
            String taskId,
            @Nullable String executionId,
            @Nullable List<String> selectedStageIds,
            @Nullable Object decision) {
        /** Copies. */
        public ApproveTask {
            selectedStageIds = selectedStageIds == null ? null : List.copyOf(selectedStageIds);
        }
    }

    /**
     * Does a stage again.
     *
     * @param stage its template id, null for the one that waits, failed or was the last
     * @param userInput answers or feedback for the new attempt
     */
    public record RedoTask(String taskId, @Nullable String stage, @Nullable String userInput) {}

    /**
     * Replaces a selection.
     *
     * @param stages none for all stages
     * @param ifRevision the selection's revision that the asker saw, null for any
     */
    public record PutSelection(String taskId, List<Chosen> stages, @Nullable Long ifRevision) {
        /** Copies. */
        public PutSelection {
            stages = List.copyOf(stages);
        }
    }

    /** A stage that is chosen, and where it goes. */
    public record Chosen(String stageTemplateId, int sortOrder) {}

    /** Asks what happened to a task. */
    public record GetTimeline(String taskId) {}

    /** What happened to a task, oldest first. */
    public record TimelineReply(List<TimelineItem> items) {
        /** Copies. */
        public TimelineReply {
            items = List.copyOf(items);
        }
    }

    /**
     * One thing that happened.
     *
     * @param actor who did it; {@code engine} when nobody did
     * @param kind a stable machine word
     * @param detail such as the stage's name, possibly empty
     */
    public record TimelineItem(String id, Instant at, String actor, String kind, String detail) {}

    /**
     * A task that the engine changed, stored.
     *
     * @param status a word of {@link dev.callboard.taskmodel.TaskStatus}
     * @param revision the task's revision after it
     */
    public record TaskMoved(String taskId, String status, long revision) {}

    /** Asks for an attempt. */
    public record GetExecution(String id) {}

    /** An attempt. */
    public record ExecutionReply(ExecutionView execution) {}

    /**
     * Asks for all attempts of a task.
     *
     * @param logLines how many of the last log lines of each come along, 0 for none
     */
    public record ListExecutions(String taskId, int logLines) {}

    /**
     * Attempts.
     *
     * @param log execution id to its last log lines
     */
    public record ExecutionsReply(List<ExecutionView> executions, Map<String, List<LogLine>> log) {
        /** Copies. */
        public ExecutionsReply {
            executions = List.copyOf(executions);
            log = Map.copyOf(log);
        }
    }

    /** Asks for an attempt's output. */
    public record GetOutput(String id) {}

    /**
     * An output: inline or in a blob.
     *
     * @param json the JSON text, null when it is in a blob or when there is none
     * @param blob the SHA-256 of the blob that holds the JSON text, or null
     * @param size in bytes
     */
    public record OutputReply(@Nullable String json, @Nullable String blob, long size) {}

    /**
     * Asks for log lines.
     *
     * @param after only lines with a higher number
     * @param limit at most that many
     */
    public record GetLog(String id, long after, int limit) {}

    /**
     * Log lines.
     *
     * @param next the {@code after} of the next page, null when these are the last so far
     */
    public record LogReply(List<LogLine> lines, @Nullable Long next) {
        /** Copies. */
        public LogReply {
            lines = List.copyOf(lines);
        }
    }

    /** An attempt as it is now. */
    public record ExecutionChanged(ExecutionView execution) {}

    /** New lines of an attempt, in order. */
    public record LogAdded(String taskId, String executionId, List<LogLine> lines) {
        /** Copies. */
        public LogAdded {
            lines = List.copyOf(lines);
        }
    }

    /**
     * How much the engine has to do.
     *
     * @param waiting attempts that wait for a place
     * @param running attempts that have one
     * @param places how many may run at once
     * @param parked attempts that wait for their ledger, without a place
     * @param oldest since when the longest of these waits, null when none does
     */
    public record LoadChanged(int waiting, int running, int places, int parked, @Nullable Instant oldest) {}
}
