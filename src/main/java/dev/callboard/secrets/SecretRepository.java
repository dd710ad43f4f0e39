package dev.callboard.secrets;

import dev.callboard.audit.AuditEntry.Target;
import dev.callboard.audit.AuditRepository;
import dev.callboard.problem.ProblemException;
import dev.callboard.secrets.SecretsMessages.SecretView;
import dev.callboard.store.Database;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The SQL of secrets. It sees sealed values alone. */
final class SecretRepository {
    private static final int KEY_ROW = 1;

    private final Database database;
    private final AuditRepository audit;

    SecretRepository(Database database, AuditRepository audit) {
        this.database = database;
        this.audit = audit;
    }

    /** A secret as it is stored. */
    record Stored(SecretView view, String sealed) {}

    /**
     * All that is stored.
     *
     * @param keyCheck a known text, sealed with the key that sealed the others; null before the first one
     */
    record All(List<Stored> secrets, @Nullable String keyCheck) {}

    Future<All> load() {
        return database.read(transaction -> transaction
                .execute("SELECT name, project_id, sealed, updated_at, updated_by FROM secrets ORDER BY name")
                .map(rows -> {
                    List<Stored> stored = new ArrayList<>();
                    rows.forEach(row -> stored.add(stored(row)));
                    return stored;
                })
                .compose(stored -> keyCheck(transaction).map(check -> new All(stored, check.orElse(null)))));
    }

    private static Stored stored(Row row) {
        return new Stored(
                new SecretView(
                        row.getString("name"),
                        row.getString("project_id"),
                        row.getOffsetDateTime("updated_at").toInstant(),
                        row.getString("updated_by")),
                row.getString("sealed"));
    }

    private static Future<Optional<String>> keyCheck(Transaction transaction) {
        return transaction
                .execute("SELECT sealed FROM secrets_key WHERE id = ?", Tuple.of(KEY_ROW))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString("sealed")));
    }

    /** Keeps the check of the key, unless one is kept: from then on another key is noticed. */
    Future<Void> keepCheck(String keyCheck) {
        return database.write(transaction -> keepCheck(transaction, keyCheck));
    }

    private static Future<Void> keepCheck(Transaction transaction, String keyCheck) {
        return keyCheck(transaction)
                .compose(check -> check.isPresent()
                        ? Future.succeededFuture()
                        : transaction
                                .execute(
                                        "INSERT INTO secrets_key (id, sealed) VALUES (?, ?)",
                                        Tuple.of(KEY_ROW, keyCheck))
                                .mapEmpty());
    }

    /**
     * Stores a secret, and the check of its key when that is the first one.
     *
     * @param sealed its value
     * @param keyCheck a known text, sealed with the same key
     * @param kept is notified once it is stored, before anybody else hears of it
     * @return what is stored now, and whether there was none of that name
     */
    Future<Put> put(
            String name, @Nullable String project, String sealed, String keyCheck, Consumer<Stored> kept, Instant now) {
        return database.write(transaction -> requireProject(transaction, project)
                .compose(there -> keepCheck(transaction, keyCheck))
                .compose(checked -> remove(transaction, name))
                .compose(replaced -> {
                    SecretView view =
                            new SecretView(name, project, now, database.caller().name());
                    database.afterCommit(() -> kept.accept(new Stored(view, sealed)));
                    return transaction
                            .execute(
                                    "INSERT INTO secrets (name, project_id, sealed, updated_at, updated_by)"
                                            + " VALUES (?, ?, ?, ?, ?)",
                                    Tuple.of(name, project, sealed, now.atOffset(ZoneOffset.UTC), view.updatedBy()))
                            .compose(stored -> audit.add(
                                    transaction,
                                    replaced ? "secret.changed" : "secret.added",
                                    Target.named(name),
                                    "",
                                    now))
                            .map(done -> new Put(new Stored(view, sealed), !replaced));
                }));
    }

    /**
     * What was put.
     *
     * @param added whether there was none of that name
     */
    record Put(Stored stored, boolean added) {}

    private static Future<Void> requireProject(Transaction transaction, @Nullable String project) {
        if (project == null) {
            return Future.succeededFuture();
        }
        return transaction
                .execute(
                        "SELECT id FROM projects WHERE id = ? AND kind = 'project' AND deleted_at IS NULL",
                        Tuple.of(project))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw ProblemException.notFound("unknown_project", "There is no project '" + project + "'.");
                    }
                    return null;
                });
    }

    private static Future<Boolean> remove(Transaction transaction, String name) {
        return transaction
                .execute("DELETE FROM secrets WHERE name = ?", Tuple.of(name))
                .map(rows -> rows.rowCount() > 0);
    }

    /**
     * Removes a secret; false when there is none of that name.
     *
     * @param gone is notified once that is stored, before anybody else hears of it
     */
    Future<Boolean> remove(String name, Runnable gone, Instant now) {
        return database.write(transaction -> remove(transaction, name)
                .onSuccess(removed -> database.afterCommit(gone))
                .compose(removed -> removed
                        ? audit.add(transaction, "secret.removed", Target.named(name), "", now)
                                .map(done -> true)
                        : Future.succeededFuture(false)));
    }

    /** What uses a secret in the database, each in a few words: stages of projects, and tasks that are not over. */
    Future<List<String>> users(String reference) {
        String like = "%\"" + reference.replace("!", "!!").replace("_", "!_").replace("%", "!%") + "\"%";
        return database.read(transaction -> transaction
                .execute(
                        "SELECT p.name AS project, s.name AS stage FROM stage_templates s JOIN projects p ON"
                                + " p.id = s.project_id WHERE s.settings LIKE ? ESCAPE '!' AND s.deleted_at IS NULL AND"
                                + " p.deleted_at IS NULL AND p.kind = 'project' ORDER BY p.name, s.sort_order",
                        Tuple.of(like))
                .compose(stages -> transaction
                        .execute(
                                "SELECT t.title AS title FROM tasks t WHERE t.archived_at IS NULL AND t.status IN"
                                        + " ('pending', 'running', 'awaiting_approval') AND (t.settings LIKE ? ESCAPE '!' OR"
                                        + " EXISTS (SELECT 1 FROM stage_templates s JOIN projects p ON p.id = s.project_id"
                                        + " WHERE s.project_id = t.project_id AND p.kind <> 'project' AND s.settings LIKE ?"
                                        + " ESCAPE '!')) ORDER BY t.created_at",
                                Tuple.of(like, like))
                        .map(tasks -> {
                            List<String> users = new ArrayList<>();
                            stages.forEach(row -> users.add("the stage '" + row.getString("stage")
                                    + "' of the project '" + row.getString("project") + "'"));
                            tasks.forEach(row -> users.add("the task '" + row.getString("title") + "'"));
                            return users;
                        })));
    }
}
