package dev.callboard.library;

import dev.callboard.audit.AuditEntry.Target;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.library.LibraryMessages.LibraryChanged;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.Library.Part;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of parts of documents, as stages keep them. Projects are ids, empty for tasks without one. */
final class DocumentRepository {
    private static final String ROW =
            "SELECT project_id, doc_id, part, facts, blob_id, task_id, updated_at FROM document_parts ";

    private final Bus bus;
    private final Database database;
    private final GraphRepository graph;

    DocumentRepository(Bus bus, Database database, GraphRepository graph) {
        this.bus = bus;
        this.database = database;
        this.graph = graph;
    }

    /**
     * Keeps a part; the same once more only says who wrote it last.
     *
     * @return whether it is kept: not of a document that was removed since the task began
     */
    Future<Boolean> put(String project, String taskId, Part part, Instant now) {
        return database.write(transaction -> RemovalRepository.mayWrite(transaction, project, part.docId(), taskId)
                .compose(may -> may
                        ? put(transaction, project, taskId, part, now).map(true)
                        : moveOn(transaction, project).map(false)));
    }

    private Future<Void> put(Transaction transaction, String project, String taskId, Part part, Instant now) {
        String facts = Json.write(part.facts());
        Tuple values = Tuple.from(Arrays.asList(
                facts,
                part.blob(),
                taskId,
                Sql.at(now),
                DocumentText.of(part.docId(), part.facts()),
                DocumentText.VERSION,
                project,
                part.docId(),
                part.name()));
        return one(transaction, project, part.docId(), part.name()).compose(before -> {
            boolean same = before.isPresent()
                    && before.get().getString("facts").equals(facts)
                    && Objects.equals(before.get().getString("blob_id"), part.blob());
            Future<RowSet<Row>> written = before.isPresent()
                    ? transaction.execute(
                            "UPDATE document_parts SET facts = ?, blob_id = ?, task_id = ?, updated_at = ?, search_text = ?,"
                                    + " search_text_by = ? WHERE project_id = ? AND doc_id = ? AND part = ?",
                            values)
                    : transaction.execute(
                            "INSERT INTO document_parts (facts, blob_id, task_id, updated_at, search_text, search_text_by,"
                                    + " project_id, doc_id, part) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            values);
            return written.compose(done -> same ? Future.succeededFuture() : moveOn(transaction, project));
        });
    }

    private static Future<Optional<Row>> one(Transaction transaction, String project, String docId, String part) {
        return transaction
                .execute(ROW + "WHERE project_id = ? AND doc_id = ? AND part = ?", Tuple.of(project, docId, part))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next()));
    }

    /** What has been made of the parts is to be compared with them anew. */
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
    static Map<String, Object> facts(Row row) {
        return Json.read(row.getString("facts"), Map.class);
    }

    /** Of which project a document was removed. */
    record Removed(String project) {}

    /** Removes a document and all that it says; tasks that are reading it do not bring it back. */
    Future<Removed> remove(String docId, @Nullable String project, AuditRepository audit, Instant now) {
        return database.write(transaction -> DocumentQueryRepository.projects(transaction, docId, project)
                .compose(projects -> {
                    if (projects.size() > 1) {
                        throw ProblemException.illegalState(
                                "several_projects",
                                "The document '" + docId + "' is in " + projects.size()
                                        + " projects; say which one is meant with project=ID, or project=none.");
                    }
                    String of = projects.get(0);
                    return DocumentQueryRepository.view(transaction, of, docId).compose(view -> transaction
                            .execute(
                                    "DELETE FROM document_parts WHERE project_id = ? AND doc_id = ?",
                                    Tuple.of(of, docId))
                            .compose(gone -> graph.remove(transaction, of, docId))
                            .compose(gone -> RemovalRepository.add(transaction, of, docId, now))
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
