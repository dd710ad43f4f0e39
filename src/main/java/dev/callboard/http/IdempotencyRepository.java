package dev.callboard.http;

import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The SQL of answers that are given again. */
final class IdempotencyRepository {
    private static final Duration KEPT = Duration.ofHours(24);

    private final Database database;

    IdempotencyRepository(Database database) {
        this.database = database;
    }

    /** An answer that was given. */
    record Kept(String requestHash, Answer answer) {}

    Future<Optional<Kept>> find(String actor, String key, Instant now) {
        return database.read(connection -> connection
                .preparedQuery("SELECT request_hash, status, answer FROM idempotency_keys"
                        + " WHERE actor = ? AND idempotency_key = ? AND created_at > ?")
                .execute(Tuple.of(actor, key, Sql.at(now.minus(KEPT))))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    Row row = rows.iterator().next();
                    return Optional.of(new Kept(
                            row.getString("request_hash"),
                            Answer.again(row.getInteger("status"), row.getString("answer"))));
                }));
    }

    Future<Void> keep(String actor, String key, String hash, Answer answer, Instant now) {
        return database.write(connection -> connection
                .preparedQuery("DELETE FROM idempotency_keys WHERE created_at <= ?")
                .execute(Tuple.of(Sql.at(now.minus(KEPT))))
                .compose(deleted -> connection
                        .preparedQuery("INSERT INTO idempotency_keys"
                                + " (actor, idempotency_key, request_hash, status, answer, created_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?)")
                        .execute(Tuple.of(actor, key, hash, answer.status(), answer.body(), Sql.at(now))))
                .mapEmpty());
    }
}
