package dev.callboard.workers;

import dev.callboard.workers.WorkersMessages.WorkerView;
import dev.callboard.workers.WorkersMessages.WorkersChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which workers are there: those with a connection, those that asked for work a moment ago or wait for some, and those that
 * have work. Belongs to one context.
 */
final class PresentWorkers {
    /** How long a worker without a connection is there after it asked for work. */
    static final Duration AFTER_POLL = Duration.ofSeconds(15);

    private final Map<String, Offer> offers = new HashMap<>();
    private final Map<Key, Instant> polled = new HashMap<>();
    private final Map<String, Key> leases = new HashMap<>();
    private Map<Key, WorkerView> shown = new TreeMap<>();

    /** A worker's name and one of its types. */
    record Key(String type, String name) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::type).thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Offer(String worker, List<String> types) {}

    /** A connection serves types, and no others. */
    void offers(String connection, String worker, List<String> types) {
        offers.put(connection, new Offer(worker, types));
    }

    /** A connection is closed. */
    void closed(String connection) {
        offers.remove(connection);
    }

    /** A worker without a connection asks for work. */
    void polls(String worker, List<String> types, Instant now) {
        types.forEach(type -> polled.put(new Key(type, worker), now));
    }

    /** A worker has an attempt. */
    void leased(String executionId, String type, String worker) {
        leases.put(executionId, new Key(type, worker));
    }

    /** It has it no more. */
    void ended(String executionId) {
        leases.remove(executionId);
    }

    List<WorkerView> all() {
        return List.copyOf(shown.values());
    }

    /** What is different since this was asked last. */
    Optional<WorkersChanged> changes(Instant now) {
        polled.values().removeIf(at -> !at.plus(AFTER_POLL).isAfter(now));
        Map<Key, Integer> present = new TreeMap<>();
        offers.values().forEach(offer -> offer.types().forEach(type -> present.put(new Key(type, offer.worker()), 0)));
        polled.keySet().forEach(key -> present.put(key, 0));
        leases.values().forEach(key -> present.merge(key, 1, Integer::sum));
        Map<Key, WorkerView> next = new TreeMap<>();
        List<WorkerView> changed = new ArrayList<>();
        present.forEach((key, count) -> {
            WorkerView before = shown.get(key);
            Instant since = before == null ? now : before.since();
            WorkerView view = new WorkerView(key.type(), key.name(), since, count);
            next.put(key, view);
            if (!view.equals(before)) {
                changed.add(view);
            }
        });
        List<WorkerView> gone = shown.entrySet().stream()
                .filter(entry -> !next.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        shown = next;
        return changed.isEmpty() && gone.isEmpty() ? Optional.empty() : Optional.of(new WorkersChanged(changed, gone));
    }
}
