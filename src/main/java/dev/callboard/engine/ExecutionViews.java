package dev.callboard.engine;

import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.palette.Usage;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.ExecutionView.OutputRef;
import dev.callboard.taskmodel.WaitingFor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes of stored attempts what clients see of them. Pure. */
final class ExecutionViews {
    private ExecutionViews() {}

    /** An attempt of a task. */
    static ExecutionView of(TaskRecord task, AttemptRow row, Instant now) {
        String before = row.notBefore() == null
                ? null
                : task.attempts().values().stream()
                        .filter(other ->
                                other.templateId().equals(row.templateId()) && other.number() == row.number() - 1)
                        .map(AttemptRow::error)
                        .findFirst()
                        .orElse(null);
        return of(row, task.template(row.templateId()).name(), before, now);
    }

    /**
     * An attempt.
     *
     * @param stage the name of its stage
     * @param errorBefore why the attempt before it failed, null when it did not
     */
    static ExecutionView of(AttemptRow row, String stage, @Nullable String errorBefore, Instant now) {
        StoredJson output = row.output();
        String blob = output == null ? null : output.sha256();
        return new ExecutionView(
                row.id(),
                row.taskId(),
                row.templateId(),
                stage,
                row.stageType(),
                row.number(),
                row.status().word(),
                json(row.input()),
                output == null ? null : json(output.inline()),
                output == null || blob == null ? null : new OutputRef(blob, output.size()),
                row.outputCount(),
                row.userInput(),
                json(row.decision()),
                row.error(),
                row.errorCode(),
                null,
                waitingFor(row, stage, errorBefore, now),
                row.createdAt(),
                row.startedAt(),
                row.completedAt(),
                row.durationMs(),
                row.usage() == null ? null : Json.read(row.usage(), Usage.class),
                row.revision());
    }

    private static @Nullable WaitingFor waitingFor(
            AttemptRow row, String stage, @Nullable String errorBefore, Instant now) {
        if (WorkRepository.isLeased(row)) {
            return null;
        }
        if (row.waiting() != null) {
            return row.waiting().at(row.templateId(), stage, row.id(), now);
        }
        Instant until = row.notBefore();
        return until == null || !until.isAfter(now) || row.status() != ExecutionStatus.PENDING
                ? null
                : WaitingFor.retry(
                        row.templateId(), stage, row.id(), row.number(), errorBefore, row.createdAt(), until);
    }

    private static @Nullable Object json(@Nullable String text) {
        return text == null ? null : Json.read(text, Object.class);
    }
}
