package dev.callboard.pipelines;

import dev.callboard.problem.DependencySort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The order of a pipeline's stages, and of a selection of them.
 *
 * <p>{@code depends_on} makes a graph and {@code sort_order} breaks ties. A stage that does not say {@code depends_on}
 * follows the one with the next lower {@code sort_order}, unless that one depends on it; an empty {@code depends_on} says
 * that it follows none. A selection leaves stages out; what they depended on then comes before what depended on them, so
 * that <i>previous</i> is always the nearest selected stages.
 */
public final class StageOrder {
    private final List<String> keys;
    private final Map<String, Set<String>> previous;
    private final Map<String, Integer> places;

    /** By place, the places of the stages that come before. */
    private final List<BitSet> ancestors = new ArrayList<>();

    private StageOrder(List<String> keys, Map<String, Set<String>> previous) {
        this.keys = List.copyOf(keys);
        this.previous = previous;
        this.places = DependencySort.places(keys);
        for (String key : keys) {
            BitSet found = new BitSet(keys.size());
            for (int direct : placesOf(previous.getOrDefault(key, Set.of()))) {
                found.set(direct);
                found.or(ancestors.get(direct));
            }
            ancestors.add(found);
        }
    }

    /**
     * A stage as the order sees it.
     *
     * @param key unique
     * @param sortOrder breaks ties, lower first; equal ones keep the order of the list
     * @param followsPrevious whether it says nothing of what comes before it; {@code dependsOn} is empty then
     * @param dependsOn keys of the stages that come before it
     */
    public record Node(String key, int sortOrder, boolean followsPrevious, List<String> dependsOn) {
        /** Copies. */
        public Node {
            Objects.requireNonNull(key, "key is null");
            dependsOn = List.copyOf(dependsOn);
        }

        /** A stage that comes after those, or after none. */
        public Node(String key, int sortOrder, List<String> dependsOn) {
            this(key, sortOrder, false, dependsOn);
        }

        /** A stage that comes after the one with the next lower sort order. */
        public static Node following(String key, int sortOrder) {
            return new Node(key, sortOrder, true, List.of());
        }
    }

    /**
     * Orders stages.
     *
     * @throws IllegalArgumentException when keys repeat, a dependency is unknown or the stages depend on each other in a
     *     circle; {@link #cycle} says which
     */
    public static StageOrder of(List<Node> nodes) {
        Map<String, Set<String>> before = new LinkedHashMap<>();
        List<Node> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparingInt(Node::sortOrder));
        sorted.forEach(node -> before.put(node.key(), new LinkedHashSet<>(node.dependsOn())));
        if (before.size() < nodes.size()) {
            throw new IllegalArgumentException("two stages have the same key");
        }
        before.forEach((key, dependencies) -> {
            if (!before.keySet().containsAll(dependencies)) {
                throw new IllegalArgumentException(key + " depends on an unknown stage");
            }
        });
        followPrevious(sorted, before);
        List<String> order = DependencySort.order(before);
        if (order.size() < before.size()) {
            throw new IllegalArgumentException("the stages depend on each other in a circle");
        }
        return new StageOrder(order, sortedBy(order, before));
    }

    private static void followPrevious(List<Node> sorted, Map<String, Set<String>> before) {
        Map<String, List<String>> after = DependencySort.after(before);
        for (int i = 1; i < sorted.size(); i++) {
            String key = sorted.get(i).key();
            if (sorted.get(i).followsPrevious()) {
                // What needs this stage cannot come before it.
                Set<String> needing = DependencySort.reached(key, after);
                int previous = i - 1;
                while (previous >= 0 && needing.contains(sorted.get(previous).key())) {
                    previous--;
                }
                if (previous >= 0) {
                    String followed = sorted.get(previous).key();
                    before.getOrDefault(key, new HashSet<>()).add(followed);
                    after.computeIfAbsent(followed, first -> new ArrayList<>()).add(key);
                }
            }
        }
    }

    private static Map<String, Set<String>> sortedBy(List<String> order, Map<String, Set<String>> before) {
        Map<String, Integer> places = DependencySort.places(order);
        Map<String, Set<String>> sorted = new HashMap<>();
        before.forEach((key, dependencies) -> {
            List<String> inOrder = new ArrayList<>(dependencies);
            inOrder.sort(Comparator.comparing(one -> places.getOrDefault(one, 0)));
            sorted.put(key, new LinkedHashSet<>(inOrder));
        });
        return sorted;
    }

    /** The stages that are in circles or behind one, in the order given; none for a sound graph. Unknown dependencies count as met. */
    public static List<String> cycle(List<Node> nodes) {
        Map<String, Set<String>> before = new LinkedHashMap<>();
        nodes.forEach(node -> before.put(node.key(), new LinkedHashSet<>(node.dependsOn())));
        before.values().forEach(dependencies -> dependencies.retainAll(before.keySet()));
        return DependencySort.circle(before);
    }

    /** All stages, each after those it depends on. */
    public List<String> keys() {
        return keys;
    }

    /**
     * The stages right before one, in order: those it depends on, and in the place of those left out the nearest selected
     * ones, unless they come before another previous one anyway. None for a first stage.
     */
    public List<String> previous(String key) {
        return List.copyOf(Objects.requireNonNull(previous.get(key), "unknown stage"));
    }

    /** The stages right after one, in order. */
    public List<String> next(String key) {
        return keys.stream()
                .filter(other -> previous.getOrDefault(other, Set.of()).contains(key))
                .toList();
    }

    /** The stages that none comes after, in order. */
    public List<String> last() {
        Set<String> followed = new HashSet<>();
        previous.values().forEach(followed::addAll);
        return keys.stream().filter(key -> !followed.contains(key)).toList();
    }

    /** Whether the one comes before the other, directly or through others. */
    public boolean isBefore(String one, String other) {
        Integer first = places.get(one);
        Integer second = places.get(other);
        return first != null && second != null && ancestors.get(second).get(first);
    }

    private int[] placesOf(Collection<String> some) {
        return some.stream()
                .map(places::get)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The places of all that comes before any of some stages. */
    private BitSet before(Collection<String> some) {
        BitSet all = new BitSet(keys.size());
        for (int place : placesOf(some)) {
            all.or(ancestors.get(place));
        }
        return all;
    }

    private List<String> inOrder(Collection<String> some) {
        return Arrays.stream(placesOf(some)).sorted().mapToObj(keys::get).toList();
    }

    /**
     * What stands in for a stage in a selection: the stage itself, or in the place of one that is left out the nearest selected
     * ones before it, in order; none when nothing before it is selected.
     */
    public List<String> standIns(String key, Collection<String> selected) {
        Set<String> wanted = Set.copyOf(selected);
        Set<String> found = new HashSet<>();
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(key));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            if (wanted.contains(next)) {
                found.add(next);
            } else if (seen.add(next)) {
                open.addAll(previous.getOrDefault(next, Set.of()));
            }
        }
        BitSet covered = before(found);
        return inOrder(found).stream()
                .filter(one -> !covered.get(places.getOrDefault(one, 0)))
                .toList();
    }

    /** The order of some of the stages; the others are bridged. Keys that are unknown here are left out. */
    public StageOrder select(Collection<String> selected) {
        Set<String> wanted = Set.copyOf(selected);
        List<String> kept = keys.stream().filter(wanted::contains).toList();
        Map<String, Set<String>> nearest = new HashMap<>();
        for (String key : keys) {
            Set<String> found = new LinkedHashSet<>();
            for (String dependency : previous.getOrDefault(key, Set.of())) {
                if (wanted.contains(dependency)) {
                    found.add(dependency);
                } else {
                    found.addAll(nearest.getOrDefault(dependency, Set.of()));
                }
            }
            nearest.put(key, found);
        }
        Map<String, Set<String>> bridged = new HashMap<>();
        for (String key : kept) {
            Set<String> direct = previous.getOrDefault(key, Set.of());
            Set<String> found = nearest.getOrDefault(key, Set.of());
            BitSet covered = before(found);
            Set<String> result = new LinkedHashSet<>(inOrder(found));
            result.removeIf(one -> !direct.contains(one) && covered.get(places.getOrDefault(one, 0)));
            bridged.put(key, result);
        }
        return new StageOrder(kept, bridged);
    }
}
