package dev.callboard.library;

import dev.callboard.json.Json;
import dev.callboard.library.LibraryMessages.EdgeView;
import dev.callboard.library.LibraryMessages.GraphPiece;
import dev.callboard.library.LibraryMessages.NodeView;
import dev.callboard.library.LibraryMessages.ReadGraph;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.Library.Place;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the graph. A project of null is all of them; the same node of several projects is one. */
final class GraphQueryRepository {
    /** Nodes or edges of one piece of an export. */
    private static final int PIECE = 1_000;

    private static final String EDGE =
            "SELECT source_id, predicate, target_id, doc_id, start_at, end_at, method, confidence FROM graph_edges ";

    private final Database database;

    GraphQueryRepository(Database database) {
        this.database = database;
    }

    <T> Future<T> read(Function<Transaction, Future<T>> work) {
        return database.read(work);
    }

    private static String of(@Nullable String project) {
        return project == null ? "" : "project_id = ? AND ";
    }

    private static Tuple values(@Nullable String project) {
        return project == null ? Tuple.tuple() : Tuple.of(project);
    }

    /** How many nodes there are. */
    Future<Long> count(Transaction transaction, @Nullable String project, @Nullable String type) {
        Tuple values = values(project);
        if (type != null) {
            values.addString(type);
        }
        return transaction
                .execute(
                        "SELECT COUNT(DISTINCT node_id) AS number FROM graph_nodes WHERE " + of(project)
                                + (type == null ? "TRUE" : "node_type = ?"),
                        values)
                .map(rows -> rows.iterator().next().getLong("number"));
    }

    /** The ids of the nodes with the most edges, the most first. */
    Future<List<String>> mostConnected(
            Transaction transaction, @Nullable String project, @Nullable String type, int limit) {
        Tuple values = Tuple.tuple();
        for (int i = 0; i < 2; i++) {
            if (project != null) {
                values.addString(project);
            }
        }
        if (project != null) {
            values.addString(project);
        }
        if (type != null) {
            values.addString(type);
        }
        String where = project == null ? "" : " WHERE project_id = ?";
        return transaction
                .execute(
                        "SELECT n.node_id AS id, COALESCE(MAX(d.number), 0) AS number FROM graph_nodes n LEFT JOIN (SELECT id,"
                                + " COUNT(*) AS number FROM (SELECT source_id AS id FROM graph_edges" + where
                                + " UNION ALL SELECT target_id AS id FROM graph_edges" + where
                                + ") ends GROUP BY id) d ON d.id = n.node_id WHERE "
                                + (project == null ? "" : "n.project_id = ? AND ")
                                + (type == null ? "TRUE" : "n.node_type = ?")
                                + " GROUP BY n.node_id ORDER BY number DESC, n.node_id LIMIT " + limit,
                        values)
                .map(rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString("id")));
                    return ids;
                });
    }

    /** The nodes of these ids, in their order; those that are not there are left out. */
    Future<List<NodeView>> nodes(Transaction transaction, @Nullable String project, Collection<String> ids) {
        Map<String, NodeView> found = new LinkedHashMap<>();
        return Sql.inTurn(some(ids), each -> {
                    Tuple values = values(project);
                    each.forEach(values::addString);
                    return transaction
                            .execute(
                                    "SELECT node_id, node_type, label, facts, (SELECT COUNT(*) FROM graph_edges e WHERE"
                                            + " e.project_id = n.project_id AND e.source_id = n.node_id) + (SELECT COUNT(*) FROM"
                                            + " graph_edges e WHERE e.project_id = n.project_id AND e.target_id = n.node_id) AS"
                                            + " degree, (SELECT COUNT(DISTINCT m.doc_id) FROM graph_mentions m WHERE"
                                            + " m.project_id = n.project_id AND m.node_id = n.node_id) AS documents FROM"
                                            + " graph_nodes n WHERE " + of(project) + "node_id IN "
                                            + GraphRepository.marks(each.size()),
                                    values)
                            .map(rows -> {
                                rows.forEach(row -> found.merge(
                                        row.getString("node_id"),
                                        node(row),
                                        (a, b) -> new NodeView(
                                                a.id(),
                                                a.type(),
                                                a.label(),
                                                a.degree() + b.degree(),
                                                a.documents() + b.documents(),
                                                a.facts())));
                                return found;
                            });
                })
                .map(all -> ids.stream()
                        .distinct()
                        .flatMap(id -> Stream.ofNullable(found.get(id)))
                        .toList());
    }

    private static List<List<String>> some(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<List<String>> some = new ArrayList<>();
        for (int from = 0; from < all.size(); from += GraphRepository.IDS) {
            some.add(all.subList(from, Math.min(from + GraphRepository.IDS, all.size())));
        }
        return some;
    }

    private static NodeView node(Row row) {
        return new NodeView(
                row.getString("node_id"),
                row.getString("node_type"),
                row.getString("label"),
                row.getLong("degree"),
                row.getLong("documents"),
                facts(row));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> facts(Row row) {
        return Json.read(row.getString("facts"), Map.class);
    }

    /**
     * The ids of all neighbours of some nodes, each once, those with the most edges to them first.
     *
     * @param limit the most
     */
    Future<List<String>> neighbours(
            Transaction transaction, @Nullable String project, Collection<String> ids, int limit) {
        Map<String, Long> found = new LinkedHashMap<>();
        return Sql.inTurn(some(ids), each -> {
                    Tuple values = values(project);
                    each.forEach(values::addString);
                    if (project != null) {
                        values.addString(project);
                    }
                    each.forEach(values::addString);
                    String in = GraphRepository.marks(each.size());
                    return transaction
                            .execute(
                                    "SELECT id, COUNT(*) AS number FROM (SELECT target_id AS id FROM graph_edges WHERE "
                                            + of(project) + "source_id IN " + in
                                            + " UNION ALL SELECT source_id AS id FROM graph_edges WHERE " + of(project)
                                            + "target_id IN " + in
                                            + ") ends GROUP BY id ORDER BY number DESC, id LIMIT "
                                            + (limit + each.size()),
                                    values)
                            .map(rows -> {
                                rows.forEach(row -> found.merge(row.getString("id"), row.getLong("number"), Long::sum));
                                return found;
                            });
                })
                .map(all -> found.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey)
                        .limit(limit + (long) ids.size())
                        .toList());
    }

    /** That an edge leads from one node to another, in any direction. */
    record Link(String from, String to) {}

    /**
     * Where edges lead from some nodes, in any direction.
     *
     * @param limit the most for each {@value GraphRepository#IDS} nodes
     */
    Future<List<Link>> links(Transaction transaction, @Nullable String project, Collection<String> ids, int limit) {
        List<Link> links = new ArrayList<>();
        return Sql.inTurn(some(ids), each -> {
                    Tuple values = values(project);
                    each.forEach(values::addString);
                    if (project != null) {
                        values.addString(project);
                    }
                    each.forEach(values::addString);
                    String in = GraphRepository.marks(each.size());
                    return transaction
                            .execute(
                                    "SELECT DISTINCT a, b FROM (SELECT source_id AS a, target_id AS b FROM graph_edges WHERE "
                                            + of(project) + "source_id IN " + in
                                            + " UNION ALL SELECT target_id AS a, source_id AS b FROM graph_edges WHERE "
                                            + of(project) + "target_id IN " + in + ") ends ORDER BY a, b LIMIT "
                                            + limit,
                                    values)
                            .map(rows -> {
                                rows.forEach(row -> links.add(new Link(row.getString("a"), row.getString("b"))));
                                return links;
                            });
                })
                .map(all -> links);
    }

    /**
     * All edges that begin at one of the nodes; those that end elsewhere are left out.
     *
     * @param limit the most
     */
    Future<List<EdgeView>> edges(Transaction transaction, @Nullable String project, Collection<String> ids, int limit) {
        Set<String> inside = Set.copyOf(ids);
        List<EdgeView> edges = new ArrayList<>();
        return Sql.inTurn(some(ids), each -> {
                    Tuple values = values(project);
                    each.forEach(values::addString);
                    return transaction
                            .execute(
                                    EDGE + "WHERE " + of(project) + "source_id IN "
                                            + GraphRepository.marks(each.size())
                                            + " ORDER BY source_id, target_id, predicate, doc_id, start_at",
                                    values)
                            .map(rows -> {
                                rows.forEach(row -> {
                                    if (edges.size() < limit && inside.contains(row.getString("target_id"))) {
                                        edges.add(edge(row));
                                    }
                                });
                                return edges;
                            });
                })
                .map(all -> edges);
    }

    private static EdgeView edge(Row row) {
        return new EdgeView(
                row.getString("source_id"),
                row.getString("predicate"),
                row.getString("target_id"),
                row.getString("doc_id"),
                new Place(
                        row.getInteger("start_at"),
                        row.getInteger("end_at"),
                        row.getString("method"),
                        row.getString("confidence")));
    }

    /** A piece of all nodes or edges. */
    Future<GraphPiece> piece(ReadGraph ask) {
        int from = offset(ask.after());
        String where = ask.project() == null ? "" : "WHERE project_id = ? ";
        return database.read(transaction -> ask.edges()
                ? transaction
                        .execute(
                                EDGE + where
                                        + "ORDER BY project_id, doc_id, source_id, predicate, target_id, start_at, end_at, method"
                                        + " LIMIT " + PIECE + " OFFSET " + from,
                                values(ask.project()))
                        .map(rows -> {
                            List<EdgeView> edges = new ArrayList<>();
                            rows.forEach(row -> edges.add(edge(row)));
                            return new GraphPiece(List.of(), edges, next(from, edges.size()));
                        })
                : transaction
                        .execute(
                                "SELECT node_id, node_type, label, facts, CAST(0 AS BIGINT) AS degree, CAST(0 AS BIGINT) AS"
                                        + " documents FROM graph_nodes " + where
                                        + "ORDER BY project_id, node_id LIMIT " + PIECE + " OFFSET " + from,
                                values(ask.project()))
                        .map(rows -> {
                            List<NodeView> nodes = new ArrayList<>();
                            rows.forEach(row -> nodes.add(node(row)));
                            return new GraphPiece(nodes, List.of(), next(from, nodes.size()));
                        }));
    }

    private static @Nullable String next(int from, int count) {
        return count < PIECE ? null : Integer.toString(from + count);
    }

    private static int offset(@Nullable String after) {
        try {
            return after == null ? 0 : Math.max(0, Integer.parseInt(after));
        } catch (NumberFormatException e) {
            throw ProblemException.invalid("invalid_cursor", "'cursor' must be the 'next' of the page before.");
        }
    }
}
