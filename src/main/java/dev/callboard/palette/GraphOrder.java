package dev.callboard.palette;

import dev.callboard.palette.Graph.Edge;
import dev.callboard.palette.Graph.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a graph in an order in which each comes after all that feed it (Kahn's algorithm; ties keep the order of
 * the drawing).
 *
 * @param sorted node ids, those on cycles left out
 * @param onCycles node ids that are on a cycle or behind one
 */
public record GraphOrder(List<String> sorted, List<String> onCycles) {

    /** Orders the nodes of a graph; edges from or to nodes that are not there count for nothing. */
    public static GraphOrder of(Graph graph) {
        Map<String, Integer> waitingFor = new LinkedHashMap<>();
        graph.nodes().forEach(node -> waitingFor.put(node.id(), 0));
        List<Edge> edges = graph.edges().stream()
                .filter(edge -> waitingFor.containsKey(edge.sourceNode()) && waitingFor.containsKey(edge.targetNode()))
                .toList();
        edges.forEach(edge -> waitingFor.merge(edge.targetNode(), 1, Integer::sum));
        Map<String, List<String>> targets = targets(edges);
        Deque<String> ready = new ArrayDeque<>();
        waitingFor.forEach((id, count) -> {
            if (count == 0) {
                ready.add(id);
            }
        });
        List<String> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            String id = ready.remove();
            sorted.add(id);
            for (String target : targets.getOrDefault(id, List.of())) {
                if (waitingFor.merge(target, -1, Integer::sum) == 0) {
                    ready.add(target);
                }
            }
        }
        Set<String> stuck = new LinkedHashSet<>(waitingFor.keySet());
        sorted.forEach(stuck::remove);
        return new GraphOrder(List.copyOf(sorted), List.copyOf(stuck));
    }

    private static Map<String, List<String>> targets(List<Edge> edges) {
        Map<String, List<String>> targets = new HashMap<>();
        edges.forEach(edge -> targets.computeIfAbsent(edge.sourceNode(), id -> new ArrayList<>())
                .add(edge.targetNode()));
        return targets;
    }

    /**
     * The longest path from a source to a sink; without a sink to any last node. Between paths of one length the one
     * drawn first.
     */
    List<String> mainPath(Graph graph) {
        Map<String, Node> nodes = new HashMap<>();
        graph.nodes().forEach(node -> nodes.put(node.id(), node));
        Map<String, Integer> length = new HashMap<>();
        Map<String, @Nullable String> before = new HashMap<>();
        Map<String, List<String>> targets = targets(graph.edges());
        for (String id : sorted) {
            Node node = nodes.get(id);
            if (node != null && node.type() == EntryType.SOURCE) {
                length.putIfAbsent(id, 1);
            }
            Integer here = length.get(id);
            if (here == null) {
                continue;
            }
            for (String target : targets.getOrDefault(id, List.of())) {
                if (here + 1 > length.getOrDefault(target, 0)) {
                    length.put(target, here + 1);
                    before.put(target, id);
                }
            }
        }
        String end = end(nodes, length);
        List<String> path = new ArrayList<>();
        for (String id = end; id != null; id = before.get(id)) {
            path.add(0, id);
        }
        return path;
    }

    private @Nullable String end(Map<String, Node> nodes, Map<String, Integer> length) {
        Set<String> sinks = new HashSet<>();
        nodes.values().stream().filter(node -> node.type() == EntryType.SINK).forEach(node -> sinks.add(node.id()));
        String best = null;
        for (String id : sorted) {
            boolean candidate = length.containsKey(id)
                    && (sinks.contains(id) || sinks.stream().noneMatch(length::containsKey));
            if (candidate && (best == null || length.getOrDefault(id, 0) > length.getOrDefault(best, 0))) {
                best = id;
            }
        }
        return best;
    }
}
