package dev.callboard.triggers;

import dev.callboard.audit.AuditEntry.Target;
import dev.callboard.audit.AuditRepository;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of triggers, firings apart: those are stored with their tasks. */
final class TriggerRepository {
    private static final String COLUMNS =
            "id, pipeline, source, type, config, paused, next_at, catch_up_until, last_at,"
                    + " last_task, skipped, token, token_hash, absent_since";
    private static final int MAX_SKIPPED = 500;

    private final Database database;
    private final AuditRepository audit;

    TriggerRepository(Database database, AuditRepository audit) {
        this.database = database;
        this.audit = audit;
    }

    Future<List<TriggerRow>> all() {
        return database.read(transaction -> transaction
                .execute("SELECT " + COLUMNS + " FROM triggers ORDER BY pipeline, source")
                .map(rows -> {
                    List<TriggerRow> triggers = new ArrayList<>();
                    rows.forEach(row -> triggers.add(trigger(row)));
                    return triggers;
                }));
    }

    Future<Optional<TriggerRow>> get(String id) {
        return database.read(transaction -> transaction
                .execute("SELECT " + COLUMNS + " FROM triggers WHERE id = ?", Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(trigger(rows.iterator().next()))));
    }

    private static TriggerRow trigger(Row row) {
        return new TriggerRow(
                row.getString("id"),
                row.getString("pipeline"),
                row.getString("source"),
                row.getString("type"),
                row.getString("config"),
                row.getBoolean("paused"),
                instant(row, "next_at"),
                instant(row, "catch_up_until"),
                instant(row, "last_at"),
                row.getString("last_task"),
                row.getString("skipped"),
                row.getString("token"),
                row.getString("token_hash"),
                instant(row, "absent_since"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : Sql.at(instant);
    }

    Future<Void> add(TriggerRow row) {
        return database.write(transaction -> transaction
                .execute(
                        "INSERT INTO triggers (id, pipeline, source, type, config, next_at, token, token_hash)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        Tuple.tuple()
                                .addString(row.id())
                                .addString(row.pipeline())
                                .addString(row.source())
                                .addString(row.type())
                                .addString(row.config())
                                .addOffsetDateTime(at(row.nextAt()))
                                .addString(row.token())
                                .addString(row.tokenHash()))
                .mapEmpty());
    }

    /**
     * Stores what a source says now; it is not absent.
     *
     * @param times whether its due times are others from now on; if not, one that fires meanwhile is not undone
     */
    Future<Void> change(TriggerRow row, boolean times) {
        return database.write(transaction -> transaction
                .execute(
                        "UPDATE triggers SET type = ?, config = ?, token = ?, token_hash = ?, absent_since = NULL"
                                + " WHERE id = ?",
                        Tuple.of(row.type(), row.config(), row.token(), row.tokenHash(), row.id()))
                .compose(changed -> times
                        ? transaction
                                .execute(
                                        "UPDATE triggers SET next_at = ?, catch_up_until = NULL WHERE id = ? AND paused = FALSE",
                                        Tuple.of(at(row.nextAt()), row.id()))
                                .mapEmpty()
                        : Future.succeededFuture()));
    }

    /** Its pipeline has no such source any more. */
    Future<Void> absent(String id, Instant now) {
        return database.write(transaction -> transaction
                .execute(
                        "UPDATE triggers SET absent_since = ? WHERE id = ? AND absent_since IS NULL",
                        Tuple.of(Sql.at(now), id))
                .mapEmpty());
    }

    /** Removes triggers that were absent for long, and what was seen of requests for long. */
    Future<Void> prune(Instant absentBefore, Instant seenBefore) {
        return database.write(transaction -> transaction
                .execute(
                        "DELETE FROM trigger_seen WHERE trigger_id IN"
                                + " (SELECT id FROM triggers WHERE absent_since < ?)",
                        Tuple.of(Sql.at(absentBefore)))
                .compose(seen -> transaction.execute(
                        "DELETE FROM triggers WHERE absent_since < ?", Tuple.of(Sql.at(absentBefore))))
                .compose(gone -> transaction.execute(
                        "DELETE FROM trigger_seen WHERE seen_at < ? AND trigger_id IN"
                                + " (SELECT id FROM triggers WHERE type = 'webhook')",
                        Tuple.of(Sql.at(seenBefore))))
                .mapEmpty());
    }

    /**
     * Moves a schedule on without firing; nothing happens when it has moved on or was paused meanwhile.
     *
     * @param due what is due now
     * @param catchUpUntil null keeps what is there
     */
    Future<Void> moveOn(
            String id, Instant due, @Nullable Instant next, @Nullable Instant catchUpUntil, @Nullable String skipped) {
        return database.write(transaction -> transaction
                .execute(
                        "UPDATE triggers SET next_at = ?, catch_up_until = COALESCE(?, catch_up_until), skipped = ?"
                                + " WHERE id = ? AND next_at = ? AND paused = FALSE",
                        Tuple.tuple()
                                .addOffsetDateTime(at(next))
                                .addOffsetDateTime(at(catchUpUntil))
                                .addString(cut(skipped))
                                .addString(id)
                                .addOffsetDateTime(Sql.at(due)))
                .mapEmpty());
    }

    /** Says why it does not fire. */
    Future<Void> skipped(String id, @Nullable String reason) {
        return database.write(transaction -> transaction
                .execute("UPDATE triggers SET skipped = ? WHERE id = ?", Tuple.of(cut(reason), id))
                .mapEmpty());
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MAX_SKIPPED ? text : text.substring(0, MAX_SKIPPED - 1) + "…";
    }

    /** Pauses or resumes. */
    Future<Void> pause(TriggerRow row, boolean paused, @Nullable Instant next, Instant now) {
        return database.write(transaction -> transaction
                .execute(
                        "UPDATE triggers SET paused = ?, next_at = ?, catch_up_until = NULL, skipped = NULL"
                                + " WHERE id = ?",
                        Tuple.of(paused, at(next), row.id()))
                .compose(set -> audited(transaction, paused ? "trigger.paused" : "trigger.resumed", row, now)));
    }

    /** Gives a webhook another address. */
    Future<Void> rotate(TriggerRow row, String sealed, String hash, Instant now) {
        return database.write(transaction -> transaction
                .execute("UPDATE triggers SET token = ?, token_hash = ? WHERE id = ?", Tuple.of(sealed, hash, row.id()))
                .compose(set -> audited(transaction, "trigger.rotated", row, now)));
    }

    /** Somebody fired it by hand. */
    Future<Void> fired(TriggerRow row, Instant now) {
        return database.write(transaction -> audited(transaction, "trigger.fired", row, now));
    }

    private Future<Void> audited(Transaction transaction, String kind, TriggerRow row, Instant now) {
        return audit.add(transaction, kind, new Target(row.id(), row.name()), row.type(), now);
    }

    /** What a trigger fired for. */
    Future<Set<String>> seen(String id) {
        return database.read(transaction -> transaction
                .execute("SELECT seen_key FROM trigger_seen WHERE trigger_id = ?", Tuple.of(id))
                .map(rows -> {
                    Set<String> keys = new HashSet<>();
                    rows.forEach(row -> keys.add(row.getString("seen_key")));
                    return keys;
                }));
    }

    /** Whether a task can still go on; one that is archived or not there cannot. */
    Future<Boolean> open(String taskId) {
        return database.read(transaction -> transaction
                .execute(
                        "SELECT 1 FROM tasks WHERE id = ? AND archived_at IS NULL"
                                + " AND status IN ('pending', 'running', 'awaiting_approval')",
                        Tuple.of(taskId))
                .map(rows -> rows.size() > 0));
    }

    /** How long the row of a source that is gone is kept. */
    static final Duration KEPT = Duration.ofDays(30);
}
