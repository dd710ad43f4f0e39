package dev.callboard.pipelines;

import dev.callboard.palette.EntryType;
import dev.callboard.palette.Graph;
import dev.callboard.palette.Graph.Edge;
import dev.callboard.palette.Graph.Node;
import dev.callboard.palette.GraphError;
import dev.callboard.palette.GraphOrder;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.Port;
import dev.callboard.palette.Ports;
import dev.callboard.palette.SettingsRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks a graph against a palette; everything that is wrong is said at once. */
public final class GraphRules {
    private final Function<String, Optional<PaletteEntry>> palette;
    private final Graph graph;
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<GraphError> errors = new ArrayList<>();

    private GraphRules(Function<String, Optional<PaletteEntry>> palette, Graph graph) {
        this.palette = palette;
        this.graph = graph;
    }

    /** All errors of the graph, in the order nodes, edges, whole; empty when it can be compiled. */
    public static List<GraphError> check(Palette palette, Graph graph) {
        return check(palette::entry, graph);
    }

    /**
     * As {@link #check(Palette, Graph)}.
     *
     * @param palette id to entry
     */
    public static List<GraphError> check(Function<String, Optional<PaletteEntry>> palette, Graph graph) {
        GraphRules rules = new GraphRules(palette, graph);
        rules.checkNodes();
        rules.checkEdges();
        rules.checkFanIn();
        rules.checkCycles();
        return List.copyOf(rules.errors);
    }

    /**
     * What is no error but may be a mistake: settings of an entry that declares none, stages that no edge touches where others are
     * connected, in the order of the nodes.
     */
    public static List<GraphError> warnings(Palette palette, Graph graph) {
        GraphRules rules = new GraphRules(palette::entry, graph);
        Set<String> touched = graph.edges().stream()
                .flatMap(edge -> Stream.of(edge.sourceNode(), edge.targetNode()))
                .collect(Collectors.toSet());
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            if (node.type() == EntryType.STAGE && !touched.isEmpty() && !touched.contains(node.id())) {
                rules.nodeError(
                        "not_connected",
                        "No edge touches the stage '" + node.id()
                                + "': it runs with the task's input, and nothing takes what"
                                + " it puts out. Connect it, or take it out.",
                        "/nodes/" + i,
                        node);
            }
            String at = "/nodes/" + i + "/settings";
            rules.entryOf(node)
                    .filter(entry -> entry.unavailable() == null)
                    .map(entry -> PipelineRules.unchecked(entry, node.settings().keySet(), at))
                    .orElse(List.of())
                    .forEach(warning -> rules.nodeError(
                            "unchecked_setting",
                            "Node '" + node.id() + "': " + warning.sentence(),
                            warning.pointer(),
                            node));
        }
        return List.copyOf(rules.errors);
    }

    private void checkNodes() {
        boolean hasSource = false;
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            String at = "/nodes/" + i;
            hasSource |= node.type() == EntryType.SOURCE;
            if (nodes.putIfAbsent(node.id(), node) != null) {
                nodeError("duplicate_node", "Two nodes have the id '" + node.id() + "'.", at + "/id", node);
            }
            Optional<PaletteEntry> entry = entryOf(node);
            if (entry.isEmpty()) {
                nodeError(
                        "unknown_stage",
                        unknown(node),
                        at + "/"
                                + (node.type() == EntryType.STAGE
                                        ? "stage_id"
                                        : node.type().word() + "_type"),
                        node);
                continue;
            }
            SettingsRules.check(entry.get().definition().settingsSchema(), node.settings(), at + "/settings")
                    .violations()
                    .forEach(violation -> nodeError(
                            "invalid_settings",
                            "Node '" + node.id() + "': " + violation.detail(),
                            violation.pointer(),
                            node));
        }
        if (!hasSource) {
            errors.add(new GraphError("no_source", "The pipeline needs a source.", "/nodes", null, null));
        }
    }

    private static String unknown(Node node) {
        String none = "The palette has no " + node.type().word() + " '" + node.entryId() + "'";
        return node.type() == EntryType.SOURCE && SourceReader.TYPES.contains(node.entryId())
                ? none
                        + ": a graph holds what the palette has, and a source of that type stands under sources: of the pipeline."
                : none + ".";
    }

    private Optional<PaletteEntry> entryOf(Node node) {
        return palette.apply(node.entryId()).filter(entry -> entry.definition().type() == node.type());
    }

    private void checkEdges() {
        Map<String, Edge> ids = new HashMap<>();
        for (int i = 0; i < graph.edges().size(); i++) {
            Edge edge = graph.edges().get(i);
            String at = "/edges/" + i;
            if (ids.putIfAbsent(edge.id(), edge) != null) {
                edgeError("duplicate_edge", "Two edges have the id '" + edge.id() + "'.", at + "/id", edge);
            }
            Port from = port(edge, edge.sourceNode(), edge.sourcePort(), true, at + "/source");
            Port to = port(edge, edge.targetNode(), edge.targetPort(), false, at + "/target");
            if (from != null && to != null && !from.fits(to)) {
                edgeError(
                        "incompatible_types",
                        "'" + edge.targetNode() + "' takes " + to.type() + ", but '" + edge.sourceNode() + "' gives "
                                + from.type() + ".",
                        at,
                        edge);
            }
        }
    }

    private @Nullable Port port(Edge edge, String nodeId, String portName, boolean output, String at) {
        Node node = nodes.get(nodeId);
        if (node == null) {
            edgeError("unknown_node", "There is no node '" + nodeId + "'.", at + "_node", edge);
            return null;
        }
        Optional<PaletteEntry> entry = entryOf(node);
        if (entry.isEmpty()) {
            return null;
        }
        Ports ports = entry.get().definition().ports();
        Optional<Port> port = output ? ports.output(portName) : ports.input(portName);
        if (port.isEmpty()) {
            edgeError(
                    "unknown_port",
                    "Node '" + nodeId + "' has no " + (output ? "output" : "input") + " port '" + portName + "'.",
                    at + "_port",
                    edge);
        }
        return port.orElse(null);
    }

    private void checkFanIn() {
        Map<List<String>, Integer> inputs = new LinkedHashMap<>();
        graph.edges().forEach(edge -> inputs.merge(List.of(edge.targetNode(), edge.targetPort()), 1, Integer::sum));
        inputs.forEach((port, count) -> {
            if (count > 1) {
                errors.add(new GraphError(
                        "too_many_inputs",
                        "Port '" + port.get(1) + "' of node '" + port.get(0) + "' has " + count + " inputs, max 1.",
                        "/edges",
                        port.get(0),
                        null));
            }
        });
    }

    private void checkCycles() {
        List<String> stuck = GraphOrder.of(graph).onCycles();
        if (!stuck.isEmpty()) {
            errors.add(new GraphError(
                    "cycle",
                    "These nodes form a cycle or hang behind one: " + String.join(", ", stuck) + ".",
                    "/edges",
                    stuck.get(0),
                    null));
        }
    }

    private void nodeError(String code, String message, String pointer, Node node) {
        errors.add(new GraphError(code, message, pointer, node.id(), null));
    }

    private void edgeError(String code, String message, String pointer, Edge edge) {
        errors.add(new GraphError(code, message, pointer, null, edge.id()));
    }
}
