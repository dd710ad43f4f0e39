package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.palette.EntryType;
import dev.callboard.palette.Graph;
import dev.callboard.palette.GraphReader;
import dev.callboard.palette.Port;
import dev.callboard.palette.Ports;
import dev.callboard.pipelines.DrawnPipeline;
import dev.callboard.pipelines.GraphRules;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.PutPipeline;
import dev.callboard.spi.Stage;
import dev.callboard.taskmodel.ExecutionView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that is drawn, saved and run gives what it drew. */
class DrawnGraphTest {
    private static final int ROUNDS = Integer.getInteger("callboard.rounds", 60);

    @TempDir
    Path dir;

    private static Ports ports(List<String> takes, List<String> gives) {
        return new Ports(
                takes.stream().map(name -> new Port(name, Port.ANY)).toList(),
                gives.stream().map(name -> new Port(name, Port.ANY)).toList());
    }

    /** Puts out what it is called, at which port, and what it got: so the end of a pipeline shows all of its way. */
    private static Stage telling(List<String> gives) {
        return (context, input) -> told(context.stageName(), gives, input);
    }

    private static Object told(String name, List<String> gives, Object input) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        gives.forEach(port -> outputs.put(port, name + "/" + port + "#" + digest(input)));
        return gives.size() == 1 ? outputs.get(gives.get(0)) : outputs;
    }

    /** A task's input is a list, whatever is in it; all else is told by its text. */
    private static String digest(Object input) {
        Object seen = input instanceof List<?> ? "the task's input" : input;
        if (input instanceof Map<?, ?> ports) {
            Map<String, String> sorted = new TreeMap<>();
            ports.forEach((port, value) -> sorted.put(String.valueOf(port), digest(value)));
            seen = sorted;
        }
        return Integer.toHexString(Json.write(seen).hashCode());
    }

    private TaskServer server() throws IOException {
        TaskServer server = new TaskServer(dir)
                .entry("text", EntryType.SOURCE, ports(List.of(), List.of("text", "files")), null)
                .entry("result", EntryType.SINK, ports(List.of("any"), List.of()), null);
        DrawnAtRandom.STAGES.forEach((type, ports) ->
                server.entry(type, EntryType.STAGE, ports(ports.takes(), ports.gives()), telling(ports.gives())));
        return server.start();
    }

    /** What each stage of a graph puts out, worked out from the graph alone. */
    private static Map<String, Object> expected(Graph graph) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        List<Graph.Node> open = new java.util.ArrayList<>(graph.nodes());
        while (!open.isEmpty()) {
            Graph.Node node = open.stream()
                    .filter(each -> graph.edges().stream()
                            .filter(edge -> edge.targetNode().equals(each.id()))
                            .allMatch(edge -> outputs.containsKey(edge.sourceNode())))
                    .findFirst()
                    .orElseThrow();
            open.remove(node);
            outputs.put(node.id(), node.type() == EntryType.STAGE ? told(graph, node, outputs) : List.of());
        }
        graph.nodes().stream()
                .filter(node -> node.type() != EntryType.STAGE)
                .forEach(node -> outputs.remove(node.id()));
        return outputs;
    }

    private static Object told(Graph graph, Graph.Node node, Map<String, Object> outputs) {
        Map<String, Object> fed = new LinkedHashMap<>();
        graph.edges().stream()
                .filter(edge -> edge.targetNode().equals(node.id()))
                .forEach(edge -> {
                    Object output = outputs.get(edge.sourceNode());
                    fed.put(
                            edge.targetPort(),
                            output instanceof Map<?, ?> ports ? ports.get(edge.sourcePort()) : output);
                });
        Object input = fed.isEmpty()
                ? List.of()
                : fed.size() == 1 ? fed.values().iterator().next() : fed;
        return told(node.id(), DrawnAtRandom.STAGES.get(node.entryId()).gives(), input);
    }

    private static void put(TaskServer server, Object definition) {
        server.ask(PipelineMessages.PUT, new PutPipeline("drawn", definition, "application/json", null));
    }

    private static String start(TaskServer server) {
        return server.create(Map.of(
                        "title",
                        "T",
                        "pipeline",
                        "drawn",
                        "auto_start",
                        true,
                        "input",
                        List.of(Map.of("text", "a text", "name", "a.txt"))))
                .id();
    }

    private static Map<String, Object> outputs(TaskServer server, String task) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        for (ExecutionView execution : server.executions(task)) {
            outputs.put(execution.stage(), execution.output());
        }
        return outputs;
    }

    @Test
    void aDiamondOverTwoPortsIsRunAsDrawn() throws IOException {
        try (TaskServer server = server()) {
            Map<String, Object> graph = new DrawnAtRandom(0)
                    .node("in", "source", "text")
                    .node("split it", "stage", "split")
                    .node("left", "stage", "one")
                    .node("right", "stage", "one")
                    .node("join", "stage", "two")
                    .node("end", "sink", "result")
                    .edge("in", "text", "split it", "in")
                    .edge("split it", "a", "left", "in")
                    .edge("split it", "b", "right", "in")
                    .edge("right", "out", "join", "right")
                    .edge("left", "out", "join", "left")
                    .edge("join", "out", "end", "any")
                    .map();
            put(server, Map.of("graph", graph));
            String task = start(server);
            server.until(task, "completed");
            String split = digest(List.of());
            String left = "left/out#" + digest("split it/a#" + split);
            String right = "right/out#" + digest("split it/b#" + split);
            assertThat(outputs(server, task).get("join"))
                    .isEqualTo("join/out#" + digest(Map.of("left", left, "right", right)));
        }
    }

    @Test
    void anyGraphGivesWhatItDrew() throws IOException {
        try (TaskServer server = server()) {
            Map<String, Map<String, Object>> graphs = new LinkedHashMap<>();
            for (int seed = 1; seed <= ROUNDS; seed++) {
                Map<String, Object> drawn = DrawnAtRandom.of(seed);
                Graph graph = GraphReader.read(drawn);
                assertThat(GraphRules.check(server::palette, graph))
                        .as("%s", drawn)
                        .isEmpty();
                DrawnPipeline compiled = DrawnPipeline.of(graph, server::palette);
                assertThat(compiled.faults()).as("%s", drawn).isEmpty();
                // Saved in each of the three ways.
                put(
                        server,
                        List.of(drawn, Map.of("graph", drawn), compiled.definition())
                                .get(seed % 3));
                graphs.put(start(server), drawn);
            }
            graphs.forEach((task, drawn) -> {
                server.until(task, "completed");
                assertThat(outputs(server, task)).as("%s", drawn).isEqualTo(expected(GraphReader.read(drawn)));
            });
        }
    }
}
