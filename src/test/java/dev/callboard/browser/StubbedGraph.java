package dev.callboard.browser;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** A graph of 200 nodes and 1,000 edges, as the server would answer it. */
final class StubbedGraph {
    private static final int NODES = 200;
    private static final int EDGES = 1_000;

    /** How many nodes it has beyond those of the beginning. */
    volatile int grown;

    private static JsonObject node(int i) {
        return new JsonObject()
                .put("id", i % 20 == 0 ? "document:doc-" + i : "term:t" + i)
                .put("type", i % 20 == 0 ? "document" : "term")
                .put("label", i % 20 == 0 ? "Paper " + i : "Term " + i)
                .put("degree", NODES - i)
                .put("documents", 2)
                .put("facts", new JsonObject());
    }

    private static JsonObject edge(int from, int to) {
        return new JsonObject()
                .put("source", node(from).getString("id"))
                .put("predicate", "mentions")
                .put("target", node(to).getString("id"))
                .put("doc_id", "doc-0")
                .put("start", 2)
                .put("end", 7)
                .put("method", "dictionary")
                .put("confidence", "exact");
    }

    /** All of it, ten nodes around one, or the first ten whose labels begin so. */
    JsonObject answer(String url) {
        if (url.contains("name=")) {
            String name = URLDecoder.decode(url.replaceAll(".*[?&]name=|&.*", ""), StandardCharsets.UTF_8);
            List<JsonObject> found = IntStream.range(0, NODES)
                    .mapToObj(StubbedGraph::node)
                    .filter(node -> node.getString("label").startsWith(name))
                    .toList();
            return new JsonObject()
                    .put("nodes", new JsonArray(found.stream().limit(10).toList()))
                    .put("edges", new JsonArray())
                    .put("total", found.size());
        }
        boolean whole = !url.contains("node=");
        JsonArray nodes = new JsonArray();
        IntStream.range(0, whole ? NODES + grown : 10).forEach(i -> nodes.add(node(i)));
        JsonArray edges = new JsonArray();
        IntStream.range(0, whole ? EDGES : 9)
                .forEach(i -> edges.add(whole ? edge(i / 50 * 10, i * 7 % NODES) : edge(0, i + 1)));
        return new JsonObject().put("nodes", nodes).put("edges", edges).put("total", 500);
    }

    /** From one node to another by way of a third. */
    static JsonObject path() {
        JsonArray nodes = new JsonArray().add(node(0)).add(node(5)).add(node(9));
        return new JsonObject()
                .put("nodes", nodes)
                .put("edges", new JsonArray().add(edge(0, 5)).add(edge(5, 9)))
                .put("total", 3);
    }
}
