package dev.callboard.engine;

import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Wait;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
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
public final class WorkRepository {
    private static final String OPEN = "open";
    private static final String SECRET = "secret";
    private static final String LEASED = "leased";

    static final String DELETE_WAIT = "DELETE FROM worker_waits WHERE execution_id = ?";

    static final String INSERT_WAIT = "INSERT INTO worker_waits (execution_id, task_id, stage_template_id, stage_type, "
            + "worker_wait, created_at) VALUES (?, ?, ?, ?, ?, ?)";

    /** Whether workers are to do an attempt or have it, as its column says while it runs; null when not. */
    static @Nullable String waits(AttemptRow row) {
        return row.status() == ExecutionStatus.RUNNING ? row.workerWait() : null;
    }

    /** The row of an attempt that workers are to do or have. */
    static Tuple wait(AttemptRow row) {
        return Tuple.of(
                row.id(), row.taskId(), row.templateId(), row.stageType(), row.workerWait(), Sql.at(row.createdAt()));
    }

    /** An attempt that no worker has taken. */
    public record Candidate(String executionId, String taskId, String templateId) {}

    /**
     * A lease as it is stored.
     *
     * @param token what its holder shows
     * @param worker the holder's name
     * @param deadline until when the work must be done
     */
    public record StoredLease(String executionId, String taskId, String token, String worker, Instant deadline) {}

    /** What is stored of an attempt's wait beside the wait itself, null when no worker is to do it. */
    static @Nullable String word(Wait wait) {
        return StageOutcome.Waits.forWorker(wait) ? word(StageOutcome.Waits.withSecrets(wait)) : null;
    }

    /** What is stored of an attempt that waits for a worker. */
    static String word(boolean secrets) {
        return secrets ? SECRET : OPEN;
    }

    /** Whether an attempt does not wait though its wait is stored: a worker has it. */
    static boolean isLeased(AttemptRow row) {
        return LEASED.equals(row.workerWait());
    }

    /**
     * The attempt that waits longest.
     *
     * @param types stage types
     * @param secrets whether it may get secrets
     */
    public Future<Optional<Candidate>> next(Transaction transaction, List<String> types, boolean secrets) {
        Tuple values = Tuple.of(OPEN, secrets ? SECRET : OPEN);
        types.forEach(values::addString);
        return transaction
                .execute(
                        "SELECT execution_id, task_id, stage_template_id FROM worker_waits "
                                + "WHERE worker_wait IN (?, ?) AND stage_type IN ("
                                + String.join(", ", Collections.nCopies(types.size(), "?"))
                                + ") ORDER BY created_at, execution_id LIMIT 1",
                        values)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(candidate(rows.iterator().next())));
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                row.getString("execution_id"), row.getString("task_id"), row.getString("stage_template_id"));
    }

    /** The leases that an earlier process gave. */
    public Future<List<StoredLease>> leases(Transaction transaction) {
        return transaction
                .execute("SELECT l.execution_id, w.task_id, l.lease, l.worker, l.deadline FROM worker_leases l "
                        + "JOIN worker_waits w ON w.execution_id = l.execution_id "
                        + "WHERE w.worker_wait = 'leased' ORDER BY l.execution_id")
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
    public record Left(String executionId, String stageType, boolean leased) {}

    /** The attempts that workers are to do or have, by their ids. */
    public Future<Map<String, Left>> left(Transaction transaction) {
        return transaction
                .execute("SELECT execution_id, stage_type, worker_wait FROM worker_waits")
                .map(rows -> {
                    Map<String, Left> left = new HashMap<>();
                    rows.forEach(row -> left.put(
                            row.getString("execution_id"),
                            new Left(
                                    row.getString("execution_id"),
                                    row.getString("stage_type"),
                                    LEASED.equals(row.getString("worker_wait")))));
                    return left;
                });
    }

    /** The attempts of a task that workers are to do or have, and how each waits. */
    Future<Map<String, String>> waits(Transaction transaction, String taskId) {
        return transaction
                .execute("SELECT execution_id, worker_wait FROM worker_waits WHERE task_id = ?", Tuple.of(taskId))
                .map(rows -> {
                    Map<String, String> waits = new HashMap<>();
                    rows.forEach(row -> waits.put(row.getString("execution_id"), row.getString("worker_wait")));
                    return waits;
                });
    }

    /** The stage types, of some, of which workers are to do or have an attempt. */
    public Future<List<String>> types(Transaction transaction, List<String> types) {
        return transaction
                .execute(
                        "SELECT DISTINCT stage_type FROM worker_waits WHERE stage_type IN ("
                                + String.join(", ", Collections.nCopies(types.size(), "?")) + ")",
                        Tuple.tuple(List.<Object>copyOf(types)))
                .map(rows -> {
                    List<String> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getString("stage_type")));
                    return found;
                });
    }
}
