package dev.callboard.tasks;

import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages.TaskMoved;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.TaskStatus;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages.TaskChanged;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how tasks look now. They come from the engine's memory where it has them, else from the database. A task that ends or
 * waits for a person is published at once; one that goes on is when nothing was published for {@value #TICK_MS} ms, else
 * together with the others when that time is over.
 */
final class TaskPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(TaskPublisher.class);

    /** The most tasks that are looked at together. */
    private static final int AT_ONCE = 100;

    private static final long TICK_MS = 100;

    private final Supplier<Vertx> vertx;
    private final Bus bus;
    private final Database database;
    private final TaskViewRepository views;
    private final TaskLooks looks;
    private final Set<String> due = new LinkedHashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();

    /** New ones that were not published yet. */
    private final Set<String> fresh = new HashSet<>();

    private boolean ticking;
    private boolean publishing;

    /** @param vertx asked for timers once there is something to publish */
    TaskPublisher(Supplier<Vertx> vertx, Bus bus, Database database, TaskViewRepository views, TaskLooks looks) {
        this.vertx = vertx;
        this.bus = bus;
        this.database = database;
        this.views = views;
        this.looks = looks;
    }

    /** Fails with {@code unknown_task}. */
    Future<TaskView> task(String id) {
        return look(Set.of(id)).map(found -> {
            if (found.isEmpty()) {
                throw TaskViewRepository.unknown(id);
            }
            return found.get(0);
        });
    }

    /** A task was made: publishes that it is new, once. Fails with {@code unknown_task}. */
    Future<TaskView> added(String id) {
        fresh.add(id);
        return task(id).onSuccess(view -> {
                    if (fresh.remove(id)) {
                        bus.publish(TaskMessages.CHANGED, new TaskChanged(view, true));
                    }
                })
                .onFailure(failure -> fresh.remove(id));
    }

    /** The engine changed a task. */
    void moved(TaskMoved task) {
        if (task.status().equals(TaskStatus.RUNNING.word())) {
            changed(task.taskId());
        } else {
            waiting.remove(task.taskId());
            due.add(task.taskId());
            publish();
        }
    }

    /** A task looks different now. A later look at it is never published before an earlier one. */
    void changed(String taskId) {
        if (ticking) {
            waiting.add(taskId);
        } else {
            due.add(taskId);
            tick();
            publish();
        }
    }

    private void tick() {
        ticking = true;
        vertx.get().setTimer(TICK_MS, timer -> {
            ticking = false;
            if (!waiting.isEmpty()) {
                due.addAll(waiting);
                waiting.clear();
                tick();
                publish();
            }
        });
    }

    private void publish() {
        if (publishing || due.isEmpty()) {
            return;
        }
        publishing = true;
        Set<String> next = due.stream().limit(AT_ONCE).collect(Collectors.toCollection(LinkedHashSet::new));
        due.removeAll(next);
        look(next)
                .onSuccess(found -> found.forEach(
                        view -> bus.publish(TaskMessages.CHANGED, new TaskChanged(view, fresh.remove(view.id())))))
                .onFailure(failure -> LOG.warn("Tasks {} changed but cannot be read: {}", next, failure.toString()))
                .onComplete(published -> {
                    publishing = false;
                    publish();
                });
    }

    private Future<List<TaskView>> look(Set<String> ids) {
        return looks.of(ids, others -> database.read(transaction -> views.all(transaction, others)));
    }
}
