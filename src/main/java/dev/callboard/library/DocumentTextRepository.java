package dev.callboard.library;

import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Writes the texts by which documents of an earlier version are found; those of later ones are written with them. */
final class DocumentTextRepository {
    /** How many parts get their text in one transaction; each has at most 20,000 characters of facts. */
    private static final int FILLED = 500;

    private final Database database;

    DocumentTextRepository(Database database) {
        this.database = database;
    }

    /**
     * Gives all parts their text that have none, or that of another rule.
     *
     * @return how many there were
     */
    Future<Integer> fill() {
        return fill(0);
    }

    private Future<Integer> fill(int before) {
        return database.read(transaction -> without(transaction, 1))
                .compose(some -> some.isEmpty()
                        ? Future.succeededFuture(before)
                        : fillSome().compose(count -> fill(before + count)));
    }

    private Future<Integer> fillSome() {
        return database.write(transaction -> without(transaction, FILLED).compose(texts -> Sql.each(
                        transaction,
                        "UPDATE document_parts SET search_text = ?, search_text_by = ? WHERE project_id = ? AND"
                                + " doc_id = ? AND part = ?",
                        texts)
                .map(done -> texts.size())));
    }

    private static Future<List<Tuple>> without(Transaction transaction, int limit) {
        return transaction
                .execute(
                        "SELECT project_id, doc_id, part, facts FROM document_parts WHERE search_text_by < ? LIMIT "
                                + limit,
                        Tuple.of(DocumentText.VERSION))
                .map(rows -> {
                    List<Tuple> texts = new ArrayList<>();
                    rows.forEach(row -> texts.add(text(row)));
                    return texts;
                });
    }

    private static Tuple text(Row row) {
        String docId = row.getString("doc_id");
        return Tuple.of(
                DocumentText.of(docId, DocumentRepository.facts(row)),
                DocumentText.VERSION,
                row.getString("project_id"),
                docId,
                row.getString("part"));
    }
}
