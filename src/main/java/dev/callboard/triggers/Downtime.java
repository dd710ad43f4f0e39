package dev.callboard.triggers;

import dev.callboard.pipelines.SourceConfig.Timed;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of due times that passed while a schedule could not fire.
 *
 * @param next the next time that is due, in the past when it is made up for; null when there is none
 * @param catchUpUntil the last due time that is made up for, null when none is
 * @param skipped what is not made up for, a sentence; null when everything is
 */
record Downtime(@Nullable Instant next, @Nullable Instant catchUpUntil, @Nullable String skipped) {
    /**
     * Looks at a schedule that can fire again.
     *
     * @param due the first time that passed
     */
    static Downtime over(Timed config, Instant due, Instant now) {
        Optional<Instant> after = config.schedule().after(now);
        Instant last = config.schedule().lastBetween(due, now).orElse(due);
        return switch (config.missed()) {
            case NONE ->
                new Downtime(
                        after.orElse(null),
                        null,
                        "What was due from " + due + " to " + last + " was missed while the server was down.");
            case LAST ->
                new Downtime(
                        last,
                        last,
                        last.equals(due)
                                ? null
                                : "What was due from " + due + " on was missed while the server was down; the last, "
                                        + last + ", is made up for.");
            case ALL -> new Downtime(due, last, null);
        };
    }
}
