package dev.callboard.library;

import dev.callboard.library.LibraryMessages.EdgeView;
import dev.callboard.library.LibraryMessages.FindNodes;
import dev.callboard.library.LibraryMessages.FindPath;
import dev.callboard.library.LibraryMessages.GetGraph;
import dev.callboard.library.LibraryMessages.GraphReply;
import dev.callboard.library.LibraryMessages.NodeView;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes along the edges of the graph, from node to node, each answer as of one moment. */
final class GraphWalk {
    /** The longest way that is looked for, in edges. */
    private static final int LONGEST = 6;

    /** How many nodes are looked at for one way. */
    private static final int MOST_VISITED = 5_000;

    /** The most edges of one answer; more cannot be drawn. */
    private static final int MOST_EDGES = 5_000;

    private final GraphQueryRepository graph;
    private final NodeCounts counts;

    GraphWalk(GraphQueryRepository graph, NodeCounts counts) {
        this.graph = graph;
        this.counts = counts;
    }

    /** The surroundings of a node, or the most connected nodes. */
    Future<GraphReply> around(GetGraph ask) {
        NodeCounts.Counted counted = counts.now();
        return graph.read(transaction -> counted.of(
                        ask.project(), ask.type(), () -> graph.count(transaction, ask.project(), ask.type()))
                .compose(total -> chosen(transaction, ask)
                        .compose(ids -> graph.nodes(transaction, ask.project(), ids))
                        .map(nodes -> shown(ask, ask.node() == null ? byDegree(nodes) : nodes))
                        .compose(nodes -> GraphEdgeRepository.edges(transaction, ask.project(), ids(nodes), MOST_EDGES)
                                .map(edges -> new GraphReply(nodes, edges, total)))));
    }

    private static List<NodeView> byDegree(List<NodeView> nodes) {
        return nodes.stream()
                .sorted(Comparator.comparingLong(NodeView::degree).reversed().thenComparing(NodeView::id))
                .toList();
    }

    /** The nodes of that name: of that very one first, then the most connected. */
    Future<GraphReply> find(FindNodes ask) {
        List<String> words = GraphNames.asked(ask.name());
        if (words.isEmpty()) {
            return Future.failedFuture(ProblemException.invalid(
                    "invalid_request",
                    "'name' has no letter or digit to look for.",
                    List.of(new Violation("/query/name", "must have a letter or a digit"))));
        }
        return graph.read(transaction -> ids(transaction, ask, words).compose(ids -> graph.nodes(
                        transaction,
                        ask.project(),
                        ids.stream().limit(ask.limit()).toList())
                .map(nodes -> new GraphReply(nodes, List.of(), ids.size()))));
    }

    /** An id, whose signs no word of a label has, goes before the words. */
    private static Future<List<String>> ids(Transaction transaction, FindNodes ask, List<String> words) {
        String whole = GraphNames.folded(ask.name());
        Future<List<String>> byId =
                whole.equals(words.get(0)) ? Future.succeededFuture(List.of()) : find(transaction, ask, List.of(whole));
        return byId.compose(
                first -> find(transaction, ask, words).map(second -> Stream.concat(first.stream(), second.stream())
                        .distinct()
                        .toList()));
    }

    private static Future<List<String>> find(Transaction transaction, FindNodes ask, List<String> words) {
        return GraphNameRepository.find(transaction, ask.project(), ask.name(), words, ask.type());
    }

    private static List<NodeView> shown(GetGraph ask, List<NodeView> nodes) {
        return nodes.stream()
                .filter(node -> ask.type() == null
                        || node.type().equals(ask.type())
                        || node.id().equals(ask.node()))
                .limit(ask.limit())
                .toList();
    }

    private static List<String> ids(List<NodeView> nodes) {
        return nodes.stream().map(NodeView::id).toList();
    }

    private Future<Set<String>> chosen(Transaction transaction, GetGraph ask) {
        if (ask.node() == null) {
            return graph.mostConnected(transaction, ask.project(), ask.type(), ask.limit())
                    .map(LinkedHashSet::new);
        }
        return require(transaction, ask.node(), ask.project()).compose(node -> {
            Set<String> found = new LinkedHashSet<>(List.of(ask.node()));
            return grow(transaction, ask, found, List.of(ask.node()), ask.depth());
        });
    }

    /** With a type, others are passed through: what is to be shown may lie behind them. */
    private Future<Set<String>> grow(
            Transaction transaction, GetGraph ask, Set<String> found, List<String> last, int left) {
        int most = ask.type() == null ? ask.limit() : MOST_VISITED;
        if (left == 0 || last.isEmpty() || found.size() >= most) {
            return Future.succeededFuture(found);
        }
        return GraphEdgeRepository.neighbours(transaction, ask.project(), last, most)
                .compose(ids -> {
                    List<String> fresh = new ArrayList<>();
                    for (String id : ids) {
                        if (found.size() < most && found.add(id)) {
                            fresh.add(id);
                        }
                    }
                    return grow(transaction, ask, found, fresh, left - 1);
                });
    }

    private Future<NodeView> require(Transaction transaction, String id, @Nullable String project) {
        return graph.nodes(transaction, project, List.of(id)).map(found -> {
            if (found.isEmpty()) {
                throw ProblemException.notFound("unknown_node", "There is no node '" + id + "' in the graph.");
            }
            return found.get(0);
        });
    }

    /** The shortest way, if there is one that is short enough. */
    Future<GraphReply> path(FindPath ask) {
        return graph.read(transaction -> require(transaction, ask.from(), ask.project())
                .compose(from -> require(transaction, ask.to(), ask.project()))
                .compose(to -> {
                    Map<String, String> before = new LinkedHashMap<>(Map.of(ask.from(), ask.from()));
                    return search(transaction, ask, before, List.of(ask.from()), LONGEST);
                })
                .compose(way -> graph.nodes(transaction, ask.project(), way)
                        .compose(nodes -> GraphEdgeRepository.edges(transaction, ask.project(), way, MOST_EDGES)
                                .map(edges -> new GraphReply(nodes, steps(edges, way), nodes.size())))));
    }

    /** Between each node of the way and the next one. */
    private static List<EdgeView> steps(List<EdgeView> edges, List<String> way) {
        return edges.stream()
                .filter(edge -> Math.abs(way.indexOf(edge.source()) - way.indexOf(edge.target())) == 1)
                .toList();
    }

    private Future<List<String>> search(
            Transaction transaction, FindPath ask, Map<String, String> before, List<String> last, int left) {
        if (before.containsKey(ask.to())) {
            return Future.succeededFuture(back(before, ask));
        }
        if (left == 0 || last.isEmpty() || before.size() > MOST_VISITED) {
            return Future.succeededFuture(List.of());
        }
        return links(transaction, ask, before, last)
                .compose(fresh -> search(transaction, ask, before, fresh, left - 1));
    }

    /** What can be reached from these nodes and was not before, and from which of them. */
    private Future<List<String>> links(
            Transaction transaction, FindPath ask, Map<String, String> before, List<String> last) {
        return GraphEdgeRepository.links(transaction, ask.project(), last, MOST_VISITED)
                .map(links -> {
                    List<String> fresh = new ArrayList<>();
                    links.forEach(link -> {
                        if (before.putIfAbsent(link.to(), link.from()) == null) {
                            fresh.add(link.to());
                        }
                    });
                    return fresh;
                });
    }

    private static List<String> back(Map<String, String> before, FindPath ask) {
        Deque<String> way = new ArrayDeque<>();
        String at = ask.to();
        way.addFirst(at);
        while (!at.equals(ask.from())) {
            at = String.valueOf(before.get(at));
            way.addFirst(at);
        }
        return List.copyOf(way);
    }
}
