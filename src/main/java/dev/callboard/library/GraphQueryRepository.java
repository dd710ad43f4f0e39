package dev.callboard.library;

import dev.callboard.json.Json;
import dev.callboard.library.LibraryMessages.EdgeView;
import dev.callboard.library.LibraryMessages.GraphPiece;
import dev.callboard.library.LibraryMessages.NodeView;
import dev.callboard.library.LibraryMessages.ReadGraph;
import dev.callboard.problem.ProblemException;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the graph. A project of null is all of them; the same node of several projects is one. */
final class GraphQueryRepository {
    /** Nodes or edges of one piece of an export. */
    private static final int PIECE = 1_000;

    /** With how many edges a node is looked for first, and by what that is divided while there are not enough of them. */
    private static final int MANY_EDGES = 1 << 15;

    private static final int FEWER_EDGES = 8;

    private final Database database;

    GraphQueryRepository(Database database) {
        this.database = database;
    }

    <T> Future<T> read(Function<Transaction, Future<T>> work) {
        return database.read(work);
    }

    /** How many nodes there are. */
    Future<Long> count(Transaction transaction, @Nullable String project, @Nullable String type) {
        Tuple values = GraphSql.values(project);
        if (type != null) {
            values.addString(type);
        }
        return transaction
                .execute(
                        "SELECT COUNT(" + (project == null ? "DISTINCT node_id" : "*")
                                + ") AS number FROM graph_nodes WHERE " + GraphSql.of(project)
                                + (type == null ? "TRUE" : "node_type = ?"),
                        values)
                .map(rows -> rows.iterator().next().getLong("number"));
    }

    /**
     * The ids of the nodes with the most edges, the most first; of a node in several projects the highest number counts. Nodes with
     * many edges are few: they are looked for from above, so that neither all edges nor all nodes are read.
     */
    Future<List<String>> mostConnected(
            Transaction transaction, @Nullable String project, @Nullable String type, int limit) {
        return mostConnected(transaction, project, type, limit, MANY_EDGES);
    }

    private static Future<List<String>> mostConnected(
            Transaction transaction, @Nullable String project, @Nullable String type, int limit, int least) {
        Tuple values = Tuple.of(least);
        if (project != null) {
            values.addString(project);
        }
        if (type != null) {
            values.addString(type);
        }
        return transaction
                .execute(
                        "SELECT node_id AS id, MAX(degree) AS number FROM graph_nodes WHERE degree >= ? AND "
                                + GraphSql.beside(project) + (type == null ? "TRUE" : "node_type = ?")
                                + " GROUP BY node_id ORDER BY number DESC, node_id LIMIT " + limit,
                        values)
                .compose(rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString("id")));
                    return ids.size() >= limit || least == 0
                            ? Future.succeededFuture(ids)
                            : mostConnected(transaction, project, type, limit, least / FEWER_EDGES);
                });
    }

    /** The nodes of these ids, in their order; those that are not there are left out. */
    Future<List<NodeView>> nodes(Transaction transaction, @Nullable String project, Collection<String> ids) {
        Map<String, NodeView> found = new LinkedHashMap<>();
        return Sql.inTurn(GraphSql.some(ids), each -> {
                    Tuple values = GraphSql.values(project);
                    each.forEach(values::addString);
                    return transaction
                            .execute(
                                    "SELECT node_id, node_type, label, facts, CAST(degree AS BIGINT) AS degree, (SELECT"
                                            + " COUNT(DISTINCT m.doc_id) FROM graph_mentions m WHERE"
                                            + " m.project_id = n.project_id AND m.node_id = n.node_id) AS documents FROM"
                                            + " graph_nodes n WHERE " + GraphSql.beside(project) + "node_id IN "
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

    /** A piece of all nodes or edges. */
    Future<GraphPiece> piece(ReadGraph ask) {
        int from = offset(ask.after());
        String where = ask.project() == null ? "" : "WHERE project_id = ? ";
        return database.read(transaction -> ask.edges()
                ? transaction
                        .execute(
                                GraphEdgeRepository.EDGE + where
                                        + "ORDER BY project_id, doc_id, source_id, predicate, target_id, start_at, end_at, method"
                                        + " LIMIT " + PIECE + " OFFSET " + from,
                                GraphSql.values(ask.project()))
                        .map(rows -> {
                            List<EdgeView> edges = new ArrayList<>();
                            rows.forEach(row -> edges.add(GraphEdgeRepository.edge(row)));
                            return new GraphPiece(List.of(), edges, next(from, edges.size()));
                        })
                : transaction
                        .execute(
                                "SELECT node_id, node_type, label, facts, CAST(0 AS BIGINT) AS degree, CAST(0 AS BIGINT) AS"
                                        + " documents FROM graph_nodes " + where
                                        + "ORDER BY project_id, node_id LIMIT " + PIECE + " OFFSET " + from,
                                GraphSql.values(ask.project()))
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
