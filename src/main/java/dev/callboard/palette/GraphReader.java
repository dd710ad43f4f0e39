package dev.callboard.palette;

import dev.callboard.problem.Fields;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a graph from JSON-shaped values. */
public final class GraphReader {
    private static final int MAX_NODES = 2_000;
    private static final int MAX_EDGES = 10_000;

    private static final List<String> NODE = List.of("id", "type", "stage_id", "source_type", "sink_type", "settings");
    private static final List<String> EDGE = List.of("id", "source_node", "source_port", "target_node", "target_port");

    private GraphReader() {}

    /**
     * Reads a graph.
     *
     * @throws ProblemException {@code invalid_graph} with everything that is not of the right shape
     */
    public static Graph read(@Nullable Object value) {
        List<Violation> violations = new ArrayList<>();
        Map<?, ?> map = value instanceof Map<?, ?> object ? object : Map.of();
        if (!(value instanceof Map<?, ?>)) {
            violations.add(new Violation("", "must be an object with 'nodes' and 'edges'"));
        }
        Fields fields = new Fields(map, "", violations);
        fields.only(List.of("nodes", "edges"));
        for (String key : List.of("nodes", "edges")) {
            if (value instanceof Map<?, ?> && !fields.has(key)) {
                fields.wrong(key, "is missing");
            }
        }
        List<Graph.Node> nodes = fields.objects("nodes", MAX_NODES, (node, index) -> node(node));
        List<Graph.Edge> edges = fields.objects("edges", MAX_EDGES, (edge, index) -> edge(edge, index));
        if (!violations.isEmpty()) {
            throw ProblemException.invalid("invalid_graph", "The pipeline is not of the right shape.", violations);
        }
        return new Graph(nodes, edges);
    }

    private static Graph.Node node(Fields node) {
        EntryType type = EntryType.of(node.get("type")).orElse(null);
        if (type == null) {
            node.wrong("type", "must be one of source, stage, sink");
            type = EntryType.STAGE;
        }
        node.only(NODE);
        String key = type == EntryType.STAGE ? "stage_id" : type.word() + "_type";
        return new Graph.Node(required(node, "id"), type, required(node, key), settings(node));
    }

    private static Map<String, @Nullable Object> settings(Fields node) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        if (node.get("settings") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> settings.put(String.valueOf(key), value));
        } else if (node.has("settings")) {
            node.wrong("settings", "must be an object");
        }
        return settings;
    }

    private static Graph.Edge edge(Fields edge, int index) {
        edge.only(EDGE);
        return new Graph.Edge(
                edge.text("id", "edge-" + index, 200),
                required(edge, "source_node"),
                required(edge, "source_port"),
                required(edge, "target_node"),
                required(edge, "target_port"));
    }

    private static String required(Fields fields, String key) {
        if (!fields.has(key)) {
            fields.wrong(key, "is missing");
        }
        return fields.text(key, "", 200);
    }
}
