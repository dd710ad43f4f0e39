package dev.callboard.model;

import java.util.ArrayList;
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
    private final Map<String, Set<String>> ancestors = new HashMap<>();

    private StageOrder(List<String> keys, Map<String, Set<String>> previous) {
        this.keys = List.copyOf(keys);
        this.previous = previous;
        for (String key : keys) {
            Set<String> found = new HashSet<>();
            for (String direct : previous.getOrDefault(key, Set.of())) {
                found.add(direct);
                found.addAll(ancestors.getOrDefault(direct, Set.of()));
            }
            ancestors.put(key, found);
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
     *     circle; {@link #cycle} tells which
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
        List<String> order = order(before);
        if (order.size() < before.size()) {
            throw new IllegalArgumentException("the stages depend on each other in a circle");
        }
        return new StageOrder(order, sortedBy(order, before));
    }

    private static void followPrevious(List<Node> sorted, Map<String, Set<String>> before) {
        Set<String> named = new HashSet<>();
        before.values().forEach(named::addAll);
        for (int i = 1; i < sorted.size(); i++) {
            String key = sorted.get(i).key();
            if (sorted.get(i).followsPrevious()) {
                int previous = i - 1;
                // What needs this stage cannot come before it. Mostly nobody names it, and nothing has to be searched.
                while (named.contains(key)
                        && previous >= 0
                        && reaches(sorted.get(previous).key(), key, before)) {
                    previous--;
                }
                if (previous >= 0) {
                    before.getOrDefault(key, new HashSet<>())
                            .add(sorted.get(previous).key());
                }
            }
        }
    }

    /** Whether a stage depends on another one, directly or through others. */
    private static boolean reaches(String from, String to, Map<String, Set<String>> before) {
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            String key = open.remove(open.size() - 1);
            if (key.equals(to)) {
                return true;
            }
            if (seen.add(key)) {
                open.addAll(before.getOrDefault(key, Set.of()));
            }
        }
        return false;
    }

    /** Each time the first stage whose dependencies are all placed; stages of a circle are never placed. */
    private static List<String> order(Map<String, Set<String>> before) {
        List<String> open = new ArrayList<>(before.keySet());
        List<String> order = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        for (int i = 0; i < open.size(); ) {
            String key = open.get(i);
            if (placed.containsAll(before.getOrDefault(key, Set.of()))) {
                order.add(key);
                placed.add(key);
                open.remove(i);
                i = 0;
            } else {
                i++;
            }
        }
        return order;
    }

    private static Map<String, Set<String>> sortedBy(List<String> order, Map<String, Set<String>> before) {
        Map<String, Set<String>> sorted = new HashMap<>();
        before.forEach((key, dependencies) -> {
            Set<String> inOrder = new LinkedHashSet<>(order);
            inOrder.retainAll(dependencies);
            sorted.put(key, inOrder);
        });
        return sorted;
    }

    /** The stages that are in circles or behind one, in the order given; none for a sound graph. Unknown dependencies count as met. */
    public static List<String> cycle(List<Node> nodes) {
        Map<String, Set<String>> before = new LinkedHashMap<>();
        nodes.forEach(node -> before.put(node.key(), new LinkedHashSet<>(node.dependsOn())));
        before.values().forEach(dependencies -> dependencies.retainAll(before.keySet()));
        List<String> stuck = new ArrayList<>(before.keySet());
        stuck.removeAll(order(before));
        // What no other stuck stage depends on is only behind the circle, not in it.
        while (stuck.removeIf(key -> stuck.stream()
                .noneMatch(other -> before.getOrDefault(other, Set.of()).contains(key)))) {
            // Until nothing changes.
        }
        return stuck;
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

    /** Whether the one comes before the other, directly or through others. */
    public boolean isBefore(String one, String other) {
        return ancestors.getOrDefault(other, Set.of()).contains(one);
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
        return keys.stream()
                .filter(found::contains)
                .filter(one -> found.stream().noneMatch(other -> isBefore(one, other)))
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
            Set<String> result = new LinkedHashSet<>(kept);
            result.retainAll(found);
            result.removeIf(one -> !direct.contains(one) && found.stream().anyMatch(other -> isBefore(one, other)));
            bridged.put(key, result);
        }
        return new StageOrder(kept, bridged);
    }
}
