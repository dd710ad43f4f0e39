package dev.callboard.library;

import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/**
 * Remembers which documents were removed. A task that began before a removal may have read the document: what its stages write of
 * it later would bring it back in parts, so it is not kept. A task that begins afterwards reads it anew, and ends that.
 */
final class RemovalRepository {
    private RemovalRepository() {}

    /** Notes a removal. */
    static Future<Void> add(Transaction transaction, String project, String docId, Instant now) {
        return Sql.guarded(
                        transaction,
                        "UPDATE removed_documents SET removed_at = ? WHERE project_id = ? AND doc_id = ?",
                        Tuple.of(Sql.at(now), project, docId))
                .compose(there -> there
                        ? Future.succeededFuture()
                        : transaction
                                .execute(
                                        "INSERT INTO removed_documents (project_id, doc_id, removed_at) VALUES (?, ?, ?)",
                                        Tuple.of(project, docId, Sql.at(now)))
                                .mapEmpty());
    }

    /**
     * Whether a task may write of a document; if so, it counts as read anew.
     *
     * @param taskId of no task when it is empty, which may
     */
    static Future<Boolean> mayWrite(Transaction transaction, String project, String docId, String taskId) {
        return transaction
                .execute(
                        "SELECT CASE WHEN r.removed_at >= (SELECT COALESCE(t.started_at, t.created_at) FROM tasks t WHERE"
                                + " t.id = ?) THEN 1 ELSE 0 END AS late FROM removed_documents r WHERE r.project_id = ?"
                                + " AND r.doc_id = ?",
                        Tuple.of(taskId, project, docId))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(true);
                    }
                    return rows.iterator().next().getInteger("late") == 1
                            ? Future.succeededFuture(false)
                            : transaction
                                    .execute(
                                            "DELETE FROM removed_documents WHERE project_id = ? AND doc_id = ?",
                                            Tuple.of(project, docId))
                                    .map(true);
                });
    }
}
