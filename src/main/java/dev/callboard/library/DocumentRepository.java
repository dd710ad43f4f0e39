package dev.callboard.library;

import dev.callboard.audit.AuditEntry.Target;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.library.LibraryMessages.DocumentView;
import dev.callboard.library.LibraryMessages.DocumentsReply;
import dev.callboard.library.LibraryMessages.LibraryChanged;
import dev.callboard.library.LibraryMessages.ListDocuments;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.Library.Part;
import dev.callboard.store.CaseFolding;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of parts of documents. Projects are ids, empty for tasks without one. */
final class DocumentRepository {
    private static final String ROW =
            "SELECT project_id, doc_id, part, facts, blob_id, task_id, updated_at FROM document_parts ";

    private final Bus bus;
    private final Database database;

    DocumentRepository(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    /** Keeps a part; the same once more only says who wrote it last. */
    Future<Void> put(String project, String taskId, Part part, Instant now) {
        String facts = Json.write(part.facts());
        return database.write(transaction -> one(transaction, project, part.docId(), part.name())
                .compose(before -> {
                    boolean same = before.isPresent()
                            && before.get().getString("facts").equals(facts)
                            && Objects.equals(before.get().getString("blob_id"), part.blob());
                    Future<RowSet<Row>> written = before.isPresent()
                            ? transaction.execute(
                                    "UPDATE document_parts SET facts = ?, blob_id = ?, task_id = ?, updated_at = ?"
                                            + " WHERE project_id = ? AND doc_id = ? AND part = ?",
                                    Tuple.from(Arrays.asList(
                                            facts,
                                            part.blob(),
                                            taskId,
                                            Sql.at(now),
                                            project,
                                            part.docId(),
                                            part.name())))
                            : transaction.execute(
                                    "INSERT INTO document_parts (project_id, doc_id, part, facts, blob_id, task_id,"
                                            + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                    Tuple.from(Arrays.asList(
                                            project,
                                            part.docId(),
                                            part.name(),
                                            facts,
                                            part.blob(),
                                            taskId,
                                            Sql.at(now))));
                    return written.compose(done -> same ? Future.succeededFuture() : moveOn(transaction, project));
                }));
    }

    private static Future<Optional<Row>> one(Transaction transaction, String project, String docId, String part) {
        return transaction
                .execute(ROW + "WHERE project_id = ? AND doc_id = ? AND part = ?", Tuple.of(project, docId, part))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next()));
    }

    private Future<Void> moveOn(Transaction transaction, String project) {
        database.afterCommit(() -> bus.publish(LibraryMessages.CHANGED, new LibraryChanged(project)));
        return Sql.guarded(
                        transaction,
                        "UPDATE library_revisions SET revision = revision + 1 WHERE project_id = ?",
                        Tuple.of(project))
                .compose(there -> there
                        ? Future.succeededFuture()
                        : transaction
                                .execute(
                                        "INSERT INTO library_revisions (project_id, revision) VALUES (?, 1)",
                                        Tuple.of(project))
                                .mapEmpty());
    }

    Future<Long> revision(String project) {
        return database.read(transaction -> transaction
                .execute("SELECT revision FROM library_revisions WHERE project_id = ?", Tuple.of(project))
                .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong("revision")));
    }

    Future<Optional<Part>> part(String project, String docId, String name) {
        return database.read(transaction ->
                one(transaction, project, docId, name).map(found -> found.map(DocumentRepository::part)));
    }

    Future<List<Part>> parts(String project, String name) {
        return database.read(transaction -> transaction
                .execute(ROW + "WHERE project_id = ? AND part = ? ORDER BY doc_id", Tuple.of(project, name))
                .map(rows -> {
                    List<Part> parts = new ArrayList<>();
                    rows.forEach(row -> parts.add(part(row)));
                    return parts;
                }));
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no blob.
    private static Part part(Row row) {
        return new Part(row.getString("doc_id"), row.getString("part"), facts(row), row.getString("blob_id"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> facts(Row row) {
        return Json.read(row.getString("facts"), Map.class);
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
                            + " AND (" + CaseFolding.sql("p.facts") + " LIKE ? ESCAPE '!' OR "
                            + CaseFolding.sql("p.doc_id")
                            + " LIKE ? ESCAPE '!'))");
            String pattern = Sql.contains(ask.text().strip());
            values.addString(pattern).addString(pattern);
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

    private static Future<DocumentView> view(Transaction transaction, String project, String docId) {
        return transaction
                .execute(
                        ROW + "WHERE project_id = ? AND doc_id = ? ORDER BY updated_at, part", Tuple.of(project, docId))
                .map(DocumentRepository::view);
    }

    /** The newest of what has the same name wins. */
    private static DocumentView view(RowSet<Row> rows) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Map<String, @Nullable String> parts = new LinkedHashMap<>();
        Row last = null;
        for (Row row : rows) {
            facts.putAll(facts(row));
            parts.put(row.getString("part"), row.getString("blob_id"));
            last = row;
        }
        if (last == null) {
            throw new IllegalStateException("a document without parts");
        }
        return new DocumentView(
                last.getString("doc_id"),
                last.getString("project_id"),
                last.getString("task_id"),
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
    private static Future<List<String>> projects(Transaction transaction, String docId, @Nullable String project) {
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

    /** Of which project a document was removed. */
    record Removed(String project) {}

    /** Removes a document and all that it says. */
    Future<Removed> remove(String docId, @Nullable String project, AuditRepository audit, Instant now) {
        return database.write(
                transaction -> projects(transaction, docId, project).compose(projects -> {
                    if (projects.size() > 1) {
                        throw ProblemException.illegalState(
                                "several_projects",
                                "The document '" + docId + "' is in " + projects.size()
                                        + " projects; say which one is meant with project=ID, or project=none.");
                    }
                    String of = projects.get(0);
                    return view(transaction, of, docId).compose(view -> transaction
                            .execute(
                                    "DELETE FROM document_parts WHERE project_id = ? AND doc_id = ?",
                                    Tuple.of(of, docId))
                            .compose(gone -> GraphRepository.remove(transaction, of, docId))
                            .compose(gone -> moveOn(transaction, of))
                            .compose(moved -> audit.add(
                                    transaction,
                                    "document.removed",
                                    new Target(
                                            docId, String.valueOf(view.facts().getOrDefault("title", docId))),
                                    "",
                                    now))
                            .map(done -> new Removed(of)));
                }));
    }
}
