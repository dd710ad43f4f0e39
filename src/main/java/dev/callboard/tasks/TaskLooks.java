package dev.callboard.tasks;

import dev.callboard.bus.Bus;
import dev.callboard.engine.SeenMessages;
import dev.callboard.engine.SeenMessages.GetSeen;
import dev.callboard.engine.SeenMessages.TasksSeen;
import dev.callboard.problem.Problem;
import dev.callboard.taskmodel.TaskView;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** How tasks look now: from the engine's memory where it has them, else as they are read, and with what only the engine knows. */
final class TaskLooks {
    private final Bus bus;
    private final LiveTasks live;

    TaskLooks(Bus bus, LiveTasks live) {
        this.bus = bus;
        this.live = live;
    }

    /**
     * Those of these tasks that exist, in this order.
     *
     * @param read reads those that the engine does not have in memory
     */
    Future<List<TaskView>> of(Collection<String> ids, Function<Set<String>, Future<List<TaskView>>> read) {
        return bus.ask(SeenMessages.SEEN, new GetSeen(List.copyOf(ids)))
                .recover(failure -> Bus.problemOf(failure)
                        .filter(problem -> problem.kind() == Problem.Kind.UNAVAILABLE)
                        .map(problem -> Future.succeededFuture(new TasksSeen(List.of())))
                        .orElse(Future.failedFuture(failure)))
                .compose(seen -> {
                    Map<String, TaskView> found = new HashMap<>();
                    seen.tasks().forEach(task -> found.put(task.id(), task));
                    Set<String> others = new LinkedHashSet<>(ids);
                    others.removeAll(found.keySet());
                    Future<List<TaskView>> rest =
                            others.isEmpty() ? Future.succeededFuture(List.of()) : read.apply(others);
                    return rest.map(tasks -> {
                        tasks.forEach(task -> found.put(task.id(), task));
                        return ids.stream()
                                .map(found::get)
                                .filter(Objects::nonNull)
                                .toList();
                    });
                })
                .compose(live::with);
    }
}
