package dev.callboard.dispatch;

import dev.callboard.engine.Attempt;
import dev.callboard.taskmodel.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The attempts that wait for their ledger, without a place and without a timer of their own. */
final class ParkedAttempts {
    private final Map<String, Parked> byId = new HashMap<>();
    private final Map<String, Set<String>> byTask = new HashMap<>();
    private final TreeSet<Parked> byTime = ordered(Parked::next);
    private final TreeSet<Parked> byAge = ordered(Parked::since);

    private record Parked(Attempt attempt, Instant since, Instant next) {}

    private static TreeSet<Parked> ordered(Function<Parked, Instant> when) {
        return new TreeSet<>(Comparator.comparing(when)
                .thenComparing(parked -> parked.attempt().id()));
    }

    /**
     * Keeps an attempt until its ledger is written or its time comes.
     *
     * @param looked when its stage began to look: a deadline that has passed since is due at once
     */
    void park(Attempt attempt, Wait wait, Instant looked) {
        Instant next = wait.next(looked);
        Parked parked = new Parked(attempt, wait.since(), next == null ? Instant.MAX : next);
        forget(attempt);
        byId.put(attempt.id(), parked);
        byTask.computeIfAbsent(attempt.taskId(), id -> new LinkedHashSet<>()).add(attempt.id());
        byTime.add(parked);
        byAge.add(parked);
    }

    /** Takes those of a task. */
    List<Attempt> ofTask(String taskId) {
        return List.copyOf(byTask.getOrDefault(taskId, Set.of())).stream()
                .flatMap(id -> take(byId.get(id)).stream())
                .toList();
    }

    /** Takes those whose time has come. */
    List<Attempt> due(Instant now) {
        List<Attempt> due = new ArrayList<>();
        while (!byTime.isEmpty() && !byTime.first().next().isAfter(now)) {
            due.addAll(take(byTime.first()));
        }
        return due;
    }

    int size() {
        return byId.size();
    }

    /** When the one that waits longest began to; null when none waits. */
    @Nullable
    Instant oldest() {
        return byAge.isEmpty() ? null : byAge.first().since();
    }

    /** Forgets one that has ended. */
    void forget(Attempt attempt) {
        take(byId.get(attempt.id()));
    }

    private List<Attempt> take(@Nullable Parked parked) {
        if (parked == null) {
            return List.of();
        }
        Attempt attempt = parked.attempt();
        byId.remove(attempt.id());
        byTime.remove(parked);
        byAge.remove(parked);
        byTask.computeIfPresent(
                attempt.taskId(), (task, ids) -> ids.remove(attempt.id()) && ids.isEmpty() ? null : ids);
        return List.of(attempt);
    }
}
