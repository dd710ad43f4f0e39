package dev.callboard.tasks;

import dev.callboard.bus.Address;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages.TaskReply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the board of tasks asks: lists, numbers, and edits that do not move a task on. */
public final class TaskBoardMessages {
    /** Lists tasks, newest first. */
    public static final Address<ListTasks, TasksReply> LIST =
            new Address<>("task.list", ListTasks.class, TasksReply.class);

    /** Reads what the board shows at first. */
    public static final Address<GetBoard, BoardReply> BOARD =
            new Address<>("task.board.get", GetBoard.class, BoardReply.class);

    /** Counts the tasks of each status. */
    public static final Address<GetCounts, CountsReply> COUNTS =
            new Address<>("task.counts.get", GetCounts.class, CountsReply.class);

    /** Changes a task's title, description or labels. */
    public static final Address<ChangeTask, TaskReply> CHANGE =
            new Address<>("task.change", ChangeTask.class, TaskReply.class);

    /** Archives a task. */
    public static final Address<ArchiveTask, TaskReply> ARCHIVE =
            new Address<>("task.archive", ArchiveTask.class, TaskReply.class);

    /** Takes a task out of the archive. */
    public static final Address<RestoreTask, TaskReply> RESTORE =
            new Address<>("task.restore", RestoreTask.class, TaskReply.class);

    private TaskBoardMessages() {}

    /**
     * Which tasks; what is null does not matter.
     *
     * @param words each must be in the title, the description, the id or the pipeline's name, in any case
     * @param pipeline the name of a pipeline
     * @param label one of the task's labels, in any case
     * @param archived true for those that are archived, false for the others
     * @param since created then or later
     * @param until created before then
     */
    public record Filter(
            List<String> words,
            @Nullable String status,
            @Nullable String project,
            @Nullable String pipeline,
            @Nullable String label,
            boolean archived,
            @Nullable Instant since,
            @Nullable Instant until) {
        /** Copies. */
        public Filter {
            words = List.copyOf(words);
        }

        /** Tasks that are not archived, of one status or of all. */
        public static Filter of(@Nullable String status) {
            return new Filter(List.of(), status, null, null, null, false, null, null);
        }
    }

    /**
     * Asks for tasks.
     *
     * @param cursor the {@code next} of the page before, or null
     * @param limit at most that many, 1 to 200
     */
    public record ListTasks(Filter filter, @Nullable String cursor, int limit) {}

    /**
     * A page of tasks, without {@code ledger} and {@code input}, long texts cut.
     *
     * @param next the cursor of the next page, null after the last; a page may have fewer tasks than were asked for, or
     *     none, when a search has not come to its end
     */
    public record TasksReply(List<TaskView> tasks, @Nullable String next) {
        /** Copies. */
        public TasksReply {
            tasks = List.copyOf(tasks);
        }
    }

    /** Asks for the board; {@code each} is the most tasks of each of its three parts. */
    public record GetBoard(int each) {}

    /**
     * The board: those that wait for a person longest, then those that run, then the newest of all; none twice, none that is
     * archived.
     *
     * @param counts status to number of tasks; all statuses are there
     * @param next the cursor of the page of {@link #LIST} after the newest, null when there are no more
     */
    public record BoardReply(List<TaskView> tasks, Map<String, Long> counts, @Nullable String next) {
        /** Copies. */
        public BoardReply {
            tasks = List.copyOf(tasks);
            counts = Map.copyOf(counts);
        }
    }

    /** Asks for the numbers of tasks. */
    public record GetCounts() {}

    /** Status to number of tasks that are not archived; all statuses are there. */
    public record CountsReply(Map<String, Long> counts) {
        /** Copies. */
        public CountsReply {
            counts = Map.copyOf(counts);
        }
    }

    /**
     * Changes a task.
     *
     * @param title the new one, null to leave it
     * @param description the new one, null to leave it
     * @param labels the new ones, null to leave them
     * @param ifRevision only when the task has this revision, null for any
     */
    public record ChangeTask(
            String id,
            @Nullable String title,
            @Nullable String description,
            @Nullable List<String> labels,
            @Nullable Long ifRevision) {
        /** Copies. */
        public ChangeTask {
            labels = labels == null ? null : List.copyOf(labels);
        }
    }

    /** Archives a task. */
    public record ArchiveTask(String id) {}

    /** Takes a task out of the archive. */
    public record RestoreTask(String id) {}
}
