package dev.callboard.tasks;

import dev.callboard.bus.Bus;
import dev.callboard.engine.PolicyMessages;
import dev.callboard.engine.PolicyMessages.GetPolicies;
import dev.callboard.engine.PolicyMessages.Held;
import dev.callboard.engine.PolicyMessages.PoliciesReply;
import dev.callboard.problem.Problem;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.PolicyView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.WaitingFor;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to tasks what only the engine knows: how their policies stand, and what holds their attempts back. */
final class LivePolicies {
    private final Bus bus;

    LivePolicies(Bus bus) {
        this.bus = bus;
    }

    /** The same tasks. As long as the engine does not answer, as at the start, nothing is known to have used a policy. */
    Future<List<TaskView>> with(List<TaskView> tasks) {
        Set<String> projects = new LinkedHashSet<>();
        Set<String> pending = new LinkedHashSet<>();
        for (TaskView task : tasks) {
            if (task.policies().stream().anyMatch(PolicyView::limits)) {
                projects.add(task.templatesOf());
                task.stages().stream()
                        .filter(stage -> stage.executionId() != null && isPending(stage))
                        .forEach(stage -> pending.add(stage.executionId()));
            }
        }
        return projects.isEmpty()
                ? Future.succeededFuture(tasks)
                : bus.ask(PolicyMessages.GET, new GetPolicies(List.copyOf(projects), List.copyOf(pending)))
                        .map(reply ->
                                tasks.stream().map(task -> with(task, reply)).toList())
                        .recover(failure -> Bus.problemOf(failure)
                                .filter(problem -> problem.kind() == Problem.Kind.UNAVAILABLE)
                                .map(problem -> Future.succeededFuture(tasks))
                                .orElse(Future.failedFuture(failure)));
    }

    private static boolean isPending(TaskView.Stage stage) {
        return stage.status().equals(ExecutionStatus.PENDING.word());
    }

    private static TaskView with(TaskView task, PoliciesReply reply) {
        Map<String, PolicyView.Live> live = reply.policies().getOrDefault(task.templatesOf(), Map.of());
        List<PolicyView> policies = task.policies().stream()
                .map(policy -> live.containsKey(policy.name()) ? policy.with(live.get(policy.name())) : policy)
                .toList();
        return task.with(waitingFor(task, reply.held()), policies);
    }

    /** What the first waiting stage in order waits for. */
    private static @Nullable WaitingFor waitingFor(TaskView task, Map<String, Held> held) {
        WaitingFor stored = task.waitingFor();
        for (TaskView.Stage stage : task.stages()) {
            if (stored != null && stored.stageId().equals(stage.id())) {
                return stored;
            }
            String executionId = stage.executionId();
            Held why = executionId == null ? null : held.get(executionId);
            if (executionId != null && why != null && stage.selected()) {
                return new WaitingFor(
                        stage.id(),
                        stage.name(),
                        executionId,
                        why.kind(),
                        why.reason(),
                        why.since(),
                        why.until(),
                        why.until());
            }
        }
        return stored;
    }
}
