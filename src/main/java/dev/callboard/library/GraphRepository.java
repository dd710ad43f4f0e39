package dev.callboard.library;

import dev.callboard.json.Json;
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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the graph: what one document says, in one transaction. */
final class GraphRepository {
    /** A node is there because a document has it, though it says nothing of where. */
    private static final Place SOMEWHERE = new Place(-1, -1, "statement", "exact");

    /** How many ids are asked for at once. */
    static final int IDS = 200;

    private final Database database;

    GraphRepository(Database database) {
        this.database = database;
    }

    /** Replaces what a document says; nodes that no document mentions any more go. */
    Future<Void> say(String project, String docId, Statements statements) {
        return database.write(transaction -> mentioned(transaction, project, docId)
                .compose(before -> forget(transaction, project, docId)
                        .compose(gone -> put(transaction, project, docId, statements))
                        .compose(put -> {
                            Set<String> left = new LinkedHashSet<>(before);
                            statements.nodes().forEach(node -> left.remove(node.id()));
                            return removeUnmentioned(transaction, project, left);
                        })));
    }

    /** Removes all that a document says. */
    static Future<Void> remove(Transaction transaction, String project, String docId) {
        return mentioned(transaction, project, docId).compose(before -> forget(transaction, project, docId)
                .compose(gone -> removeUnmentioned(transaction, project, before)));
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

    private static Future<Void> put(Transaction transaction, String project, String docId, Statements statements) {
        List<String> ids = statements.nodes().stream().map(Node::id).toList();
        return existing(transaction, project, ids)
                .compose(there -> putNodes(transaction, project, statements.nodes(), there))
                .compose(nodes -> Sql.each(
                        transaction,
                        "INSERT INTO graph_mentions (project_id, doc_id, node_id, start_at, end_at, method, confidence)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        mentions(project, docId, statements)))
                .compose(mentions -> Sql.each(
                        transaction,
                        "INSERT INTO graph_edges (project_id, doc_id, source_id, predicate, target_id, start_at, end_at,"
                                + " method, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        edges(project, docId, statements)));
    }

    private static Future<Set<String>> existing(Transaction transaction, String project, List<String> ids) {
        List<List<String>> some = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS) {
            some.add(ids.subList(from, Math.min(from + IDS, ids.size())));
        }
        Set<String> there = new HashSet<>();
        return Sql.inTurn(some, each -> transaction
                        .execute(
                                "SELECT node_id FROM graph_nodes WHERE project_id = ? AND node_id IN "
                                        + marks(each.size()),
                                values(project, each))
                        .map(rows -> {
                            rows.forEach(row -> there.add(row.getString("node_id")));
                            return there;
                        }))
                .map(all -> there);
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

    private static Future<Void> putNodes(Transaction transaction, String project, List<Node> nodes, Set<String> there) {
        List<Tuple> changed = new ArrayList<>();
        List<Tuple> added = new ArrayList<>();
        for (Node node : nodes) {
            String facts = Json.write(node.facts());
            if (there.contains(node.id())) {
                changed.add(Tuple.of(node.type(), node.label(), facts, project, node.id()));
            } else {
                added.add(Tuple.of(project, node.id(), node.type(), node.label(), facts));
            }
        }
        return Sql.each(
                        transaction,
                        "UPDATE graph_nodes SET node_type = ?, label = ?, facts = ? WHERE project_id = ? AND node_id = ?",
                        changed)
                .compose(done -> Sql.each(
                        transaction,
                        "INSERT INTO graph_nodes (project_id, node_id, node_type, label, facts) VALUES (?, ?, ?, ?, ?)",
                        added));
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

    private static List<Tuple> edges(String project, String docId, Statements statements) {
        Set<List<Object>> keys = new HashSet<>();
        List<Tuple> rows = new ArrayList<>();
        for (Edge edge : statements.edges()) {
            Place place = edge.place();
            if (keys.add(List.of(
                    edge.source(), edge.predicate(), edge.target(), place.start(), place.end(), place.method()))) {
                rows.add(Tuple.tuple()
                        .addString(project)
                        .addString(docId)
                        .addString(edge.source())
                        .addString(edge.predicate())
                        .addString(edge.target())
                        .addInteger(place.start())
                        .addInteger(place.end())
                        .addString(place.method())
                        .addString(place.confidence()));
            }
        }
        return rows;
    }

    private static Future<Void> removeUnmentioned(Transaction transaction, String project, Set<String> nodes) {
        return Sql.each(
                transaction,
                "DELETE FROM graph_nodes WHERE project_id = ? AND node_id = ? AND NOT EXISTS (SELECT 1 FROM graph_mentions m"
                        + " WHERE m.project_id = graph_nodes.project_id AND m.node_id = graph_nodes.node_id)",
                nodes.stream().map(node -> Tuple.of(project, node)).toList());
    }
}
