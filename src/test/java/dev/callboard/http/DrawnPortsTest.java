package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.testing.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What feeds which port, and where results go, as drawn graphs say it. */
class DrawnPortsTest extends PortsFixture {
    private static Map<String, Object> node(String id, String type, String entry) {
        return Map.of("id", id, "type", type, type.equals("stage") ? "stage_id" : type + "_type", entry);
    }

    private static Map<String, Object> edge(String from, String to) {
        String[] source = from.split("\\.(?=[^.]*$)");
        String[] target = to.split("\\.(?=[^.]*$)");
        return Map.of(
                "id", from + to,
                "source_node", source[0],
                "source_port", source[1],
                "target_node", target[0],
                "target_port", target[1]);
    }

    @Test
    void aDrawnGraphIsCompiledAndStoredAndItsMisfitsAreErrors() {
        List<Object> nodes = List.of(
                node("start", "source", "text"),
                node("Read", "stage", "reads"),
                node("Split", "stage", "splits"),
                node("Join", "stage", "joins"),
                node("end", "sink", "result"));
        List<Object> edges = new ArrayList<>(List.of(
                edge("start.text", "Read.text"),
                edge("Read.document", "Split.document"),
                edge("Split.claims", "Join.claims"),
                edge("Join.text", "end.any")));
        Map<String, Object> graph = Map.of("nodes", nodes, "edges", List.copyOf(edges));
        JsonNode compiled = http.post("/api/vp/compile", graph).json().path("pipeline");
        assertThat(compiled.at("/sources/0/name").asText())
                .as(compiled.toString())
                .isEqualTo("start");
        assertThat(compiled.at("/stages/2/inputs/claims").asText()).isEqualTo("Split.claims");
        assertThat(compiled.at("/sinks/0/after").asText()).isEqualTo("Join");
        for (Object body : List.of(compiled, graph, Map.of("graph", graph, "description", "drawn"))) {
            Reply stored = http.put("/api/pipelines/drawn", body);
            assertThat(stored.status()).as(stored.toString()).isBetween(200, 201);
            Reply read = http.get("/api/pipelines/drawn");
            assertThat(read.at("/stages/1/inputs/document").asText()).isEqualTo("Read");
            assertThat(read.at("/definition/strict").asBoolean()).isTrue();
        }
        edges.add(edge("Split.names", "Join.document"));
        Reply misfit = http.put("/api/pipelines/drawn", Map.of("graph", Map.of("nodes", nodes, "edges", edges)));
        assertThat(misfit.status()).isEqualTo(400);
        assertThat(misfit.at("/errors/0/pointer").asText()).isEqualTo("/graph/edges/4");
        Reply twice = http.put("/api/pipelines/drawn", Map.of("graph", graph, "stages", List.of()));
        assertThat(twice.at("/errors/0/pointer").asText()).isEqualTo("/stages");
        Reply alone = http.post(
                "/api/vp/compile", Map.of("nodes", List.of(node("start", "source", "text")), "edges", List.of()));
        assertThat(alone.json().path("valid").asBoolean()).isTrue();
        assertThat(alone.json().path("pipeline").isNull()).isTrue();
        assertThat(alone.at("/warnings/0/code").asText()).isEqualTo("no_pipeline");
    }

    @Test
    void aDrawnSinkHasItsSettings() {
        List<Object> edges = List.of(edge("start.text", "Read.text"), edge("Read.document", "end.any"));
        for (Map.Entry<String, Map<String, Object>> sink : Map.of(
                        "file", Map.<String, Object>of("path", "/srv/out", "name", "{{task.title}}.json"),
                        "webhook", Map.<String, Object>of("url", "https://example.org/in", "secret", "secret:results"))
                .entrySet()) {
            Map<String, Object> end = new HashMap<>(node("end", "sink", sink.getKey()));
            List<Object> nodes = List.of(node("start", "source", "text"), node("Read", "stage", "reads"), end);
            Reply lacking = http.post("/api/vp/compile", Map.of("nodes", nodes, "edges", edges));
            assertThat(lacking.at("/errors").findValuesAsText("pointer"))
                    .as(lacking.toString())
                    .contains("/nodes/2/settings/" + (sink.getKey().equals("file") ? "path" : "url"));
            end.put("settings", sink.getValue());
            JsonNode compiled = http.post("/api/vp/compile", Map.of("nodes", nodes, "edges", edges))
                    .json();
            assertThat(compiled.at("/pipeline/sinks/0/type").asText())
                    .as(compiled.toString())
                    .isEqualTo(sink.getKey());
            assertThat(compiled.at("/pipeline/sinks/0/config"))
                    .isEqualTo(new JsonMapper().<JsonNode>valueToTree(sink.getValue()));
        }
    }

    @Test
    void aGraphThatWouldBeReadAsAnotherIsNotCompiled() {
        List<Object> nodes = List.of(
                node("start", "source", "text"),
                node("A", "stage", "splits"),
                node("A.claims", "stage", "reads"),
                node("Join", "stage", "joins"));
        List<Object> edges = List.of(
                edge("start.text", "A.claims.text"),
                edge("A.claims.document", "A.document"),
                edge("A.claims", "Join.claims"));
        Map<String, Object> graph = Map.of("nodes", nodes, "edges", edges);
        JsonNode compiled = http.post("/api/vp/compile", graph).json();
        assertThat(compiled.path("pipeline").isNull()).as(compiled.toString()).isTrue();
        assertThat(compiled.at("/warnings/0/code").asText()).isEqualTo("no_pipeline");
        assertThat(compiled.at("/warnings/0/pointer").asText()).isEqualTo("/edges/2");
        Reply stored = http.put("/api/pipelines/drawn", graph);
        assertThat(stored.status()).isEqualTo(400);
        assertThat(stored.json().path("errors").toString()).contains("'A.claims' may be");
    }
}
