package dev.callboard.engine;

import dev.callboard.engine.ExecutionMessages.OutputReply;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.ExecutionView;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Reads executions as clients see them. */
public final class ExecutionViewRepository {
    private static final String SELECT = "SELECT " + AttemptRows.COLUMNS + ", s.name AS stage, b.error AS error_before "
            + "FROM stage_executions e JOIN stage_templates s ON s.id = e.stage_template_id "
            + "LEFT JOIN stage_executions b ON b.task_id = e.task_id AND b.stage_template_id = e.stage_template_id "
            + "AND b.attempt = e.attempt - 1 ";

    private final Clock clock;

    /** @param clock says how long what runs has run */
    public ExecutionViewRepository(Clock clock) {
        this.clock = clock;
    }

    /** One attempt. Fails with {@code unknown_execution}. */
    public Future<ExecutionView> get(Transaction transaction, String id) {
        return transaction.execute(SELECT + "WHERE e.id = ?", Tuple.of(id)).map(rows -> view(first(rows, id)));
    }

    private static Row first(RowSet<Row> rows, String id) {
        if (rows.size() == 0) {
            throw ProblemException.notFound("unknown_execution", "There is no execution '" + id + "'.");
        }
        return rows.iterator().next();
    }

    /** All attempts of a task, in the order in which they were made. */
    public Future<List<ExecutionView>> ofTask(Transaction transaction, String taskId) {
        return transaction
                .execute(SELECT + "WHERE e.task_id = ? ORDER BY e.fence", Tuple.of(taskId))
                .map(rows -> {
                    List<ExecutionView> views = new ArrayList<>();
                    rows.forEach(row -> views.add(view(row)));
                    return views;
                });
    }

    private ExecutionView view(Row row) {
        return ExecutionViews.of(
                AttemptRows.of(row), row.getString("stage"), row.getString("error_before"), clock.instant());
    }

    /** Where an attempt's output is, nowhere when it has none. Fails with {@code unknown_execution}. */
    public Future<OutputReply> output(Transaction transaction, String id) {
        return transaction
                .execute("SELECT output, output_sha256, output_size FROM stage_executions WHERE id = ?", Tuple.of(id))
                .map(rows -> {
                    Row row = first(rows, id);
                    Long size = row.getLong("output_size");
                    return new OutputReply(
                            row.getString("output"), row.getString("output_sha256"), size == null ? 0 : size);
                });
    }
}
