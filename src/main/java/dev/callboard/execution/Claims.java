package dev.callboard.execution;

import dev.callboard.execution.ExecutionMessages.OutputReply;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.model.ExecutionView;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes waiting attempts to run them, with all that they need. */
final class Claims {
    private final Database database;
    private final ExecutionRepository writes;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final ExecutionViewRepository views = new ExecutionViewRepository();
    private final TaskValuesRepository values = new TaskValuesRepository();
    private final Clock clock;

    Claims(Database database, ExecutionRepository writes, Clock clock) {
        this.database = database;
        this.writes = writes;
        this.clock = clock;
    }

    /** An attempt that is running now. */
    record Claimed(StageJob job, ExecutionView view, long taskRevision, List<String> stageTypes) {}

    /** Takes an attempt; empty when it does not wait any more. */
    Future<Optional<Claimed>> claim(Attempt attempt) {
        return database.write(connection -> {
            Instant now = clock.instant();
            return writes.claim(connection, attempt, now)
                    .compose(took -> took
                            ? records.load(connection, attempt.taskId())
                                    .compose(task -> claimed(connection, task, attempt, now))
                                    .map(Optional::of)
                            : Future.succeededFuture(Optional.empty()));
        });
    }

    private Future<Claimed> claimed(SqlConnection connection, TaskRecord task, Attempt attempt, Instant now) {
        Template template = task.template(attempt.templateId());
        Map<String, String> previous = new LinkedHashMap<>();
        for (String before : task.order().previous(template.id())) {
            previous.put(
                    task.template(before).name(),
                    Objects.requireNonNull(task.latest().get(before)).id());
        }
        return writes.moveTask(connection, task, task.status(), Engine.current(task.state()), null, now)
                .compose(moved -> views.outputs(connection, List.copyOf(previous.values())))
                .compose(outputs -> values.state(connection, task.id())
                        .compose(state -> values.ledger(connection, task.id()).compose(ledger -> views.get(
                                        connection, attempt.id())
                                .map(view -> new Claimed(
                                        job(task, attempt, template, named(previous, outputs), state, ledger, now),
                                        view,
                                        task.revision() + 1,
                                        task.templates().values().stream()
                                                .map(Template::type)
                                                .toList())))));
    }

    private static Map<String, OutputReply> named(Map<String, String> previous, Map<String, OutputReply> outputs) {
        Map<String, OutputReply> named = new LinkedHashMap<>();
        previous.forEach((name, id) -> named.put(name, Objects.requireNonNull(outputs.get(id))));
        return named;
    }

    private static StageJob job(
            TaskRecord task,
            Attempt attempt,
            Template template,
            Map<String, OutputReply> previous,
            Map<String, OutputReply> state,
            Map<String, @Nullable Object> ledger,
            Instant now) {
        return new StageJob(
                attempt,
                template,
                task.input(),
                task.configOf(template),
                previous,
                state,
                ledger,
                task.policyNumber(template, "timeout_seconds").map(Number::doubleValue),
                now);
    }
}
