package dev.callboard.engine;

import dev.callboard.bus.Address;
import dev.callboard.taskmodel.TaskView;
import java.util.List;

/** How tasks look that the engine has in memory. */
public final class SeenMessages {
    /** Reads tasks without the database. */
    public static final Address<GetSeen, TasksSeen> SEEN =
            new Address<>("execution.tasks.seen", GetSeen.class, TasksSeen.class);

    private SeenMessages() {}

    /** Asks for tasks as the engine knows them. */
    public record GetSeen(List<String> taskIds) {
        /** Copies. */
        public GetSeen {
            taskIds = List.copyOf(taskIds);
        }
    }

    /** Tasks as they are stored; those that the engine does not have in memory are left out. */
    public record TasksSeen(List<TaskView> tasks) {
        /** Copies. */
        public TasksSeen {
            tasks = List.copyOf(tasks);
        }
    }
}
