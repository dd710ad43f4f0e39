package dev.callboard.dispatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws graphs of sources, stages of one or two ports, and sinks; the same seed draws the same one. */
final class DrawnAtRandom {
    /** Stage types by their names. */
    static final Map<String, StagePorts> STAGES = Map.of(
            "one", new StagePorts(List.of("in"), List.of("out")),
            "two", new StagePorts(List.of("left", "right"), List.of("out")),
            "split", new StagePorts(List.of("in"), List.of("a", "b")),
            "cross", new StagePorts(List.of("left", "right"), List.of("a", "b.c")));

    private final Random random;
    private final List<Map<String, Object>> nodes = new ArrayList<>();
    private final List<Map<String, Object>> edges = new ArrayList<>();

    DrawnAtRandom(long seed) {
        random = new Random(seed);
    }

    record StagePorts(List<String> takes, List<String> gives) {}

    /** An output port of a node. */
    private record Output(String node, String port) {}

    static Map<String, Object> of(long seed) {
        return new DrawnAtRandom(seed).drawn();
    }

    private Map<String, Object> drawn() {
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            node("source." + i, "source", "text");
            outputs.add(new Output("source." + i, random.nextBoolean() ? "text" : "files"));
        }
        List<String> stages = new ArrayList<>();
        int count = 1 + random.nextInt(7);
        for (int i = 0; i < count; i++) {
            String type = List.of("one", "two", "split", "cross").get(random.nextInt(4));
            String id = List.of("stage-", "Stufe ü ", "a.b").get(random.nextInt(3)) + i;
            node(id, "stage", type);
            for (String port : STAGES.get(type).takes()) {
                if (random.nextInt(10) < 8) {
                    Output from = outputs.get(random.nextInt(outputs.size()));
                    edge(from.node(), from.port(), id, port);
                }
            }
            STAGES.get(type).gives().forEach(port -> outputs.add(new Output(id, port)));
            stages.add(id);
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            String sink = "sink-" + i;
            node(sink, "sink", "result");
            String from = stages.get(random.nextInt(stages.size()));
            outputs.stream()
                    .filter(output -> output.node().equals(from))
                    .findFirst()
                    .ifPresent(output -> edge(output.node(), output.port(), sink, "any"));
        }
        Collections.shuffle(nodes, random);
        Collections.shuffle(edges, random);
        return map();
    }

    DrawnAtRandom node(String id, String type, String entry) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", id);
        node.put("type", type);
        node.put(type.equals("stage") ? "stage_id" : type + "_type", entry);
        nodes.add(node);
        return this;
    }

    DrawnAtRandom edge(String from, String output, String to, String input) {
        edges.add(Map.of(
                "id",
                "edge-" + edges.size(),
                "source_node",
                from,
                "source_port",
                output,
                "target_node",
                to,
                "target_port",
                input));
        return this;
    }

    Map<String, Object> map() {
        return Map.of("nodes", List.copyOf(nodes), "edges", List.copyOf(edges));
    }
}
