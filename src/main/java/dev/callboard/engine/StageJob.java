package dev.callboard.engine;

import dev.callboard.engine.ExecutionMessages.OutputReply;
import dev.callboard.taskmodel.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that an attempt needs to run, as it was when its turn came.
 *
 * @param projectId the project of its task, empty when it belongs to none
 * @param input the task's input
 * @param config the stage's settings, not yet checked
 * @param previous the outputs of the stages before it by their names, in order; empty for a first stage
 * @param wires what feeds its input ports, none for a stage that takes what comes right before it
 * @param state state key to value
 * @param ledger ledger key to value
 * @param timeLimitSeconds of the stage's policy
 * @param source what its prompt is made of, null for a stage that is code
 * @param waited what it waited for until now, null when it begins
 * @param ledgerRevision the revision of the ledger that it sees, or of an older one
 * @param lastLine the number of its last stored log line, 0 when there is none
 * @param claimedAt when it began, or went on
 */
public record StageJob(
        Attempt attempt,
        Template template,
        String projectId,
        List<Object> input,
        Map<String, @Nullable Object> config,
        Map<String, OutputReply> previous,
        List<Wire> wires,
        Map<String, OutputReply> state,
        Map<String, @Nullable Object> ledger,
        Optional<Double> timeLimitSeconds,
        @Nullable PromptSource source,
        @Nullable Wait waited,
        long ledgerRevision,
        long lastLine,
        Instant claimedAt) {

    /** Whether it takes the task's input and nothing else. */
    public boolean isFirst() {
        return wires.isEmpty() ? previous.isEmpty() : wires.stream().allMatch(wire -> wire instanceof Wire.FromSource);
    }

    /** Whether the task's ledger was written since the attempt's turn came. */
    public boolean ledgerWrittenSince(TaskRecord task) {
        return task.row().ledgerRevision() != ledgerRevision;
    }

    /**
     * How long it may run.
     *
     * @param fallback what counts when its policy sets no limit
     */
    public Duration timeLimit(Duration fallback) {
        return limit(timeLimitSeconds, fallback);
    }

    /**
     * A policy's limit, if it has one.
     *
     * @param fallback what counts otherwise
     */
    public static Duration limit(Optional<Double> seconds, Duration fallback) {
        return seconds.map(limit -> Duration.ofMillis((long) (limit * 1_000))).orElse(fallback);
    }
}
