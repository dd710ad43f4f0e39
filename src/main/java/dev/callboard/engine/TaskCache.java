package dev.callboard.engine;

import dev.callboard.engine.Gathered.LedgerValue;
import dev.callboard.engine.Gathered.StateValue;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.store.Copies;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are at work, in memory: as they were decided last, and as they are stored. Those not used for longest go when
 * there are too many or they are too large; they are read again when somebody decides about them. Of several threads.
 */
public final class TaskCache implements Copies {
    static final int MOST_TASKS = 2_000;

    /** As characters of the texts that tasks have. */
    static final long MOST_CHARACTERS = 32L << 20;

    private final TaskRecordRepository records = new TaskRecordRepository();
    private final ProjectRecordRepository projectRecords = new ProjectRecordRepository();
    private final Map<String, Kept> tasks = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, ProjectRecord> projects = new HashMap<>();
    private long characters;

    /** A task. */
    private static final class Kept {
        private final TaskRecord decided;
        private final @Nullable TaskRecord stored;
        private final long size;

        Kept(TaskRecord decided, @Nullable TaskRecord stored, long size) {
            this.decided = decided;
            this.stored = stored;
            this.size = size;
        }
    }

    /** About how much room a task takes. */
    private static long characters(TaskRecord task) {
        long texts = task.given().title().length()
                + task.given().description().length()
                + 100L * task.input().size();
        for (AttemptRow attempt : task.attempts().values()) {
            texts += 500 + attempt.settings().length() + attempt.input().length() + inline(attempt.output());
            texts += inline(attempt.decided());
        }
        for (StateValue value : task.values().values()) {
            texts += 100 + inline(value.value());
        }
        for (LedgerValue value : task.ledger().values()) {
            texts += 100 + value.json().length();
        }
        return texts;
    }

    private static int inline(@Nullable StoredJson json) {
        return json == null || json.inline() == null ? 0 : json.inline().length();
    }

    /** A task as it was decided last. To be called by decisions only. Fails with {@code unknown_task}. */
    Future<TaskRecord> get(Transaction transaction, String taskId) {
        TaskRecord known = known(taskId);
        return known != null
                ? Future.succeededFuture(known)
                : records.load(transaction, taskId, this::project).onSuccess(task -> put(task, null, characters(task)));
    }

    private synchronized @Nullable TaskRecord known(String taskId) {
        Kept kept = tasks.get(taskId);
        return kept != null && isOfNow(kept.decided) ? kept.decided : null;
    }

    /** Whether its project has not been changed since it was read. */
    private boolean isOfNow(TaskRecord task) {
        return projects.get(task.projectId()) == task.project();
    }

    /** A project as it is now. To be called by decisions only. */
    Future<ProjectRecord> project(Transaction transaction, String id) {
        return findProject(id)
                .map(Future::succeededFuture)
                .orElseGet(() -> projectRecords.load(transaction, id).onSuccess(this::put));
    }

    /** A project as it is now, if it is known here. */
    synchronized Optional<ProjectRecord> findProject(String id) {
        return Optional.ofNullable(projects.get(id));
    }

    private synchronized void put(ProjectRecord project) {
        if (projects.size() >= MOST_TASKS) {
            projects.clear();
        }
        projects.put(project.id(), project);
    }

    /** A task was decided about. To be called by decisions only. */
    synchronized void decided(TaskRecord task) {
        Kept before = tasks.get(task.id());
        put(task, before == null ? null : before.stored, characters(task));
    }

    /** What was decided is stored. */
    synchronized void stored(TaskRecord task) {
        Kept kept = tasks.get(task.id());
        if (kept != null && kept.decided == task) {
            put(task, task, kept.size);
        }
    }

    private synchronized void put(TaskRecord decided, @Nullable TaskRecord stored, long size) {
        Kept kept = new Kept(decided, stored, size);
        Kept before = tasks.put(decided.id(), kept);
        characters += kept.size - (before == null ? 0 : before.size);
        Iterator<Kept> eldest = tasks.values().iterator();
        while (tasks.size() > MOST_TASKS || (characters > MOST_CHARACTERS && tasks.size() > 1)) {
            characters -= eldest.next().size;
            eldest.remove();
        }
    }

    /** A task as it is stored, if it is known here. */
    public synchronized Optional<TaskRecord> find(String taskId) {
        Kept kept = tasks.get(taskId);
        return kept == null || kept.stored == null || !isOfNow(kept.stored)
                ? Optional.empty()
                : Optional.of(kept.stored);
    }

    /** A task or a project is read again. */
    @Override
    public synchronized void outdated(String id) {
        projects.remove(id);
        Kept gone = tasks.remove(id);
        if (gone != null) {
            characters -= gone.size;
        }
    }

    /** Everything is read again. */
    @Override
    public synchronized void undone() {
        tasks.clear();
        projects.clear();
        characters = 0;
    }
}
