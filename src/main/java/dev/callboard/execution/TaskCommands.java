package dev.callboard.execution;

import dev.callboard.bus.Caller;
import dev.callboard.execution.TaskDraft.Facts;
import dev.callboard.problem.Ids;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Lets rules decide about tasks: the task is read, a rule changes it, and what it made of it is stored, in one transaction. A
 * rule that refuses, by throwing a problem, leaves everything as it was.
 */
final class TaskCommands {
    private final Database database;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final TaskChanges changes;
    private final Ids ids;
    private final Clock clock;

    TaskCommands(Database database, TaskChanges changes, Ids ids, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Decides about a task. Fails with {@code unknown_task}, also for an archived one, and with what the rule refuses with.
     *
     * @param rule runs on the writer's thread and does nothing but change the task
     */
    <T> Future<T> decide(String taskId, Function<TaskDraft, T> rule) {
        return decide(taskId, records::load, rule);
    }

    /** As {@link #decide}, for what somebody wants of a task: an archived one is refused with {@code wrong_status}. */
    <T> Future<T> decideOpen(String taskId, Function<TaskDraft, T> rule) {
        return decide(taskId, records::loadOpen, rule);
    }

    private <T> Future<T> decide(
            String taskId, BiFunction<SqlConnection, String, Future<TaskRecord>> load, Function<TaskDraft, T> rule) {
        return database.write(connection ->
                load.apply(connection, taskId).compose(task -> decide(connection, task, database.caller(), rule)));
    }

    /** As {@link #decide}, inside of a write that has read the task. */
    <T> Future<T> decide(SqlConnection connection, TaskRecord task, Caller caller, Function<TaskDraft, T> rule) {
        TaskDraft draft = new TaskDraft(task, new Facts(clock.instant(), ids, caller));
        T decided = rule.apply(draft);
        return changes.store(connection, draft).map(decided);
    }
}
