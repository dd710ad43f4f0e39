package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.library.LibraryMessages;
import dev.callboard.library.LibraryMessages.EdgeView;
import dev.callboard.library.LibraryMessages.FindNodes;
import dev.callboard.library.LibraryMessages.FindPath;
import dev.callboard.library.LibraryMessages.GetGraph;
import dev.callboard.library.LibraryMessages.GraphReply;
import dev.callboard.library.LibraryMessages.NodeView;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The calls of the graph of what documents say. */
final class GraphApi {
    private static final int NODES = 100;

    private final Bus bus;

    GraphApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("getDocumentGraph", this::around);
        operations.on("getGraphPath", this::path);
        operations.stream("exportGraph", context -> new GraphExport(bus, context).send());
    }

    private Future<Answer> around(RoutingContext context) {
        String name = Requests.parameter(context, "name");
        String node = Requests.parameter(context, "node");
        if (name != null && node != null) {
            throw refused(
                    "'name' finds nodes, 'node' shows one: give one of them.", "name", "must not stand beside 'node'");
        }
        if (node == null && Requests.parameter(context, "depth") != null) {
            throw refused(
                    "'depth' counts the edges away from a node: give it with 'node' alone.",
                    "depth",
                    name == null ? "must not stand without 'node'" : "must not stand beside 'name'");
        }
        if (name != null) {
            return named(context, name);
        }
        return bus.ask(
                        LibraryMessages.GRAPH,
                        new GetGraph(
                                node,
                                Requests.number(context, "depth", 1),
                                Requests.parameter(context, "type"),
                                Requests.number(context, "limit", NODES),
                                LibraryApi.project(context)))
                .map(GraphApi::answer);
    }

    /** Parameters that do not go together. */
    private static ProblemException refused(String detail, String parameter, String why) {
        return ProblemException.invalid("invalid_request", detail, List.of(new Violation("/query/" + parameter, why)));
    }

    private Future<Answer> named(RoutingContext context, String name) {
        return bus.ask(
                        LibraryMessages.FIND,
                        new FindNodes(
                                name,
                                Requests.parameter(context, "type"),
                                Requests.number(context, "limit", NODES),
                                LibraryApi.project(context)))
                .map(GraphApi::answer);
    }

    private Future<Answer> path(RoutingContext context) {
        return bus.ask(
                        LibraryMessages.PATH,
                        new FindPath(
                                Objects.requireNonNullElse(Requests.parameter(context, "from"), ""),
                                Objects.requireNonNullElse(Requests.parameter(context, "to"), ""),
                                LibraryApi.project(context)))
                .map(GraphApi::answer);
    }

    private static Answer answer(GraphReply reply) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("nodes", reply.nodes().stream().map(GraphApi::body).toList());
        body.put("edges", reply.edges().stream().map(GraphApi::body).toList());
        body.put("total", reply.total());
        return Answer.ok(body);
    }

    private static Map<String, @Nullable Object> body(NodeView node) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", node.id());
        body.put("type", node.type());
        body.put("label", node.label());
        body.put("degree", node.degree());
        body.put("documents", node.documents());
        body.put("facts", node.facts());
        return body;
    }

    private static Map<String, @Nullable Object> body(EdgeView edge) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("source", edge.source());
        body.put("predicate", edge.predicate());
        body.put("target", edge.target());
        body.put("doc_id", edge.docId());
        body.put("start", edge.place().start());
        body.put("end", edge.place().end());
        body.put("method", edge.place().method());
        body.put("confidence", edge.place().confidence());
        return body;
    }
}
