package dev.callboard.tasks;

import dev.callboard.bus.Bus;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages.TaskChanged;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how tasks look now, and publishes it. */
final class TaskPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(TaskPublisher.class);

    /** The most tasks that are read together. */
    private static final int AT_ONCE = 100;

    private final Bus bus;
    private final Database database;
    private final TaskViewRepository views;
    private final LiveTasks live;
    private final Set<String> moved = new LinkedHashSet<>();
    private boolean publishing;

    TaskPublisher(Bus bus, Database database, TaskViewRepository views, LiveTasks live) {
        this.bus = bus;
        this.database = database;
        this.views = views;
        this.live = live;
    }

    /** Fails with {@code unknown_task}. */
    Future<TaskView> task(String id) {
        return database.read(connection -> views.get(connection, id))
                .compose(view -> live.with(List.of(view)))
                .map(views -> views.get(0));
    }

    /**
     * Publishes how a task looks now. Tasks that changed while others were read are read together, each once, so that a later
     * look is never published before an earlier one.
     */
    void changed(String taskId) {
        moved.add(taskId);
        if (!publishing) {
            publishing = true;
            publishNext();
        }
    }

    private void publishNext() {
        if (moved.isEmpty()) {
            publishing = false;
            return;
        }
        Set<String> next = moved.stream().limit(AT_ONCE).collect(Collectors.toCollection(LinkedHashSet::new));
        moved.removeAll(next);
        database.read(connection -> views.all(connection, next))
                .compose(live::with)
                .onSuccess(
                        found -> found.forEach(view -> bus.publish(TaskMessages.CHANGED, new TaskChanged(view, false))))
                .onFailure(failure -> LOG.warn("Tasks {} changed but cannot be read: {}", next, failure.toString()))
                .onComplete(published -> publishNext());
    }
}
