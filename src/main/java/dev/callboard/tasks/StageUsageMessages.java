package dev.callboard.tasks;

import dev.callboard.bus.Address;
import java.util.List;

/** Who uses a stage type. */
public final class StageUsageMessages {
    /** Reads who uses a stage type. */
    public static final Address<GetUsage, UsageReply> GET =
            new Address<>("stage.usage.get", GetUsage.class, UsageReply.class);

    private StageUsageMessages() {}

    /** Asks who uses a stage type; one that nobody knows is used by nobody. */
    public record GetUsage(String type) {}

    /**
     * Who uses it.
     *
     * @param pipelines those that can be read, by name
     * @param projects those that are not archived, by name
     * @param openTasks how many tasks are not over and have it among the stages of their pipeline
     */
    public record UsageReply(List<PipelineUse> pipelines, List<ProjectUse> projects, long openTasks) {
        /** Copies. */
        public UsageReply {
            pipelines = List.copyOf(pipelines);
            projects = List.copyOf(projects);
        }
    }

    /**
     * A pipeline that uses it.
     *
     * @param stages the names of its stages of that type, in its order
     */
    public record PipelineUse(String name, List<String> stages) {
        /** Copies. */
        public PipelineUse {
            stages = List.copyOf(stages);
        }
    }

    /**
     * A project that uses it.
     *
     * @param stages the names of its stages of that type, in its order
     */
    public record ProjectUse(String id, String name, List<String> stages) {
        /** Copies. */
        public ProjectUse {
            stages = List.copyOf(stages);
        }
    }
}
