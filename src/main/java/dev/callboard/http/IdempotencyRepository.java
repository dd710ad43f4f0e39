package dev.callboard.http;

import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of answers that are given again. */
final class IdempotencyRepository {
    private static final Duration KEPT = Duration.ofHours(24);

    /** In place of a status, as long as the answer is not known. */
    private static final int UNKNOWN = 0;

    private final Database database;

    IdempotencyRepository(Database database) {
        this.database = database;
    }

    /**
     * A write that begins.
     *
     * @param makes the id of what it makes, if it makes something
     */
    record Begun(String actor, String key, String requestHash, String makes) {}

    /**
     * What is kept of a key.
     *
     * @param answer null when the write began and its answer is not known: it may have been done or not
     */
    record Kept(String requestHash, String makes, @Nullable Answer answer) {}

    /** What is kept of the key; else this write, which is kept from now on. */
    Future<Kept> begin(Begun write, Instant now) {
        return find(write)
                .compose(kept -> kept.isPresent() && kept.get().createdAt().isAfter(now.minus(KEPT))
                        ? Future.succeededFuture(kept.get().kept())
                        : insert(write, now));
    }

    private record Found(Kept kept, Instant createdAt) {}

    private Future<Optional<Found>> find(Begun write) {
        return database.read(transaction -> transaction
                .execute(
                        "SELECT request_hash, makes, status, answer, created_at FROM idempotency_keys"
                                + " WHERE actor = ? AND idempotency_key = ?",
                        Tuple.of(write.actor(), write.key()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(found(rows.iterator().next()))));
    }

    private static Found found(Row row) {
        int status = row.getInteger("status");
        return new Found(
                new Kept(
                        row.getString("request_hash"),
                        row.getString("makes"),
                        status == UNKNOWN ? null : Answer.again(status, row.getString("answer"))),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private Future<Kept> insert(Begun write, Instant now) {
        return database.write(transaction -> transaction
                .execute("DELETE FROM idempotency_keys WHERE created_at <= ?", Tuple.of(Sql.at(now.minus(KEPT))))
                .compose(deleted -> transaction.execute(
                        "INSERT INTO idempotency_keys"
                                + " (actor, idempotency_key, request_hash, makes, status, answer, created_at)"
                                + " VALUES (?, ?, ?, ?, ?, '', ?)",
                        Tuple.of(write.actor(), write.key(), write.requestHash(), write.makes(), UNKNOWN, Sql.at(now))))
                .map(inserted -> new Kept(write.requestHash(), write.makes(), null)));
    }

    /** The answer of a write that began. */
    Future<Void> keep(String actor, String key, Answer answer) {
        return database.write(transaction -> transaction
                .execute(
                        "UPDATE idempotency_keys SET status = ?, answer = ?"
                                + " WHERE actor = ? AND idempotency_key = ?",
                        Tuple.of(answer.status(), answer.body(), actor, key))
                .mapEmpty());
    }
}
