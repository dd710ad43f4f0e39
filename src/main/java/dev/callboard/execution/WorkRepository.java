package dev.callboard.execution;

import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.Wait;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attempts that workers are to do, and who has them. */
final class WorkRepository {
    private static final String OPEN = "open";
    private static final String SECRET = "secret";
    private static final String LEASED = "leased";

    /** An attempt that no worker has taken. */
    record Candidate(String executionId, String taskId, String templateId) {}

    /**
     * A lease as it is stored.
     *
     * @param token what its holder shows
     * @param worker the holder's name
     * @param deadline until when the work must be done
     */
    record StoredLease(String executionId, String taskId, String token, String worker, Instant deadline) {}

    /** What is stored of an attempt's wait beside the wait itself, null when no worker is to do it. */
    static @Nullable String word(Wait wait) {
        if (!StageOutcome.Waits.forWorker(wait)) {
            return null;
        }
        return StageOutcome.Waits.withSecrets(wait) ? SECRET : OPEN;
    }

    /** Whether an attempt does not wait though its wait is stored: a worker has it. */
    static boolean isLeased(Row row) {
        return LEASED.equals(row.getString("worker_wait"));
    }

    /**
     * The attempt that waits longest.
     *
     * @param types stage types
     * @param secrets whether it may get secrets
     */
    Future<Optional<Candidate>> next(SqlConnection connection, List<String> types, boolean secrets) {
        Tuple values = Tuple.of(OPEN, secrets ? SECRET : OPEN);
        types.forEach(values::addString);
        return connection
                .preparedQuery("SELECT id, task_id, stage_template_id FROM stage_executions "
                        + "WHERE worker_wait IN (?, ?) AND stage_type IN ("
                        + String.join(", ", Collections.nCopies(types.size(), "?"))
                        + ") AND status = 'running' ORDER BY created_at, id LIMIT 1")
                .execute(values)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(candidate(rows.iterator().next())));
    }

    private static Candidate candidate(Row row) {
        return new Candidate(row.getString("id"), row.getString("task_id"), row.getString("stage_template_id"));
    }

    /** Gives an attempt to a worker; false when it does not wait for one any more. */
    Future<Boolean> take(SqlConnection connection, Attempt attempt, StoredLease lease, Instant now) {
        return Sql.guarded(
                        connection,
                        "UPDATE stage_executions SET worker_wait = 'leased', revision = revision + 1 "
                                + "WHERE id = ? AND fence = ? AND status = 'running' "
                                + "AND worker_wait IN ('open', 'secret')",
                        Tuple.of(attempt.id(), attempt.fence()))
                .compose(took -> took
                        ? connection
                                .preparedQuery(
                                        "INSERT INTO worker_leases (execution_id, lease, worker, taken_at, deadline) "
                                                + "VALUES (?, ?, ?, ?, ?)")
                                .execute(Tuple.of(
                                        attempt.id(),
                                        lease.token(),
                                        lease.worker(),
                                        Sql.at(now),
                                        Sql.at(lease.deadline())))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    /** Takes an attempt from the worker that has it: it waits again. False when that worker does not have it. */
    Future<Boolean> giveBack(SqlConnection connection, Attempt attempt, boolean secrets) {
        return Sql.guarded(
                        connection,
                        "UPDATE stage_executions SET worker_wait = ?, revision = revision + 1 "
                                + "WHERE id = ? AND fence = ? AND status = 'running' AND worker_wait = 'leased'",
                        Tuple.of(secrets ? SECRET : OPEN, attempt.id(), attempt.fence()))
                .compose(took -> ended(connection, attempt, took));
    }

    /**
     * The end of an attempt, or of the work on it, ends its lease in the same transaction.
     *
     * @param took whether it ended
     * @return the same
     */
    static Future<Boolean> ended(SqlConnection connection, Attempt attempt, boolean took) {
        return took && attempt.waits()
                ? connection
                        .preparedQuery("DELETE FROM worker_leases WHERE execution_id = ?")
                        .execute(Tuple.of(attempt.id()))
                        .map(true)
                : Future.succeededFuture(took);
    }

    /** The leases that an earlier process gave. */
    Future<List<StoredLease>> leases(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT l.execution_id, e.task_id, l.lease, l.worker, l.deadline FROM worker_leases l "
                        + "JOIN stage_executions e ON e.id = l.execution_id "
                        + "WHERE e.status = 'running' AND e.worker_wait = 'leased' ORDER BY l.execution_id")
                .execute()
                .map(rows -> {
                    List<StoredLease> leases = new ArrayList<>();
                    rows.forEach(row -> leases.add(new StoredLease(
                            row.getString("execution_id"),
                            row.getString("task_id"),
                            row.getString("lease"),
                            row.getString("worker"),
                            row.getOffsetDateTime("deadline").toInstant())));
                    return leases;
                });
    }

    /**
     * An attempt that workers are to do or have.
     *
     * @param leased whether one has it
     */
    record Left(String executionId, String stageType, boolean leased) {}

    /** The attempts that workers are to do or have, by their ids. */
    Future<Map<String, Left>> left(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT id, stage_type, worker_wait FROM stage_executions "
                        + "WHERE worker_wait IN ('open', 'secret', 'leased') AND status = 'running'")
                .execute()
                .map(rows -> {
                    Map<String, Left> left = new HashMap<>();
                    rows.forEach(row -> left.put(
                            row.getString("id"),
                            new Left(row.getString("id"), row.getString("stage_type"), isLeased(row))));
                    return left;
                });
    }

    /** The stage types, of some, of which workers are to do or have an attempt. */
    Future<List<String>> types(SqlConnection connection, List<String> types) {
        return connection
                .preparedQuery("SELECT DISTINCT stage_type FROM stage_executions "
                        + "WHERE worker_wait IN ('open', 'secret', 'leased') AND status = 'running' "
                        + "AND stage_type IN ("
                        + String.join(", ", Collections.nCopies(types.size(), "?")) + ")")
                .execute(Tuple.tuple(List.<Object>copyOf(types)))
                .map(rows -> {
                    List<String> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getString("stage_type")));
                    return found;
                });
    }

    /** Lets attempts that no worker has wait for none any more: they go on here. */
    Future<Void> keepFromWorkers(SqlConnection connection, List<String> executionIds) {
        return connection
                .preparedQuery("UPDATE stage_executions SET worker_wait = NULL, revision = revision + 1 "
                        + "WHERE id = ? AND status = 'running' AND worker_wait IN ('open', 'secret')")
                .executeBatch(executionIds.stream().map(Tuple::of).toList())
                .mapEmpty();
    }
}
