package dev.callboard.library;

import dev.callboard.store.CaseFolding;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of the words by which nodes are found. A project of null is all of them. */
final class GraphNameRepository {
    /** How many words that begin so are compared, in their order: a letter or two may be the beginning of very many. */
    private static final int COMPARED = 5_000;

    /** How many nodes get their words in one transaction. */
    private static final int FILLED = 2_000;

    private final Database database;

    GraphNameRepository(Database database) {
        this.database = database;
    }

    /** A node whose words are written. */
    record Named(String project, String id, String label) {}

    /**
     * The ids of all nodes with all these words at the beginning of words of theirs: those of that very name first, then the most
     * connected. Of words that begin so the first {@value #COMPARED} are compared.
     *
     * @param name as somebody typed it
     * @param words of it, at least one
     */
    static Future<List<String>> find(
            Transaction transaction, @Nullable String project, String name, List<String> words, @Nullable String type) {
        StringBuilder sql = new StringBuilder("SELECT n.node_id AS id, MAX(CASE WHEN " + CaseFolding.sql("n.label")
                + " = ? THEN 1 ELSE 0 END) AS exact, MAX(n.degree) AS number FROM (SELECT w.project_id, w.node_id FROM"
                + " graph_node_words w WHERE w.word >= ? AND w.word < ?");
        Tuple values = Tuple.of(CaseFolding.fold(name.strip()), words.get(0), GraphNames.after(words.get(0)));
        if (project != null) {
            sql.append(" AND w.project_id = ?");
            values.addString(project);
        }
        for (String word : words.subList(1, words.size())) {
            sql.append(" AND EXISTS (SELECT 1 FROM graph_node_words o WHERE o.project_id = w.project_id AND"
                    + " o.node_id = w.node_id AND o.word >= ? AND o.word < ?)");
            values.addString(word).addString(GraphNames.after(word));
        }
        sql.append(" ORDER BY w.word LIMIT " + COMPARED + ") f JOIN graph_nodes n ON n.project_id = f.project_id"
                + " AND n.node_id = f.node_id");
        if (type != null) {
            sql.append(" WHERE n.node_type = ?");
            values.addString(type);
        }
        sql.append(" GROUP BY n.node_id ORDER BY exact DESC, number DESC, n.node_id");
        return transaction.execute(sql.toString(), values).map(rows -> {
            List<String> ids = new ArrayList<>();
            rows.forEach(row -> ids.add(row.getString("id")));
            return ids;
        });
    }

    /** Writes the words of nodes, in place of those that they had. */
    static Future<Void> put(Transaction transaction, List<Named> nodes) {
        List<Tuple> rows = new ArrayList<>();
        nodes.forEach(node -> GraphNames.of(node.id(), node.label())
                .forEach(word -> rows.add(Tuple.of(node.project(), node.id(), word))));
        return Sql.each(
                        transaction,
                        "DELETE FROM graph_node_words WHERE project_id = ? AND node_id = ?",
                        nodes.stream()
                                .map(node -> Tuple.of(node.project(), node.id()))
                                .toList())
                .compose(gone -> Sql.each(
                        transaction,
                        "INSERT INTO graph_node_words (project_id, node_id, word) VALUES (?, ?, ?)",
                        rows));
    }

    /** Removes the words of those of the nodes that are gone. */
    static Future<Void> removeGone(Transaction transaction, String project, Set<String> nodes) {
        return Sql.each(
                transaction,
                "DELETE FROM graph_node_words WHERE project_id = ? AND node_id = ? AND NOT EXISTS (SELECT 1 FROM"
                        + " graph_nodes n WHERE n.project_id = graph_node_words.project_id AND n.node_id ="
                        + " graph_node_words.node_id)",
                nodes.stream().map(node -> Tuple.of(project, node)).toList());
    }

    /** Gives some nodes their words that have none, or those of another rule; says whether there may be more of them. */
    Future<Boolean> fill() {
        return database.read(transaction -> unnamed(transaction, 1))
                .compose(some -> some.isEmpty() ? Future.succeededFuture(false) : fillSome());
    }

    private static Future<List<Named>> unnamed(Transaction transaction, int limit) {
        return transaction
                .execute(
                        "SELECT project_id, node_id, label FROM graph_nodes WHERE named_by <> ? LIMIT " + limit,
                        Tuple.of(GraphNames.VERSION))
                .map(rows -> {
                    List<Named> nodes = new ArrayList<>();
                    rows.forEach(row -> nodes.add(named(row)));
                    return nodes;
                });
    }

    private Future<Boolean> fillSome() {
        return database.write(transaction -> unnamed(transaction, FILLED).compose(nodes -> put(transaction, nodes)
                .compose(put -> Sql.each(
                        transaction,
                        "UPDATE graph_nodes SET named_by = ? WHERE project_id = ? AND node_id = ?",
                        nodes.stream()
                                .map(node -> Tuple.of(GraphNames.VERSION, node.project(), node.id()))
                                .toList()))
                .map(done -> nodes.size() == FILLED)));
    }

    private static Named named(Row row) {
        return new Named(row.getString("project_id"), row.getString("node_id"), row.getString("label"));
    }
}
