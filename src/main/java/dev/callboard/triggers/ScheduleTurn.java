package dev.callboard.triggers;

import dev.callboard.pipelines.SourceConfig.Overlap;
import dev.callboard.pipelines.SourceConfig.Timed;
import dev.callboard.triggers.TaskStarter.Occasion;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a schedule does when it is due: it fires, waits for the task before, or is skipped. */
final class ScheduleTurn {
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    // Figures alone: words differ between versions of Java.
    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final TriggerRepository repository;
    private final TaskStarter starter;
    private final Clock clock;

    ScheduleTurn(TriggerRepository repository, TaskStarter starter, Clock clock) {
        this.repository = repository;
        this.starter = starter;
        this.clock = clock;
    }

    /** Decides about what was due while nothing could fire. */
    Future<Void> recover(Trigger trigger, Timed config, Instant due, Instant now) {
        Downtime downtime = Downtime.over(config, due, now);
        return repository.moveOn(trigger.id(), due, downtime.next(), downtime.catchUpUntil(), downtime.skipped());
    }

    /** Its due time was computed by a clock that was ahead: the next one from now counts. */
    Future<Void> setBack(Trigger trigger, Instant due, Instant next) {
        return repository.moveOn(
                trigger.id(), due, next, null, "The machine's clock was set back: due next was " + due + ".");
    }

    /** Takes a turn for a time that is due. Never fails. */
    Future<Void> take(Trigger trigger, Timed config, Instant due) {
        Instant next = config.schedule().after(due).orElse(null);
        String before = trigger.row().lastTask();
        return (before == null ? Future.succeededFuture(false) : repository.open(before))
                .compose(open -> {
                    if (!open || config.overlap() == Overlap.START) {
                        trigger.waits = null;
                        return fire(trigger, config, due, next);
                    }
                    Instant until = trigger.row().catchUpUntil();
                    boolean madeUp = until != null && !due.isAfter(until);
                    if (config.overlap() == Overlap.QUEUE || madeUp) {
                        trigger.waits = "What was due at " + due + " waits until the task before has ended.";
                        trigger.notBefore = clock.instant().plus(LOOK_AGAIN);
                        return Future.succeededFuture();
                    }
                    String reason = "What was due at " + due + " was skipped: the task before had not ended.";
                    return repository.moveOn(trigger.id(), due, next, null, reason);
                })
                .recover(failure -> {
                    trigger.waits = "What was due at " + due + " is tried again: " + TaskStarter.reason(failure);
                    trigger.notBefore = clock.instant().plus(AGAIN);
                    return Future.succeededFuture();
                });
    }

    /** What the task is called: the source, and the time on the clocks of the schedule. */
    static String title(String source, Timed config, Instant due) {
        ZonedDateTime at = due.atZone(config.zone());
        return source + ", " + (at.getSecond() == 0 ? TO_THE_MINUTE : TO_THE_SECOND).format(at) + " ("
                + config.zone().getId() + ")";
    }

    private Future<Void> fire(Trigger trigger, Timed config, Instant due, @Nullable Instant next) {
        return starter.start(
                        trigger,
                        new Occasion(title(trigger.row().source(), config, due), List.of(), due, next, null, null))
                .<Void>mapEmpty()
                .recover(failure -> TaskStarter.passes(failure)
                        ? Future.failedFuture(failure)
                        // Nothing happens here when the task was made all the same: the trigger has moved on then.
                        : repository.moveOn(
                                trigger.id(),
                                due,
                                next,
                                null,
                                "What was due at " + due + " did not start. " + TaskStarter.reason(failure)));
    }
}
