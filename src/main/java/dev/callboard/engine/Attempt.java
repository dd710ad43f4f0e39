package dev.callboard.engine;

import dev.callboard.taskmodel.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/**
 * One attempt.
 *
 * @param number from 1
 * @param fence grows with each attempt of the task
 * @param userInput what a person added to this attempt
 * @param waits whether its stage said that it can go on only later; its status is running then
 * @param turn when it may start
 */
public record Attempt(
        String id,
        String taskId,
        String templateId,
        int number,
        long fence,
        ExecutionStatus status,
        @Nullable String userInput,
        @Nullable String error,
        boolean waits,
        AttemptSchedule turn) {
    /** The same, as one that runs and waits. */
    public Attempt waiting() {
        return new Attempt(
                id, taskId, templateId, number, fence, ExecutionStatus.RUNNING, userInput, error, true, turn);
    }
}
