package dev.callboard.engine;

import dev.callboard.engine.StartMessages.MakeTask;
import dev.callboard.engine.TaskDraft.Facts;
import dev.callboard.problem.Ids;
import dev.callboard.store.Database;
import dev.callboard.store.Entry;
import dev.callboard.store.Tally;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.Firing;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets rules decide about tasks: the task is taken from memory, or read, a rule changes it, and the rows of what it made of it
 * are stored together with those of other decisions. A rule that refuses, by throwing a problem, leaves everything as it was.
 */
public final class TaskCommands {
    private final Database database;
    private final TaskCache cache;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final ProjectRecordRepository projects = new ProjectRecordRepository();
    private final TaskChanges changes;
    private final TaskVerifier verifier;
    private final Tally counts;
    private final Ids ids;
    private final Clock clock;

    /**
     * Names the parts.
     *
     * @param cache has tasks in memory
     * @param changes makes rows of what was decided
     */
    public TaskCommands(Database database, TaskCache cache, TaskChanges changes, Ids ids, Clock clock) {
        this.database = database;
        this.cache = cache;
        this.changes = changes;
        this.verifier = new TaskVerifier(database);
        this.counts = database.tally(TaskStatus.TALLY);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Decides about a task. Fails with {@code unknown_task}, also for an archived one, and with what the rule refuses with.
     *
     * @param rule runs on the writer's thread, perhaps several times, and does nothing but change the task
     */
    public <T> Future<T> decide(String taskId, Function<TaskDraft, T> rule) {
        return database.decide(taskId, transaction -> decide(transaction, taskId, rule));
    }

    /** As {@link #decide}, for what somebody wants of a task: an archived one is refused with {@code wrong_status}. */
    <T> Future<T> decideOpen(String taskId, Function<TaskDraft, T> rule) {
        return database.decide(taskId, transaction -> cache.get(transaction, taskId)
                .recover(failure -> records.refuseArchived(transaction, taskId, failure))
                .map(task -> entry(task, rule)));
    }

    /** As {@link #decide}, as a part of a decision of the database. */
    public <T> Future<Entry<T>> decide(Transaction transaction, String taskId, Function<TaskDraft, T> rule) {
        return cache.get(transaction, taskId).map(task -> entry(task, rule));
    }

    private <T> Entry<T> entry(TaskRecord task, Function<TaskDraft, T> rule) {
        TaskDraft draft = new TaskDraft(task, new Facts(clock.instant(), ids, database.caller()));
        T decided = rule.apply(draft);
        if (!draft.changed()) {
            return Entry.none(decided);
        }
        TaskRecord after = draft.task().with(draft.task().row().next());
        cache.decided(after);
        return changes.entry(
                draft, after, decided, () -> stored(task.status(), after), () -> cache.outdated(after.id()));
    }

    /** @param before its status, null when it is new */
    private void stored(@Nullable TaskStatus before, TaskRecord task) {
        cache.stored(task);
        if (before != task.status()) {
            counts.moved(before == null ? null : before.word(), task.status().word());
        }
        verifier.stored(task);
    }

    /**
     * Makes a task, with the firing that it comes from.
     *
     * @param made the task as it is made, at revision 0, of its project
     * @param rule begins it
     * @param again answers the task that the same firing made before, by its id
     */
    <T> Future<T> make(
            MakeTask ask,
            Instant now,
            Function<ProjectRecord, TaskRecord> made,
            Function<TaskDraft, T> rule,
            Function<String, T> again) {
        Firing firing = ask.firing();
        return database.decide(firing == null ? ask.id() : null, transaction -> (firing == null
                        ? Future.succeededFuture(Optional.<String>empty())
                        : FiringRepository.made(transaction, firing, now))
                .compose(before -> before.isPresent()
                        ? Future.succeededFuture(Entry.none(again.apply(before.get())))
                        : cache.project(transaction, ask.projectId())
                                .map(project -> entry(ask, now, made.apply(project), rule))));
    }

    private <T> Entry<T> entry(MakeTask ask, Instant now, TaskRecord made, Function<TaskDraft, T> rule) {
        TaskDraft draft = new TaskDraft(made, new Facts(now, ids, database.caller()));
        T decided = rule.apply(draft);
        TaskRecord after = draft.task().with(draft.task().row().next());
        cache.decided(after);
        return changes.made(draft, after, ask, decided, () -> stored(null, after), () -> cache.outdated(after.id()));
    }

    /** A task as it is stored: from memory, else read. Fails with {@code unknown_task}, also for an archived one. */
    public Future<TaskRecord> read(String taskId) {
        return known(taskId)
                .map(Future::succeededFuture)
                .orElseGet(() -> database.read(transaction -> records.load(transaction, taskId)));
    }

    /** A task as it is stored, if it is in memory. */
    Optional<TaskRecord> known(String taskId) {
        return cache.find(taskId);
    }

    /** A project that is there: from memory, else read. */
    Future<ProjectRecord> project(String id) {
        return cache.findProject(id)
                .map(Future::succeededFuture)
                .orElseGet(() -> database.read(transaction -> projects.load(transaction, id)));
    }
}
