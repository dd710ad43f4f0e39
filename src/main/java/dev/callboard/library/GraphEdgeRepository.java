package dev.callboard.library;

import dev.callboard.library.LibraryMessages.EdgeView;
import dev.callboard.spi.Library.Place;
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
import org.jspecify.annotations.Nullable;

/** Reads the edges of the graph. A project of null is all of them. */
final class GraphEdgeRepository {
    static final String EDGE =
            "SELECT source_id, predicate, target_id, doc_id, start_at, end_at, method, confidence FROM graph_edges ";

    private GraphEdgeRepository() {}

    /** That an edge leads from one node to another, in any direction. */
    record Link(String from, String to) {}

    /**
     * The ids of all neighbours of some nodes, each once, those with the most edges to them first.
     *
     * @param limit the most
     */
    static Future<List<String>> neighbours(
            Transaction transaction, @Nullable String project, Collection<String> ids, int limit) {
        Map<String, Long> found = new LinkedHashMap<>();
        return Sql.inTurn(GraphSql.some(ids), each -> {
                    Tuple values = GraphSql.values(project, each, 2);
                    String in = GraphRepository.marks(each.size());
                    return transaction
                            .execute(
                                    "SELECT id, COUNT(*) AS number FROM (SELECT target_id AS id FROM graph_edges WHERE "
                                            + GraphSql.beside(project) + "source_id IN " + in
                                            + " UNION ALL SELECT source_id AS id FROM graph_edges WHERE "
                                            + GraphSql.beside(project)
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

    /**
     * Where edges lead from some nodes, in any direction.
     *
     * @param limit the most for each {@value GraphRepository#IDS} nodes
     */
    static Future<List<Link>> links(
            Transaction transaction, @Nullable String project, Collection<String> ids, int limit) {
        List<Link> links = new ArrayList<>();
        return Sql.inTurn(GraphSql.some(ids), each -> {
                    Tuple values = GraphSql.values(project, each, 2);
                    String in = GraphRepository.marks(each.size());
                    return transaction
                            .execute(
                                    "SELECT DISTINCT a, b FROM (SELECT source_id AS a, target_id AS b FROM graph_edges WHERE "
                                            + GraphSql.beside(project) + "source_id IN " + in
                                            + " UNION ALL SELECT target_id AS a, source_id AS b FROM graph_edges WHERE "
                                            + GraphSql.beside(project) + "target_id IN " + in
                                            + ") ends ORDER BY a, b LIMIT "
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
     * The edges that begin and end at some nodes.
     *
     * @param ids of the nodes, as many as are shown at once
     * @param limit the most
     */
    static Future<List<EdgeView>> edges(
            Transaction transaction, @Nullable String project, Collection<String> ids, int limit) {
        List<EdgeView> edges = new ArrayList<>();
        return Sql.inTurn(GraphSql.some(ids), each -> {
                    Tuple values = GraphSql.values(project, each, 1);
                    ids.forEach(values::addString);
                    return transaction
                            .execute(
                                    EDGE + "WHERE " + GraphSql.beside(project) + "source_id IN "
                                            + GraphRepository.marks(each.size()) + " AND target_id IN "
                                            + GraphRepository.marks(ids.size())
                                            + " ORDER BY source_id, target_id, predicate, doc_id, start_at LIMIT "
                                            + Math.max(1, limit - edges.size()),
                                    values)
                            .map(rows -> {
                                rows.forEach(row -> edges.add(edge(row)));
                                return edges;
                            });
                })
                .map(all -> edges.subList(0, Math.min(limit, edges.size())));
    }

    static EdgeView edge(Row row) {
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
}
