package dev.callboard.pipelines;

import dev.callboard.palette.EntryType;
import dev.callboard.palette.Graph;
import dev.callboard.palette.Graph.Edge;
import dev.callboard.palette.Graph.Node;
import dev.callboard.palette.GraphError;
import dev.callboard.palette.GraphOrder;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A graph that {@link GraphRules} found nothing wrong with, as the definition of a pipeline. Nodes keep their ids as names, in
 * running order; each edge into a stage is one of its {@code inputs}, a stage without any follows none.
 */
public final class DrawnPipeline {
    private final Graph graph;
    private final Function<String, Optional<PaletteEntry>> palette;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Map<String, Object>> sources = new ArrayList<>();
    private final List<Map<String, Object>> stages = new ArrayList<>();
    private final List<Map<String, Object>> sinks = new ArrayList<>();
    private final List<GraphError> losses = new ArrayList<>();
    private final List<GraphError> misread = new ArrayList<>();
    private final Map<String, String> drawnAt = new LinkedHashMap<>();
    private final Set<String> stageIds;
    private final Set<String> sourceIds;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, List<Integer>> into = new HashMap<>();

    private DrawnPipeline(Graph graph, Function<String, Optional<PaletteEntry>> palette) {
        this.graph = graph;
        this.palette = palette;
        for (int i = 0; i < graph.nodes().size(); i++) {
            nodes.put(graph.nodes().get(i).id(), graph.nodes().get(i));
            places.put(graph.nodes().get(i).id(), i);
        }
        stageIds = named(EntryType.STAGE);
        sourceIds = named(EntryType.SOURCE);
        for (int i = 0; i < graph.edges().size(); i++) {
            into.computeIfAbsent(graph.edges().get(i).targetNode(), id -> new ArrayList<>())
                    .add(i);
        }
        GraphOrder.of(graph).sorted().forEach(id -> add(nodes.get(id)));
    }

    /** Makes the definition of a graph without errors. */
    public static DrawnPipeline of(Graph graph, Function<String, Optional<PaletteEntry>> palette) {
        return new DrawnPipeline(graph, palette);
    }

    /** What {@code PUT /api/pipelines/NAME} takes, but for the name. */
    public Map<String, @Nullable Object> definition() {
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        definition.put("sources", sources);
        definition.put("stages", stages);
        if (!sinks.isEmpty()) {
            definition.put("sinks", sinks);
        }
        definition.put("strict", true);
        return definition;
    }

    /** Why the definition is none that a pipeline can have, with pointers into the graph; empty when it is one. */
    public List<GraphError> faults() {
        Map<String, @Nullable Object> named = definition();
        named.put("name", "drawn");
        List<GraphError> faults = new ArrayList<>(misread);
        PipelineReader.read(named).violations().stream()
                .map(violation -> new GraphError(
                        "no_pipeline",
                        "No pipeline can be made of it: "
                                + (violation.pointer().isEmpty() ? "" : violation.pointer() + " ")
                                + violation.sentence(),
                        pointer(violation.pointer()),
                        null,
                        null))
                .forEach(faults::add);
        return faults;
    }

    /** What is drawn and a pipeline does not have: nodes are fed by more than was drawn, or by less. */
    public List<GraphError> losses() {
        return List.copyOf(losses);
    }

    /** Where in the graph that is what a pointer into the definition means; the graph as a whole for what is not drawn. */
    public String pointer(String inDefinition) {
        String[] parts = inDefinition.split("/", 4);
        String drawn = parts.length < 3 ? null : drawnAt.get("/" + parts[1] + "/" + parts[2]);
        if (drawn == null) {
            return "";
        }
        String rest = parts.length < 4 ? "" : parts[3];
        return rest.startsWith("config") ? drawn + "/settings" + rest.substring("config".length()) : drawn;
    }

    private void add(@Nullable Node node) {
        if (node == null) {
            return;
        }
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("name", node.id());
        made.put("type", node.entryId());
        String list =
                switch (node.type()) {
                    case SOURCE -> {
                        sources.add(made);
                        yield "/sources/" + (sources.size() - 1);
                    }
                    case STAGE -> {
                        stages.add(made);
                        yield "/stages/" + (stages.size() - 1);
                    }
                    case SINK -> {
                        sinks.add(made);
                        yield "/sinks/" + (sinks.size() - 1);
                    }
                };
        drawnAt.put(list, "/nodes/" + places.get(node.id()));
        List<Integer> edges = into.getOrDefault(node.id(), List.of());
        if (node.type() == EntryType.STAGE) {
            addInputs(made, edges);
        } else if (node.type() == EntryType.SINK) {
            addAfter(made, edges);
        }
        if (!node.settings().isEmpty()) {
            made.put("config", node.settings());
        }
    }

    private void addInputs(Map<String, Object> stage, List<Integer> edges) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (int place : edges) {
            Edge edge = graph.edges().get(place);
            boolean one = outputs(edge.sourceNode()).size() == 1 || isSource(edge.sourceNode());
            PortInput from =
                    new PortInput(edge.sourceNode(), isSource(edge.sourceNode()), one ? null : edge.sourcePort());
            inputs.put(edge.targetPort(), from.text());
            if (!PortInput.of(from.text(), stageIds, sourceIds).equals(Optional.of(from))) {
                misread.add(new GraphError(
                        "no_pipeline",
                        "No pipeline can be made of it: '" + from.text() + "' is the port '" + from.port()
                                + "' of the node '" + from.from() + "', and another node's id; rename one of them.",
                        "/edges/" + place,
                        null,
                        edge.id()));
            }
        }
        if (inputs.isEmpty()) {
            stage.put("depends_on", List.of());
        } else {
            stage.put("inputs", inputs);
        }
    }

    private void addAfter(Map<String, Object> sink, List<Integer> edges) {
        Set<String> after = new LinkedHashSet<>();
        for (int place : edges) {
            Edge edge = graph.edges().get(place);
            if (isSource(edge.sourceNode())) {
                lost(place, "gets what stages put out, not what the source '" + edge.sourceNode() + "' gives");
            } else {
                after.add(edge.sourceNode());
                if (outputs(edge.sourceNode()).size() > 1) {
                    lost(place, "gets all that '" + edge.sourceNode() + "' puts out, not one port of it");
                }
            }
        }
        if (!after.isEmpty()) {
            sink.put("after", after.size() == 1 ? after.iterator().next() : List.copyOf(after));
        }
    }

    private void lost(int place, String what) {
        Edge edge = graph.edges().get(place);
        losses.add(new GraphError(
                "not_as_drawn",
                "The sink '" + edge.targetNode() + "' " + what + ".",
                "/edges/" + place,
                null,
                edge.id()));
    }

    private Set<String> named(EntryType type) {
        return graph.nodes().stream()
                .filter(node -> node.type() == type)
                .map(Node::id)
                .collect(Collectors.toSet());
    }

    private boolean isSource(String id) {
        Node node = nodes.get(id);
        return node != null && node.type() == EntryType.SOURCE;
    }

    private List<Port> outputs(String id) {
        Node node = nodes.get(id);
        return node == null
                ? List.of()
                : palette.apply(node.entryId())
                        .map(entry -> entry.definition().ports().outputs())
                        .orElse(List.of());
    }
}
