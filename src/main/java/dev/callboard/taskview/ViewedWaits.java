package dev.callboard.taskview;

import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.WaitingFor;
import dev.callboard.taskview.ViewedTask.ViewedAttempt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tasks wait for. */
final class ViewedWaits {
    private ViewedWaits() {}

    /** What the first of a task's selected stages that wait waits for: the ledger, or to be tried again. */
    static Optional<WaitingFor> first(
            List<TaskView.Stage> stages, List<ViewedAttempt> all, Map<String, ViewedAttempt> latest, Instant now) {
        return stages.stream()
                .filter(TaskView.Stage::selected)
                .flatMap(
                        stage -> Optional.ofNullable(latest.get(stage.id()))
                                .flatMap(attempt -> waits(stage, attempt, all, now))
                                .stream())
                .findFirst();
    }

    private static Optional<WaitingFor> waits(
            TaskView.Stage stage, ViewedAttempt attempt, List<ViewedAttempt> all, Instant now) {
        if (attempt.leased()) {
            return Optional.empty(); // A worker has it.
        }
        if (attempt.waiting() != null) {
            return Optional.of(attempt.waiting().at(stage.id(), stage.name(), attempt.id(), now));
        }
        Instant until = attempt.notBefore();
        if (until == null || !until.isAfter(now) || !attempt.status().equals(ExecutionStatus.PENDING.word())) {
            return Optional.empty();
        }
        String errorBefore = all.stream()
                .filter(other -> other.templateId().equals(stage.id()) && other.number() == attempt.number() - 1)
                .map(ViewedAttempt::error)
                .findFirst()
                .orElse(null);
        return Optional.of(WaitingFor.retry(
                stage.id(), stage.name(), attempt.id(), attempt.number(), errorBefore, attempt.createdAt(), until));
    }
}
