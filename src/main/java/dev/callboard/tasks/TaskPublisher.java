package dev.callboard.tasks;

import dev.callboard.bus.Bus;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages.TaskChanged;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how tasks look now, and publishes it. */
final class TaskPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(TaskPublisher.class);

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

    /** Publishes how a task looks now. One task after the other, so that a later look is never published before an earlier one. */
    void changed(String taskId) {
        moved.add(taskId);
        if (publishing) {
            return;
        }
        publishing = true;
        publishNext();
    }

    private void publishNext() {
        if (moved.isEmpty()) {
            publishing = false;
            return;
        }
        String taskId = moved.iterator().next();
        moved.remove(taskId);
        task(taskId)
                .onSuccess(view -> bus.publish(TaskMessages.CHANGED, new TaskChanged(view, false)))
                .onFailure(failure -> LOG.warn("Task {} changed but cannot be read: {}", taskId, failure.toString()))
                .onComplete(done -> publishNext());
    }
}
