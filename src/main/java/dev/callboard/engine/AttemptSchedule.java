package dev.callboard.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt may start.
 *
 * @param tries which attempt it is since a person started the stage, from 1
 * @param notBefore it waits until then, null when it need not
 * @param policy the policy that may hold it back, null when there is none
 */
public record AttemptSchedule(int tries, @Nullable Instant notBefore, @Nullable PolicyUse policy) {
    /** The first attempt after a person's word. */
    public static final AttemptSchedule FIRST = new AttemptSchedule(1, null, null);

    AttemptSchedule with(@Nullable PolicyUse use) {
        return new AttemptSchedule(tries, notBefore, use);
    }
}
