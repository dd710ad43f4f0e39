package dev.callboard.engine;

import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.taskmodel.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.DoubleSupplier;

/** Whether and when a failed stage is attempted again by itself. */
public final class Retries {
    /** However long a failure asks to wait, no attempt waits longer for that. */
    static final Duration LONGEST_WISH = Duration.ofHours(1);

    private final DoubleSupplier chance;

    /** @param chance gives random numbers from 0 to 1 */
    public Retries(DoubleSupplier chance) {
        this.chance = chance;
    }

    /** Whether another attempt follows a failure by itself. */
    boolean again(Failed failed, AttemptSchedule turn, Policy policy) {
        return failed.retryable() && turn.tries() < policy.attempts();
    }

    /** The turn of that attempt: after the policy's delay, or the one that the failure asks for when that is longer. */
    AttemptSchedule next(Failed failed, AttemptSchedule turn, Policy policy, Instant now) {
        double delay = policy.delayAfter(turn.tries(), chance.getAsDouble());
        long millis = Math.max(Math.round(delay * 1_000), wish(failed).toMillis());
        return new AttemptSchedule(turn.tries() + 1, now.plusMillis(millis), turn.policy());
    }

    private static Duration wish(Failed failed) {
        Duration wish = failed.retryAfter();
        if (wish == null) {
            return Duration.ZERO;
        }
        return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    }

    /** For the timeline. */
    static String note(Template template, Failed failed, AttemptSchedule next, Policy policy) {
        return template.name() + " (" + failed.code() + "): " + failed.message() + " Attempt " + next.tries() + " of "
                + policy.attempts()
                + (next.notBefore() == null ? "" : " at " + next.notBefore().truncatedTo(ChronoUnit.SECONDS)) + ".";
    }
}
