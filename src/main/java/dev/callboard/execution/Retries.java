package dev.callboard.execution;

import dev.callboard.execution.StageOutcome.Failed;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.execution.TaskRecord.Turn;
import dev.callboard.model.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.DoubleSupplier;

/** Whether and when a failed stage is attempted again by itself. */
final class Retries {
    private final DoubleSupplier chance;

    /** @param chance gives random numbers from 0 to 1 */
    Retries(DoubleSupplier chance) {
        this.chance = chance;
    }

    /** Whether another attempt follows a failure by itself. */
    boolean again(Failed failed, Turn turn, Policy policy) {
        return failed.retryable() && turn.tries() < policy.attempts();
    }

    /** The turn of that attempt. */
    Turn next(Turn turn, Policy policy, Instant now) {
        double delay = policy.delayAfter(turn.tries(), chance.getAsDouble());
        return new Turn(turn.tries() + 1, now.plusMillis(Math.round(delay * 1_000)), turn.policy());
    }

    /** For the timeline. */
    static String note(Template template, Failed failed, Turn next, Policy policy) {
        return template.name() + " (" + failed.code() + "): " + failed.message() + " Attempt " + next.tries() + " of "
                + policy.attempts()
                + (next.notBefore() == null ? "" : " at " + next.notBefore().truncatedTo(ChronoUnit.SECONDS)) + ".";
    }
}
