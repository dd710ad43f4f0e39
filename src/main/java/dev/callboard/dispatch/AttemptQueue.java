package dev.callboard.dispatch;

import dev.callboard.dispatch.PolicyState.PolicySignal;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.PolicyMessages.GetPolicies;
import dev.callboard.engine.PolicyMessages.Held;
import dev.callboard.engine.PolicyMessages.PoliciesReply;
import dev.callboard.engine.PolicyUse;
import dev.callboard.taskmodel.PolicyView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that wait for their turn, in the order in which they came. Those of one policy with limits stand in a lane of
 * their own, so that they hold up nobody else. Belongs to the dispatcher's context.
 */
final class AttemptQueue {
    private final Clock clock;
    private final PolicyLane free = new PolicyLane(null);
    private final Map<String, Map<String, PolicyLane>> lanes = new HashMap<>();
    private final Map<String, PolicyLane> started = new HashMap<>();
    private final TreeSet<Attempt> later =
            new TreeSet<>(Comparator.comparing(AttemptQueue::notBefore).thenComparing(Attempt::id));
    private long count;

    AttemptQueue(Clock clock) {
        this.clock = clock;
    }

    private static Instant notBefore(Attempt attempt) {
        Instant at = attempt.turn().notBefore();
        return at == null ? Instant.MIN : at;
    }

    /** Lets an attempt wait for its turn, which comes when its time has. */
    void add(Attempt attempt) {
        if (attempt.waits()) {
            // It goes on with what it began: its policy let it start before.
            free.add(attempt, count++, clock.instant());
        } else if (notBefore(attempt).isAfter(clock.instant())) {
            later.add(attempt);
        } else {
            lane(attempt.turn().policy()).add(attempt, count++, clock.instant());
        }
    }

    /** An attempt that an earlier server started is still under way: it has its place among those of its policy. */
    void goOn(Attempt attempt) {
        PolicyLane lane = lane(attempt.turn().policy());
        if (lane != free) {
            lane.goOn(attempt.id());
            started.put(attempt.id(), lane);
        }
    }

    private PolicyLane lane(@Nullable PolicyUse use) {
        if (use == null) {
            return free;
        }
        Map<String, PolicyLane> ofProject = lanes.computeIfAbsent(use.projectId(), id -> new LinkedHashMap<>());
        return ofProject.computeIfAbsent(use.name(), name -> new PolicyLane(new PolicyState(use, clock)));
    }

    /** Forgets an attempt that has ended. */
    void remove(Attempt attempt) {
        later.removeIf(each -> each.id().equals(attempt.id()));
        all().forEach(lane -> lane.remove(attempt.id()));
    }

    /** How many could start now if there were places and their policies let them. */
    int ready() {
        return all().stream().mapToInt(PolicyLane::size).sum();
    }

    private Collection<PolicyLane> all() {
        List<PolicyLane> all = new ArrayList<>();
        all.add(free);
        lanes.values().forEach(ofProject -> all.addAll(ofProject.values()));
        return all;
    }

    /** Takes the attempt that waits longest of those that may start now; it counts as started then. */
    Optional<Attempt> next() {
        Instant now = clock.instant();
        while (!later.isEmpty() && !notBefore(later.first()).isAfter(now)) {
            add(Objects.requireNonNull(later.pollFirst()));
        }
        List<PolicyLane> waiting = all().stream()
                .filter(lane -> !lane.isEmpty())
                .sorted(Comparator.comparingLong(PolicyLane::first))
                .toList();
        for (PolicyLane lane : waiting) {
            Optional<Attempt> attempt = lane.start();
            if (attempt.isPresent()) {
                if (lane != free) {
                    started.put(attempt.get().id(), lane);
                }
                return attempt;
            }
        }
        return Optional.empty();
    }

    /** An attempt that was started has ended, or could not begin; only the first word on it counts. */
    void ended(String executionId, PolicySignal sign) {
        PolicyLane lane = started.remove(executionId);
        if (lane != null) {
            lane.ended(executionId, sign);
        }
    }

    /** How the policies of projects stand, and which of the attempts are held back. */
    PoliciesReply policies(GetPolicies ask) {
        Map<String, Map<String, PolicyView.Live>> policies = new LinkedHashMap<>();
        for (String projectId : ask.projectIds()) {
            Map<String, PolicyView.Live> ofProject = new LinkedHashMap<>();
            lanes.getOrDefault(projectId, Map.of())
                    .forEach((name, lane) -> lane.view().ifPresent(view -> ofProject.put(name, view)));
            policies.put(projectId, Map.copyOf(ofProject));
        }
        Map<String, Held> held = new LinkedHashMap<>();
        ask.executionIds().forEach(id -> held(id).ifPresent(why -> held.put(id, why)));
        return new PoliciesReply(policies, held);
    }

    /** Why a policy holds an attempt back, if one does. */
    Optional<Held> held(String executionId) {
        Instant now = clock.instant();
        return lanes.values().stream()
                .flatMap(ofProject -> ofProject.values().stream())
                .flatMap(lane -> lane.held(executionId, now).stream())
                .findFirst();
    }

    /** The projects whose policies stand otherwise than when this was asked last. */
    List<String> changedProjects() {
        Set<String> changed = new LinkedHashSet<>();
        lanes.forEach((projectId, ofProject) -> {
            for (PolicyLane lane : ofProject.values()) {
                if (lane.changed()) {
                    changed.add(projectId);
                }
            }
        });
        return List.copyOf(changed);
    }

    /** The tasks whose attempts are held back by another kind of limit than when this was asked last, or by none now. */
    List<String> changedTasks() {
        Set<String> tasks = new LinkedHashSet<>();
        lanes.values().forEach(ofProject -> ofProject.values().forEach(lane -> tasks.addAll(lane.changedTasks())));
        return List.copyOf(tasks);
    }
}
