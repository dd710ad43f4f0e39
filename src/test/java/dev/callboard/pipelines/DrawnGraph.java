package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.palette.EntryType;
import dev.callboard.palette.Graph;
import dev.callboard.palette.GraphError;
import dev.callboard.palette.GraphReader;
import dev.callboard.palette.Origin;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageDefinitionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A graph that a test draws, over a palette of a few types. */
abstract class DrawnGraph {
    static final Palette PALETTE = palette();
    final List<String> nodes = new ArrayList<>();
    final List<String> edges = new ArrayList<>();

    Graph graph() {
        return GraphReader.read(Json.parse(
                "{\"nodes\":[" + String.join(",", nodes) + "],\"edges\":[" + String.join(",", edges) + "]}"));
    }

    List<GraphError> errors() {
        return GraphRules.check(PALETTE, graph());
    }

    List<String> check() {
        return errors().stream()
                .map(error -> error.code() + ": " + error.message())
                .toList();
    }

    DrawnGraph source(String id) {
        return node(id, "source", "source_type", "typed", "");
    }

    DrawnGraph sink(String id) {
        return node(id, "sink", "sink_type", "kept", "");
    }

    DrawnGraph stage(String id, String stage) {
        return node(id, "stage", "stage_id", stage, "");
    }

    DrawnGraph node(String id, String type, String key, String entry, String more) {
        nodes.add("{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"" + key + "\":\"" + entry + "\"" + more + "}");
        return this;
    }

    DrawnGraph edge(String from, String to) {
        String[] source = from.split("\\.");
        String[] target = to.split("\\.");
        edges.add("{\"source_node\":\"" + source[0] + "\",\"source_port\":\"" + source[1] + "\",\"target_node\":\""
                + target[0] + "\",\"target_port\":\"" + target[1] + "\"}");
        return this;
    }

    static Palette palette() {
        TreeMap<String, PaletteEntry> entries = new TreeMap<>();
        put(entries, "typed", EntryType.SOURCE, "", "text", "[]");
        put(entries, "kept", EntryType.SINK, "any", "", "[]");
        put(entries, "words", EntryType.STAGE, "text", "text", "[]");
        put(entries, "counts", EntryType.STAGE, "number", "number", "[]");
        put(entries, "anything", EntryType.STAGE, "any", "any", "[]");
        String sizes = "[{\"key\":\"size\",\"type\":\"integer\",\"max\":10,\"required\":true}]";
        put(entries, "sized", EntryType.STAGE, "any", "any", sizes);
        return new Palette("epoch", 1, entries);
    }

    static void put(
            Map<String, PaletteEntry> entries, String id, EntryType type, String input, String output, String schema) {
        String in = input.isEmpty() ? "" : "{\"name\":\"in\",\"type\":\"" + input + "\"}";
        String out = output.isEmpty() ? "" : "{\"name\":\"out\",\"type\":\"" + output + "\"}";
        StageDefinition definition = StageDefinitionReader.read(
                        Json.parse("{\"id\":\"" + id + "\",\"name\":\"" + id + "\",\"type\":\"" + type.word()
                                + "\",\"ports\":{\"inputs\":[" + in + "],\"outputs\":[" + out + "]},"
                                + "\"settings_schema\":" + schema + "}"),
                        "")
                .definition();
        assertThat(definition).isNotNull();
        entries.put(id, new PaletteEntry(definition, Origin.BUILTIN, null, null, 1));
    }
}
