package dev.callboard.tasks;

import dev.callboard.problem.ProblemException;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.TaskTrigger;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The SQL of firings, for the transactions that make their tasks. */
final class FiringRepository {
    /** How long the key of a request answers its task. */
    static final Duration KEPT = Duration.ofHours(24);

    private FiringRepository() {}

    /** The task that a firing made before. */
    static Future<Optional<String>> made(SqlConnection connection, Firing firing, Instant now) {
        String key = firing.key();
        return key == null
                ? Future.succeededFuture(Optional.empty())
                : connection
                        .preparedQuery(
                                "SELECT task_id FROM trigger_seen WHERE trigger_id = ? AND seen_key = ? AND seen_at > ?")
                        .execute(Tuple.of(firing.trigger().id(), key, Sql.at(now.minus(KEPT))))
                        .map(rows -> rows.size() == 0
                                ? Optional.empty()
                                : Optional.of(rows.iterator().next().getString("task_id")));
    }

    /** Stores that a trigger fired. Fails with {@code already_fired} when it did so before, for the same reason. */
    static Future<Void> fire(SqlConnection connection, Firing firing, String taskId, Instant now) {
        return moveOn(connection, firing, taskId, now)
                .compose(moved -> moved ? unseen(connection, firing) : Future.succeededFuture(false))
                .compose(first -> {
                    if (!first) {
                        throw ProblemException.duplicate("already_fired", "The trigger fired for this before.");
                    }
                    return remember(connection, firing, taskId, now);
                })
                .compose(seen -> connection
                        .preparedQuery(
                                "UPDATE tasks SET trigger_id = ?, trigger_type = ?, trigger_due_at = ? WHERE id = ?")
                        .execute(Tuple.tuple()
                                .addString(firing.trigger().id())
                                .addString(firing.trigger().type())
                                .addOffsetDateTime(
                                        firing.trigger().dueAt() == null
                                                ? null
                                                : Sql.at(firing.trigger().dueAt()))
                                .addString(taskId))
                        .mapEmpty());
    }

    private static Future<Boolean> moveOn(SqlConnection connection, Firing firing, String taskId, Instant now) {
        TaskTrigger trigger = firing.trigger();
        if (trigger.dueAt() == null) {
            return Sql.guarded(
                    connection,
                    "UPDATE triggers SET last_at = ?, last_task = ?, skipped = NULL WHERE id = ?",
                    Tuple.of(Sql.at(now), taskId, trigger.id()));
        }
        return Sql.guarded(
                connection,
                "UPDATE triggers SET last_at = ?, last_task = ?, skipped = NULL, next_at = ?"
                        + " WHERE id = ? AND next_at = ? AND paused = FALSE",
                Tuple.tuple()
                        .addOffsetDateTime(Sql.at(now))
                        .addString(taskId)
                        .addOffsetDateTime(firing.next() == null ? null : Sql.at(firing.next()))
                        .addString(trigger.id())
                        .addOffsetDateTime(Sql.at(trigger.dueAt())));
    }

    private static Future<Boolean> unseen(SqlConnection connection, Firing firing) {
        return firing.once() == null
                ? Future.succeededFuture(true)
                : connection
                        .preparedQuery("SELECT 1 FROM trigger_seen WHERE trigger_id = ? AND seen_key = ?")
                        .execute(Tuple.of(firing.trigger().id(), firing.once()))
                        .map(rows -> rows.size() == 0);
    }

    private static Future<Void> remember(SqlConnection connection, Firing firing, String taskId, Instant now) {
        String id = firing.trigger().id();
        return Sql.inTurn(
                        Stream.of(Optional.ofNullable(firing.key()), Optional.ofNullable(firing.once()))
                                .flatMap(Optional::stream)
                                .toList(),
                        key -> connection
                                .preparedQuery("DELETE FROM trigger_seen WHERE trigger_id = ? AND seen_key = ?")
                                .execute(Tuple.of(id, key))
                                .compose(old -> connection
                                        .preparedQuery(
                                                "INSERT INTO trigger_seen (trigger_id, seen_key, task_id, seen_at)"
                                                        + " VALUES (?, ?, ?, ?)")
                                        .execute(Tuple.of(id, key, taskId, Sql.at(now)))))
                .mapEmpty();
    }
}
