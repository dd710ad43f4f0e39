package dev.callboard.engine;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.taskmodel.PolicyView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine says of policies. How they stand is in memory only: after a start all is as if nothing had failed. */
public final class PolicyMessages {
    /** Reads how policies stand. */
    public static final Address<GetPolicies, PoliciesReply> GET =
            new Address<>("execution.policies.get", GetPolicies.class, PoliciesReply.class);

    /** A policy stands otherwise than before. */
    public static final Topic<PoliciesChanged> CHANGED =
            new Topic<>("execution.policies.changed", PoliciesChanged.class);

    /** Attempts of tasks are held back by a policy, or are not any more. */
    public static final Topic<TasksHeld> HELD = new Topic<>("execution.tasks.held", TasksHeld.class);

    private PolicyMessages() {}

    /**
     * Asks for the policies of projects.
     *
     * @param executionIds attempts that may be held back
     */
    public record GetPolicies(List<String> projectIds, List<String> executionIds) {
        /** Copies. */
        public GetPolicies {
            projectIds = List.copyOf(projectIds);
            executionIds = List.copyOf(executionIds);
        }
    }

    /**
     * How policies stand.
     *
     * @param policies project id to policy name; one that nothing has used yet is not in it
     * @param held those of the attempts that are held back, by execution id
     */
    public record PoliciesReply(Map<String, Map<String, PolicyView.Live>> policies, Map<String, Held> held) {
        /** Copies. */
        public PoliciesReply {
            policies = Map.copyOf(policies);
            held = Map.copyOf(held);
        }
    }

    /**
     * An attempt that is held back.
     *
     * @param kind a word of {@link dev.callboard.taskmodel.WaitingFor}
     * @param reason a few words for people
     * @param until when it may start at the earliest, null when that is not known
     */
    public record Held(String kind, String reason, Instant since, @Nullable Instant until) {}

    /** Policies of projects stand otherwise. */
    public record PoliciesChanged(List<String> projectIds) {
        /** Copies. */
        public PoliciesChanged {
            projectIds = List.copyOf(projectIds);
        }
    }

    /** Tasks whose attempts are held back, or are not any more. */
    public record TasksHeld(List<String> taskIds) {
        /** Copies. */
        public TasksHeld {
            taskIds = List.copyOf(taskIds);
        }
    }
}
