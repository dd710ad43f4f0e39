package dev.callboard.palette;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A drawn pipeline: palette entries as nodes, connections between their ports as edges.
 *
 * @param nodes in the order of the drawing
 * @param edges in the order of the drawing
 */
public record Graph(List<Node> nodes, List<Edge> edges) {
    /** Copies. */
    public Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * One place of a palette entry.
     *
     * @param id unique in the graph
     * @param type the group of the palette that the entry is in
     * @param entryId the palette entry's id
     * @param settings values by key, defaults left out
     */
    public record Node(String id, EntryType type, String entryId, Map<String, @Nullable Object> settings) {
        /** Copies. */
        public Node {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }
    }

    /**
     * A connection from an output port to an input port.
     *
     * @param id unique in the graph
     */
    public record Edge(String id, String sourceNode, String sourcePort, String targetNode, String targetPort) {}
}
