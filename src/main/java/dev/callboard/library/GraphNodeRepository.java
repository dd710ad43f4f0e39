package dev.callboard.library;

import dev.callboard.json.Json;
import dev.callboard.library.GraphNameRepository.Named;
import dev.callboard.spi.Library.Node;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the nodes of the graph, each with the words of its name and the number of its edges. */
final class GraphNodeRepository {
    private GraphNodeRepository() {}

    /** Puts nodes, or changes those that are there. */
    static Future<Void> put(Transaction transaction, String project, List<Node> nodes) {
        return labels(transaction, project, nodes.stream().map(Node::id).toList())
                .compose(labels -> put(transaction, project, nodes, labels));
    }

    /** The labels of those that are there; an empty one where the words of it are not. */
    private static Future<Map<String, String>> labels(Transaction transaction, String project, List<String> ids) {
        Map<String, String> labels = new HashMap<>();
        return Sql.inTurn(GraphSql.some(ids), each -> transaction
                        .execute(
                                "SELECT node_id, label, named_by FROM graph_nodes WHERE " + GraphSql.beside(project)
                                        + "node_id IN "
                                        + GraphRepository.marks(each.size()),
                                GraphRepository.values(project, each))
                        .map(rows -> {
                            rows.forEach(row -> labels.put(row.getString("node_id"), label(row)));
                            return labels;
                        }))
                .map(all -> labels);
    }

    private static String label(Row row) {
        return row.getInteger("named_by") == GraphNames.VERSION ? row.getString("label") : "";
    }

    private static Future<Void> put(
            Transaction transaction, String project, List<Node> nodes, Map<String, String> labels) {
        List<Tuple> changed = new ArrayList<>();
        List<Tuple> added = new ArrayList<>();
        List<Named> named = new ArrayList<>();
        for (Node node : nodes) {
            String facts = Json.write(node.facts());
            String before = labels.get(node.id());
            if (before != null) {
                changed.add(Tuple.of(node.type(), node.label(), facts, GraphNames.VERSION, project, node.id()));
            } else {
                added.add(Tuple.of(project, node.id(), node.type(), node.label(), facts, GraphNames.VERSION));
            }
            if (!node.label().equals(before)) {
                named.add(new Named(project, node.id(), node.label()));
            }
        }
        return Sql.each(
                        transaction,
                        "UPDATE graph_nodes SET node_type = ?, label = ?, facts = ?, named_by = ? WHERE project_id = ? AND"
                                + " node_id = ?",
                        changed)
                .compose(done -> Sql.each(
                        transaction,
                        "INSERT INTO graph_nodes (project_id, node_id, node_type, label, facts, named_by) VALUES (?, ?, ?,"
                                + " ?, ?, ?)",
                        added))
                .compose(done -> GraphNameRepository.put(transaction, named));
    }

    /** How many ends of the edges of a document are at each node. */
    static Future<Map<String, Integer>> ends(Transaction transaction, String project, String docId) {
        return transaction
                .execute(
                        "SELECT id, COUNT(*) AS number FROM (SELECT source_id AS id FROM graph_edges WHERE project_id = ? AND"
                                + " doc_id = ? UNION ALL SELECT target_id AS id FROM graph_edges WHERE project_id = ? AND"
                                + " doc_id = ?) ends GROUP BY id",
                        Tuple.of(project, docId, project, docId))
                .map(rows -> {
                    Map<String, Integer> ends = new HashMap<>();
                    rows.forEach(row ->
                            ends.put(row.getString("id"), row.getLong("number").intValue()));
                    return ends;
                });
    }

    /** Notes that a document's edges have other ends than before. */
    static Future<Void> move(
            Transaction transaction, String project, Map<String, Integer> before, Map<String, Integer> after) {
        Map<String, Integer> moved = new HashMap<>(after);
        before.forEach((id, number) -> moved.merge(id, -number, Integer::sum));
        return Sql.each(
                transaction,
                "UPDATE graph_nodes SET degree = degree + ? WHERE project_id = ? AND node_id = ?",
                moved.entrySet().stream()
                        .filter(node -> node.getValue() != 0)
                        .map(node -> Tuple.of(node.getValue(), project, node.getKey()))
                        .toList());
    }

    /** Removes those of the nodes that no document mentions. */
    static Future<Void> removeUnmentioned(Transaction transaction, String project, Set<String> nodes) {
        return Sql.each(
                        transaction,
                        "DELETE FROM graph_nodes WHERE project_id = ? AND node_id = ? AND NOT EXISTS (SELECT 1 FROM"
                                + " graph_mentions m WHERE m.project_id = graph_nodes.project_id AND m.node_id ="
                                + " graph_nodes.node_id)",
                        nodes.stream().map(node -> Tuple.of(project, node)).toList())
                .compose(gone -> GraphNameRepository.removeGone(transaction, project, nodes));
    }
}
