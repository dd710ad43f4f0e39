package dev.callboard.dispatch;

import dev.callboard.dispatch.PolicyState.Hold;
import dev.callboard.dispatch.PolicyState.PolicySignal;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.PolicyMessages.Held;
import dev.callboard.taskmodel.PolicyView;
import dev.callboard.taskmodel.WaitingFor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attempts of one policy that wait for their turn, or those that no policy limits. */
final class PolicyLane {
    /** Of a long lane that many tasks are told of at once that they wait; whoever asks for another one hears it too. */
    private static final int TOLD = 200;

    private final @Nullable PolicyState state;
    private final Map<String, Queued> attempts = new LinkedHashMap<>();
    private final Set<String> added = new LinkedHashSet<>();
    private @Nullable Hold hold;
    private @Nullable String toldKind;
    private @Nullable Shown shown;

    private record Queued(Attempt attempt, long number, Instant since) {}

    private record Shown(PolicyView.Live live, @Nullable Hold hold) {}

    /** @param state null for attempts that no policy limits */
    PolicyLane(@Nullable PolicyState state) {
        this.state = state;
    }

    void add(Attempt attempt, long number, Instant since) {
        attempts.put(attempt.id(), new Queued(attempt, number, since));
        if (state != null) {
            added.add(attempt.taskId());
        }
    }

    void remove(String executionId) {
        attempts.remove(executionId);
    }

    int size() {
        return attempts.size();
    }

    boolean isEmpty() {
        return attempts.isEmpty();
    }

    /** The number of the first one. */
    long first() {
        return head().number();
    }

    private Queued head() {
        return attempts.values().iterator().next();
    }

    /** Starts the first one, if it may. */
    Optional<Attempt> start() {
        Attempt first = head().attempt();
        hold = state == null ? null : state.start(first.id()).orElse(null);
        if (hold != null) {
            return Optional.empty();
        }
        attempts.remove(first.id());
        return Optional.of(first);
    }

    /** One that was started by an earlier server is under way. */
    void goOn(String executionId) {
        if (state != null) {
            state.goOn(executionId);
        }
    }

    void ended(String executionId, PolicySignal sign) {
        if (state != null) {
            state.ended(executionId, sign);
        }
    }

    private @Nullable String kind() {
        return hold == null || attempts.isEmpty() ? null : hold.kind();
    }

    /** How its policy stands; nothing when there is none. */
    Optional<PolicyView.Live> view() {
        int limited = WaitingFor.RATE_LIMIT.equals(kind()) ? attempts.size() : 0;
        return Optional.ofNullable(state).map(each -> each.view(limited));
    }

    /** Why an attempt is held back now, if it is. */
    Optional<Held> held(String executionId, Instant now) {
        Hold why = hold;
        Queued queued = attempts.get(executionId);
        return why == null
                        || queued == null
                        || (why.until() != null && !why.until().isAfter(now))
                ? Optional.empty()
                : Optional.of(new Held(why.kind(), why.reason(), queued.since(), why.until()));
    }

    /** Whether its policy stands otherwise than when this was asked last. */
    boolean changed() {
        Shown now = view().map(live -> new Shown(live, attempts.isEmpty() ? null : hold))
                .orElse(null);
        boolean changed = !Objects.equals(now, shown);
        shown = now;
        return changed;
    }

    /** The tasks that are held back otherwise than when this was asked last. */
    Set<String> changedTasks() {
        String kind = kind();
        Set<String> tasks = new LinkedHashSet<>();
        if (!Objects.equals(kind, toldKind)) {
            attempts.values().stream()
                    .limit(TOLD)
                    .forEach(queued -> tasks.add(queued.attempt().taskId()));
        } else if (kind != null) {
            tasks.addAll(added);
        }
        toldKind = kind;
        added.clear();
        return tasks;
    }
}
