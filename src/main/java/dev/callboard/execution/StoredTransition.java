package dev.callboard.execution;

import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskStatus;
import java.util.List;

/**
 * A stored transition of a task, and what is to be done now that it is stored.
 *
 * @param attempts new attempts, to be run when there is a place
 * @param ended attempts that ended with the task, to be interrupted
 * @param changed attempts that look different now
 * @param ledgerWritten whether the task's ledger was written, which whoever waits for it must know
 */
record StoredTransition(
        String taskId,
        TaskStatus status,
        long revision,
        List<Attempt> attempts,
        List<Attempt> ended,
        List<ExecutionView> changed,
        boolean ledgerWritten) {
    StoredTransition {
        attempts = List.copyOf(attempts);
        ended = List.copyOf(ended);
        changed = List.copyOf(changed);
    }
}
