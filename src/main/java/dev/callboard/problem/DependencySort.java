package dev.callboard.problem;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/** Sorts keys by what comes before them, in time that grows with the number of dependencies. */
public final class DependencySort {
    private DependencySort() {}

    /**
     * Each time the first key whose dependencies are all placed; keys of a circle, and those behind one, are never placed.
     *
     * @param before key to the keys that come before it, all of them keys of the map
     */
    public static List<String> order(Map<String, Set<String>> before) {
        List<String> keys = List.copyOf(before.keySet());
        Map<String, Integer> places = places(keys);
        Map<String, List<String>> after = after(before);
        Map<String, Integer> waitingFor = new HashMap<>();
        Queue<Integer> ready = new PriorityQueue<>();
        before.forEach((key, dependencies) -> {
            waitingFor.put(key, dependencies.size());
            if (dependencies.isEmpty()) {
                ready.add(places.getOrDefault(key, 0));
            }
        });
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String key = keys.get(ready.remove());
            order.add(key);
            for (String next : after.getOrDefault(key, List.of())) {
                if (waitingFor.merge(next, -1, Integer::sum) == 0) {
                    ready.add(places.getOrDefault(next, 0));
                }
            }
        }
        return order;
    }

    /** The keys that are on circles or between two of them, in the order of the map; none for a sound graph. */
    public static List<String> circle(Map<String, Set<String>> before) {
        Set<String> stuck = new LinkedHashSet<>(before.keySet());
        order(before).forEach(stuck::remove);
        // What no other stuck key depends on is only behind the circle, not in it.
        Map<String, Integer> dependants = new HashMap<>();
        stuck.forEach(key -> before.getOrDefault(key, Set.of()).forEach(one -> dependants.merge(one, 1, Integer::sum)));
        Deque<String> behind = new ArrayDeque<>(
                stuck.stream().filter(key -> !dependants.containsKey(key)).toList());
        while (!behind.isEmpty()) {
            String key = behind.remove();
            stuck.remove(key);
            for (String one : before.getOrDefault(key, Set.of())) {
                if (dependants.merge(one, -1, Integer::sum) == 0 && stuck.contains(one)) {
                    behind.add(one);
                }
            }
        }
        return List.copyOf(stuck);
    }

    /** Key to the keys that it comes right before. */
    public static Map<String, List<String>> after(Map<String, Set<String>> before) {
        Map<String, List<String>> after = new HashMap<>();
        before.forEach((key, dependencies) -> dependencies.forEach(
                one -> after.computeIfAbsent(one, first -> new ArrayList<>()).add(key)));
        return after;
    }

    /** The keys that come after one, directly or through others, itself included. */
    public static Set<String> reached(String from, Map<String, List<String>> after) {
        Set<String> reached = new HashSet<>(Set.of(from));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            after.getOrDefault(open.remove(), List.of()).stream()
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }

    /** Key to its place in a list without repeats, from 0. */
    public static Map<String, Integer> places(Collection<String> keys) {
        Map<String, Integer> places = new HashMap<>();
        keys.forEach(key -> places.put(key, places.size()));
        return places;
    }
}
