package dev.callboard.engine;

import dev.callboard.engine.Claims.Claimed;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskStatus;
import java.util.List;
import java.util.Optional;

/**
 * A stored transition of a task, and what is to be done now that it is stored.
 *
 * @param attempts new attempts, to be run when there is a place
 * @param begun a new attempt that runs already, in the place that was kept for it
 * @param ended attempts that ended with the task, to be interrupted
 * @param changed attempts that look different now
 * @param ledgerWritten whether the task's ledger was written, which whoever waits for it must know
 */
public record StoredTransition(
        String taskId,
        TaskStatus status,
        long revision,
        List<Attempt> attempts,
        Optional<Claimed> begun,
        List<Attempt> ended,
        List<ExecutionView> changed,
        boolean ledgerWritten) {
    /** Copies. */
    public StoredTransition {
        attempts = List.copyOf(attempts);
        ended = List.copyOf(ended);
        changed = List.copyOf(changed);
    }

    /** The same, with one of its new attempts running. */
    StoredTransition with(Claimed claimed) {
        String id = claimed.job().attempt().id();
        return new StoredTransition(
                taskId,
                status,
                revision,
                attempts.stream().filter(attempt -> !attempt.id().equals(id)).toList(),
                Optional.of(claimed),
                ended,
                changed.stream()
                        .map(view -> view.id().equals(id) ? claimed.view() : view)
                        .toList(),
                ledgerWritten);
    }
}
