package dev.callboard.library;

import dev.callboard.library.LibraryMessages.DocumentView;
import dev.callboard.library.LibraryMessages.DocumentsReply;
import dev.callboard.library.LibraryMessages.ListDocuments;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads documents as lists and people see them. A project of null is all of them. */
final class DocumentQueryRepository {
    private final Database database;

    DocumentQueryRepository(Database database) {
        this.database = database;
    }

    /** A page of documents, and all that is told of each. */
    Future<DocumentsReply> list(ListDocuments ask) {
        DocumentCursor after = DocumentCursor.read(ask.after());
        StringBuilder sql =
                new StringBuilder("SELECT project_id, doc_id, MAX(updated_at) AS last_at FROM document_parts d ");
        Tuple values = Tuple.tuple();
        List<String> conditions = new ArrayList<>();
        if (ask.project() != null) {
            conditions.add("project_id = ?");
            values.addString(ask.project());
        }
        if (ask.text() != null && !ask.text().isBlank()) {
            conditions.add(
                    "EXISTS (SELECT 1 FROM document_parts p WHERE p.project_id = d.project_id AND p.doc_id = d.doc_id"
                            + " AND p.search_text LIKE ? ESCAPE '!')");
            values.addString(Sql.contains(ask.text().strip()));
        }
        if (!conditions.isEmpty()) {
            sql.append("WHERE ").append(String.join(" AND ", conditions)).append(' ');
        }
        sql.append("GROUP BY project_id, doc_id ");
        if (after != null) {
            sql.append(
                    "HAVING MAX(updated_at) < ? OR (MAX(updated_at) = ? AND (doc_id > ? OR (doc_id = ? AND project_id > ?))) ");
            values.addValue(Sql.at(after.at()))
                    .addValue(Sql.at(after.at()))
                    .addString(after.docId())
                    .addString(after.docId())
                    .addString(after.project());
        }
        sql.append("ORDER BY last_at DESC, doc_id, project_id LIMIT ").append(ask.limit() + 1);
        return database.read(
                transaction -> transaction.execute(sql.toString(), values).compose(rows -> {
                    List<DocumentCursor> found = new ArrayList<>();
                    rows.forEach(row -> found.add(DocumentCursor.of(row)));
                    List<DocumentCursor> shown = found.subList(0, Math.min(found.size(), ask.limit()));
                    return Sql.inTurn(shown, each -> view(transaction, each.project(), each.docId()))
                            .map(views -> new DocumentsReply(
                                    views,
                                    found.size() > shown.size()
                                            ? shown.get(shown.size() - 1).text()
                                            : null));
                }));
    }

    static Future<DocumentView> view(Transaction transaction, String project, String docId) {
        return transaction
                .execute(
                        "SELECT p.project_id, p.doc_id, p.part, p.facts, p.blob_id, p.task_id, p.updated_at, t.status FROM"
                                + " document_parts p LEFT JOIN tasks t ON t.id = p.task_id WHERE p.project_id = ? AND"
                                + " p.doc_id = ? ORDER BY p.updated_at, p.part",
                        Tuple.of(project, docId))
                .map(DocumentQueryRepository::view);
    }

    /** The newest of what has the same name wins. */
    private static DocumentView view(RowSet<Row> rows) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Map<String, @Nullable String> parts = new LinkedHashMap<>();
        Row last = null;
        for (Row row : rows) {
            facts.putAll(DocumentRepository.facts(row));
            parts.put(row.getString("part"), row.getString("blob_id"));
            last = row;
        }
        if (last == null) {
            throw new IllegalStateException("a document without parts");
        }
        String status = last.getString("status");
        return new DocumentView(
                last.getString("doc_id"),
                last.getString("project_id"),
                last.getString("task_id"),
                status == null ? null : TaskStatus.of(status),
                last.getOffsetDateTime("updated_at").toInstant(),
                facts,
                parts);
    }

    /** The document of that id; of several projects' the one that was written last. */
    Future<DocumentView> get(String docId, @Nullable String project) {
        return database.read(transaction ->
                projects(transaction, docId, project).compose(projects -> view(transaction, projects.get(0), docId)));
    }

    /** The projects that have the document, the last written first; at least one. */
    static Future<List<String>> projects(Transaction transaction, String docId, @Nullable String project) {
        return transaction
                .execute(
                        "SELECT project_id, MAX(updated_at) AS last_at FROM document_parts WHERE doc_id = ?"
                                + (project == null ? "" : " AND project_id = ?")
                                + " GROUP BY project_id ORDER BY last_at DESC, project_id",
                        project == null ? Tuple.of(docId) : Tuple.of(docId, project))
                .map(rows -> {
                    List<String> projects = new ArrayList<>();
                    rows.forEach(row -> projects.add(row.getString("project_id")));
                    if (projects.isEmpty()) {
                        throw ProblemException.notFound("unknown_document", "There is no document '" + docId + "'.");
                    }
                    return projects;
                });
    }

    /** All projects that have documents. */
    Future<List<String>> projects() {
        return database.read(transaction -> transaction
                .execute("SELECT project_id FROM library_revisions ORDER BY project_id")
                .map(rows -> {
                    List<String> projects = new ArrayList<>();
                    rows.forEach(row -> projects.add(row.getString("project_id")));
                    return projects;
                }));
    }

    /** Which task wrote of each of the documents last; those that are not there are left out. */
    Future<Map<String, String>> tasks(String project, List<String> docIds) {
        if (docIds.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return database.read(transaction -> transaction
                .execute(
                        "SELECT doc_id, task_id FROM document_parts WHERE project_id = ? AND doc_id IN "
                                + GraphRepository.marks(docIds.size()) + " ORDER BY updated_at",
                        GraphRepository.values(project, docIds))
                .map(rows -> {
                    Map<String, String> tasks = new LinkedHashMap<>();
                    rows.forEach(row -> tasks.put(row.getString("doc_id"), row.getString("task_id")));
                    return tasks;
                }));
    }
}
