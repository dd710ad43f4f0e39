package dev.callboard.triggers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as it is stored.
 *
 * @param config what its source says, as JSON
 * @param nextAt the next time that is due, null when there is none or the trigger is paused
 * @param catchUpUntil the last due time that is made up for
 * @param token sealed
 * @param tokenHash SHA-256 of the token
 * @param absentSince since when its pipeline has no such source, null while it has
 */
record TriggerRow(
        String id,
        String pipeline,
        String source,
        String type,
        String config,
        boolean paused,
        @Nullable Instant nextAt,
        @Nullable Instant catchUpUntil,
        @Nullable Instant lastAt,
        @Nullable String lastTask,
        @Nullable String skipped,
        @Nullable String token,
        @Nullable String tokenHash,
        @Nullable Instant absentSince) {

    /** What identifies it to people. */
    String name() {
        return pipeline + "/" + source;
    }

    /** The token is sealed; still nobody needs to see it. */
    @Override
    public String toString() {
        return "TriggerRow[" + id + " " + name() + "]";
    }
}
