package dev.callboard.engine;

import dev.callboard.problem.ProblemException;
import dev.callboard.store.Entry.Guard;
import dev.callboard.store.Entry.Phase;
import dev.callboard.store.Entry.Rows;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.Firing;
import dev.callboard.taskmodel.TaskTrigger;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The SQL of firings: what keeps a trigger from firing twice for the same reason. */
final class FiringRepository {
    /** How long a request's key is remembered. */
    private static final Duration KEPT = Duration.ofHours(24);

    private static final String MOVE_ON = "UPDATE triggers SET last_at = ?, last_task = ?, skipped = NULL WHERE id = ?";
    private static final String MOVE_ON_DUE =
            "UPDATE triggers SET last_at = ?, last_task = ?, skipped = NULL, next_at = ? "
                    + "WHERE id = ? AND next_at = ? AND paused = FALSE";
    private static final String FORGET = "DELETE FROM trigger_seen WHERE trigger_id = ? AND seen_key = ?";
    private static final String REMEMBER =
            "INSERT INTO trigger_seen (trigger_id, seen_key, task_id, seen_at) VALUES (?, ?, ?, ?)";

    private FiringRepository() {}

    /** The task that a firing made before. Fails with {@code already_fired} when the trigger may not fire for this. */
    static Future<Optional<String>> made(Transaction transaction, Firing firing, Instant now) {
        return ofKey(transaction, firing, now)
                .compose(before -> before.isPresent()
                        ? Future.succeededFuture(before)
                        : isDue(transaction, firing)
                                .compose(due -> due ? unseen(transaction, firing) : Future.succeededFuture(false))
                                .map(first -> {
                                    if (!first) {
                                        throw ProblemException.duplicate(
                                                "already_fired", "The trigger fired for this before.");
                                    }
                                    return Optional.empty();
                                }));
    }

    private static Future<Optional<String>> ofKey(Transaction transaction, Firing firing, Instant now) {
        String key = firing.key();
        return key == null
                ? Future.succeededFuture(Optional.empty())
                : transaction
                        .execute(
                                "SELECT task_id FROM trigger_seen WHERE trigger_id = ? AND seen_key = ? AND seen_at > ?",
                                Tuple.of(firing.trigger().id(), key, Sql.at(now.minus(KEPT))))
                        .map(rows -> rows.size() == 0
                                ? Optional.empty()
                                : Optional.of(rows.iterator().next().getString("task_id")));
    }

    private static Future<Boolean> isDue(Transaction transaction, Firing firing) {
        Instant due = firing.trigger().dueAt();
        return transaction
                .execute(
                        "SELECT next_at, paused FROM triggers WHERE id = ?",
                        Tuple.of(firing.trigger().id()))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return false;
                    }
                    Row row = rows.iterator().next();
                    return due == null || (!row.getBoolean("paused") && due.equals(Sql.instant(row, "next_at")));
                });
    }

    private static Future<Boolean> unseen(Transaction transaction, Firing firing) {
        return firing.once() == null
                ? Future.succeededFuture(true)
                : transaction
                        .execute(
                                "SELECT 1 FROM trigger_seen WHERE trigger_id = ? AND seen_key = ?",
                                Tuple.of(firing.trigger().id(), firing.once()))
                        .map(rows -> rows.size() == 0);
    }

    /** What moves the trigger on, and takes only as long as it may fire for this. */
    static Guard guard(Firing firing, String taskId, Instant now) {
        TaskTrigger trigger = firing.trigger();
        if (trigger.dueAt() == null) {
            return new Guard(MOVE_ON, Tuple.of(Sql.at(now), taskId, trigger.id()));
        }
        return new Guard(
                MOVE_ON_DUE,
                Tuple.tuple()
                        .addOffsetDateTime(Sql.at(now))
                        .addString(taskId)
                        .addOffsetDateTime(at(firing.next()))
                        .addString(trigger.id())
                        .addOffsetDateTime(Sql.at(trigger.dueAt())));
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : Sql.at(time);
    }

    /** What remembers it. */
    static List<Rows> remembered(Firing firing, String taskId, Instant now) {
        List<String> keys = Stream.of(firing.key(), firing.once())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        String id = firing.trigger().id();
        return keys.isEmpty()
                ? List.of()
                : List.of(
                        new Rows(
                                Phase.REMOVED,
                                FORGET,
                                keys.stream().map(key -> Tuple.of(id, key)).toList()),
                        new Rows(
                                Phase.DETAILS,
                                REMEMBER,
                                keys.stream()
                                        .map(key -> Tuple.of(id, key, taskId, Sql.at(now)))
                                        .toList()));
    }
}
