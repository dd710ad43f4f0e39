package dev.callboard.tasks;

import dev.callboard.bus.Bus;
import dev.callboard.engine.StartMessages;
import dev.callboard.engine.StartMessages.GetLateStarts;
import dev.callboard.engine.StartMessages.LateStart;
import dev.callboard.problem.Problem;
import dev.callboard.taskmodel.TaskStatus;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.WaitingFor;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds to tasks what only the engine knows: how their policies stand, and why they have not started. */
final class LiveTasks {
    private final Bus bus;
    private final LivePolicies policies;

    LiveTasks(Bus bus) {
        this.bus = bus;
        this.policies = new LivePolicies(bus);
    }

    /** The same tasks. As long as the engine does not answer, as at the start, nothing more is known. */
    Future<List<TaskView>> with(List<TaskView> tasks) {
        return policies.with(tasks).compose(this::withStarts);
    }

    private Future<List<TaskView>> withStarts(List<TaskView> tasks) {
        List<String> pending =
                tasks.stream().filter(LiveTasks::isToStart).map(TaskView::id).toList();
        return pending.isEmpty()
                ? Future.succeededFuture(tasks)
                : bus.ask(StartMessages.GET, new GetLateStarts(pending))
                        .map(reply -> tasks.stream()
                                .map(task -> with(task, reply.late()))
                                .toList())
                        .recover(failure -> Bus.problemOf(failure)
                                .filter(problem -> problem.kind() == Problem.Kind.UNAVAILABLE)
                                .map(problem -> Future.succeededFuture(tasks))
                                .orElse(Future.failedFuture(failure)));
    }

    private static boolean isToStart(TaskView task) {
        return task.status().equals(TaskStatus.PENDING.word()) && task.archivedAt() == null;
    }

    private static TaskView with(TaskView task, Map<String, LateStart> late) {
        LateStart why = late.get(task.id());
        return why == null
                ? task
                : stage(task, why)
                        .map(stage -> task.with(
                                new WaitingFor(
                                        stage.id(),
                                        stage.name(),
                                        null,
                                        why.kind(),
                                        why.reason(),
                                        why.since(),
                                        null,
                                        null),
                                task.policies()))
                        .orElse(task);
    }

    /** The stage that cannot run; when it is the whole pipeline, the first one, which waits for it. */
    private static Optional<TaskView.Stage> stage(TaskView task, LateStart why) {
        return task.stages().stream()
                .filter(stage ->
                        why.stageId() == null ? stage.selected() : stage.id().equals(why.stageId()))
                .findFirst();
    }
}
