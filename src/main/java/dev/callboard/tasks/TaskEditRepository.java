package dev.callboard.tasks;

import dev.callboard.audit.AuditEntry.Target;
import dev.callboard.audit.AuditRepository;
import dev.callboard.problem.Names;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Tally;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.TaskStatus;
import dev.callboard.tasks.TaskBoardMessages.ChangeTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what people change of a task beside its way through the stages: its texts and labels, and whether it is archived. */
final class TaskEditRepository {
    private final Database database;
    private final AuditRepository audit;

    TaskEditRepository(Database database, AuditRepository audit) {
        this.database = database;
        this.audit = audit;
    }

    /** Fails with {@code invalid_task} and everything that is wrong. */
    static ChangeTask checked(ChangeTask ask) {
        List<Violation> violations = new ArrayList<>();
        String title = text(ask.title(), "/title", NewTask.MAX_TITLE, violations);
        String description = text(ask.description(), "/description", NewTask.MAX_TEXT, violations);
        if (title != null) {
            Names.titleFault(title).ifPresent(detail -> violations.add(new Violation("/title", detail)));
        }
        List<String> labels = ask.labels() == null ? null : TaskLabels.checked(ask.labels(), violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(
                    "invalid_task",
                    "The task cannot be changed: " + violations.get(0).pointer() + " "
                            + violations.get(0).sentence(),
                    violations);
        }
        return new ChangeTask(ask.id(), title, description, labels, ask.ifRevision());
    }

    private static @Nullable String text(@Nullable String value, String pointer, int most, List<Violation> violations) {
        if (value != null && value.length() > most) {
            violations.add(new Violation(pointer, "must be a text of at most " + most + " characters"));
        }
        return value == null ? null : value.strip();
    }

    /** Fails with {@code unknown_task} or {@code stale_revision}. */
    Future<Void> change(Transaction transaction, ChangeTask ask, Instant now) {
        return transaction
                .execute("SELECT title, description, labels, revision FROM tasks WHERE id = ?", Tuple.of(ask.id()))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        throw TaskViewRepository.unknown(ask.id());
                    }
                    Row before = rows.iterator().next();
                    long revision = before.getLong("revision");
                    if (ask.ifRevision() != null && ask.ifRevision() != revision) {
                        throw ProblemException.staleRevision("The task", ask.ifRevision(), revision);
                    }
                    return update(transaction, ask, before, now);
                });
    }

    private Future<Void> update(Transaction transaction, ChangeTask ask, Row before, Instant now) {
        String oldTitle = before.getString("title");
        String oldText = before.getString("description");
        String title = ask.title() == null ? oldTitle : ask.title();
        String text = ask.description() == null ? oldText : ask.description();
        String oldLabels = before.getString("labels");
        String labels = ask.labels() == null ? oldLabels : TaskLabels.stored(ask.labels());
        if (title.equals(oldTitle) && text.equals(oldText) && labels.equals(oldLabels)) {
            return Future.succeededFuture();
        }
        String detail =
                !title.equals(oldTitle) ? oldTitle + " → " + title : text.equals(oldText) ? "labels" : "description";
        return transaction
                .execute(
                        "UPDATE tasks SET title = ?, description = ?, labels = ?, updated_at = ?, "
                                + "revision = revision + 1 "
                                + "WHERE id = ?",
                        Tuple.of(title, text, labels, Sql.at(now), ask.id()))
                .compose(ignored -> audit.add(transaction, "task.changed", new Target(ask.id(), title), detail, now));
    }

    /** Archives a task; false when it is open, archived already or does not exist. */
    Future<Boolean> archive(Transaction transaction, String taskId, Instant now) {
        return Sql.guarded(
                        transaction,
                        "UPDATE tasks SET archived_at = ?, updated_at = ?, revision = revision + 1 "
                                + "WHERE id = ? AND archived_at IS NULL "
                                + "AND status NOT IN ('running', 'awaiting_approval')",
                        Tuple.of(Sql.at(now), Sql.at(now), taskId))
                .compose(took -> noted(transaction, took, true, taskId, now));
    }

    /** Takes a task out of the archive; false when it is not in it or does not exist. */
    Future<Boolean> restore(Transaction transaction, String taskId, Instant now) {
        return Sql.guarded(
                        transaction,
                        "UPDATE tasks SET archived_at = NULL, updated_at = ?, revision = revision + 1 "
                                + "WHERE id = ? AND archived_at IS NOT NULL",
                        Tuple.of(Sql.at(now), taskId))
                .compose(took -> noted(transaction, took, false, taskId, now));
    }

    private Future<Boolean> noted(Transaction transaction, boolean took, boolean archived, String taskId, Instant now) {
        return took
                ? transaction
                        .execute("SELECT title, status FROM tasks WHERE id = ?", Tuple.of(taskId))
                        .compose(rows -> {
                            Row task = rows.iterator().next();
                            String status = task.getString("status");
                            Tally tasks = database.tally(TaskStatus.TALLY);
                            database.afterCommit(() -> tasks.moved(archived ? status : null, archived ? null : status));
                            return audit.add(
                                    transaction,
                                    archived ? "task.archived" : "task.restored",
                                    new Target(taskId, task.getString("title")),
                                    "",
                                    now);
                        })
                        .map(true)
                : Future.succeededFuture(false);
    }
}
