package dev.callboard.library;

import dev.callboard.spi.Library.Edge;
import dev.callboard.spi.Library.Mention;
import dev.callboard.spi.Library.Node;
import dev.callboard.spi.Library.Place;
import dev.callboard.spi.Library.Statements;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the graph: what one document says, in one transaction. */
final class GraphRepository {
    /** A node is there because a document has it, though it says nothing of where. */
    private static final Place SOMEWHERE = new Place(-1, -1, "statement", "exact");

    /** How many ids are asked for at once. */
    static final int IDS = 200;

    private final Database database;
    private final NodeCounts counts;

    GraphRepository(Database database, NodeCounts counts) {
        this.database = database;
        this.counts = counts;
    }

    /**
     * Replaces what a document says; nodes that no document mentions any more go.
     *
     * @return whether it is kept: not of a document that was removed since the task began
     */
    Future<Boolean> say(String project, String taskId, String docId, Statements statements) {
        return database.write(transaction -> RemovalRepository.mayWrite(transaction, project, docId, taskId)
                .compose(may -> may
                        ? written(replace(transaction, project, docId, statements))
                                .map(true)
                        : Future.succeededFuture(false)));
    }

    /** Removes all that a document says. */
    Future<Void> remove(Transaction transaction, String project, String docId) {
        return written(replace(transaction, project, docId, new Statements(List.of(), List.of(), List.of())));
    }

    private Future<Void> written(Future<Void> work) {
        database.afterCommit(counts::changed);
        return work;
    }

    private static Future<Void> replace(Transaction transaction, String project, String docId, Statements statements) {
        List<Edge> edges = edges(statements);
        return GraphNodeRepository.ends(transaction, project, docId)
                .compose(ends -> mentioned(transaction, project, docId)
                        .compose(before -> forget(transaction, project, docId)
                                .compose(gone -> put(transaction, project, docId, statements, edges))
                                .compose(put -> GraphNodeRepository.move(transaction, project, ends, ends(edges)))
                                .compose(moved -> {
                                    Set<String> left = new LinkedHashSet<>(before);
                                    statements.nodes().forEach(node -> left.remove(node.id()));
                                    return GraphNodeRepository.removeUnmentioned(transaction, project, left);
                                })));
    }

    private static Map<String, Integer> ends(List<Edge> edges) {
        Map<String, Integer> ends = new HashMap<>();
        edges.forEach(edge -> {
            ends.merge(edge.source(), 1, Integer::sum);
            ends.merge(edge.target(), 1, Integer::sum);
        });
        return ends;
    }

    private static Future<Set<String>> mentioned(Transaction transaction, String project, String docId) {
        return transaction
                .execute(
                        "SELECT DISTINCT node_id FROM graph_mentions WHERE project_id = ? AND doc_id = ?",
                        Tuple.of(project, docId))
                .map(rows -> {
                    Set<String> ids = new LinkedHashSet<>();
                    rows.forEach(row -> ids.add(row.getString("node_id")));
                    return ids;
                });
    }

    private static Future<Void> forget(Transaction transaction, String project, String docId) {
        return transaction
                .execute("DELETE FROM graph_edges WHERE project_id = ? AND doc_id = ?", Tuple.of(project, docId))
                .compose(gone -> transaction.execute(
                        "DELETE FROM graph_mentions WHERE project_id = ? AND doc_id = ?", Tuple.of(project, docId)))
                .mapEmpty();
    }

    private static Future<Void> put(
            Transaction transaction, String project, String docId, Statements statements, List<Edge> edges) {
        return GraphNodeRepository.put(transaction, project, statements.nodes())
                .compose(nodes -> Sql.each(
                        transaction,
                        "INSERT INTO graph_mentions (project_id, doc_id, node_id, start_at, end_at, method, confidence)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        mentions(project, docId, statements)))
                .compose(mentions -> Sql.each(
                        transaction,
                        "INSERT INTO graph_edges (project_id, doc_id, source_id, predicate, target_id, start_at, end_at,"
                                + " method, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        edges.stream().map(edge -> row(project, docId, edge)).toList()));
    }

    /** {@code (?, ?, …)}. */
    static String marks(int count) {
        return "(" + "?, ".repeat(count - 1) + "?)";
    }

    static Tuple values(String project, List<String> ids) {
        Tuple values = Tuple.of(project);
        ids.forEach(values::addString);
        return values;
    }

    private static List<Tuple> mentions(String project, String docId, Statements statements) {
        Set<Mention> mentions = new LinkedHashSet<>(statements.mentions());
        Set<String> mentioned = new HashSet<>();
        mentions.forEach(mention -> mentioned.add(mention.node()));
        for (Node node : statements.nodes()) {
            if (!mentioned.contains(node.id())) {
                mentions.add(new Mention(node.id(), SOMEWHERE));
            }
        }
        Set<List<Object>> keys = new HashSet<>();
        List<Tuple> rows = new ArrayList<>();
        for (Mention mention : mentions) {
            Place place = mention.place();
            if (keys.add(List.of(mention.node(), place.start(), place.end(), place.method()))) {
                rows.add(Tuple.tuple()
                        .addString(project)
                        .addString(docId)
                        .addString(mention.node())
                        .addInteger(place.start())
                        .addInteger(place.end())
                        .addString(place.method())
                        .addString(place.confidence()));
            }
        }
        return rows;
    }

    /** Each once. */
    private static List<Edge> edges(Statements statements) {
        Set<List<Object>> keys = new HashSet<>();
        return statements.edges().stream()
                .filter(edge -> keys.add(List.of(
                        edge.source(),
                        edge.predicate(),
                        edge.target(),
                        edge.place().start(),
                        edge.place().end(),
                        edge.place().method())))
                .toList();
    }

    private static Tuple row(String project, String docId, Edge edge) {
        return Tuple.tuple()
                .addString(project)
                .addString(docId)
                .addString(edge.source())
                .addString(edge.predicate())
                .addString(edge.target())
                .addInteger(edge.place().start())
                .addInteger(edge.place().end())
                .addString(edge.place().method())
                .addString(edge.place().confidence());
    }
}
