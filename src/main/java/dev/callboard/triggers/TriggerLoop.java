package dev.callboard.triggers;

import dev.callboard.bus.Bus;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.ListPipelines;
import dev.callboard.pipelines.SourceConfig.Folder;
import dev.callboard.pipelines.SourceConfig.Timed;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, again and again, which triggers are due, and follows the pipelines that are served. Belongs to one event loop. */
final class TriggerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerLoop.class);

    /** The longest between two looks, so that changes of the clock are seen. */
    private static final long LOOK_MS = 500;

    /** A pause between two looks that is a downtime: the machine slept, or its clock was set. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /**
     * A due time that is so much further away than the next one was computed by a clock that was ahead and has been set back. What
     * comes again after a smaller step back was due already and does not fire twice; cron draws the line at the same place.
     */
    private static final Duration SET_BACK = Duration.ofHours(3);

    private final Vertx vertx;
    private final Bus bus;
    private final Triggers triggers;
    private final TriggerSync sync;
    private final ScheduleTurn schedules;
    private final FolderTurn folders;
    private final Clock clock;
    private final Clock machine;
    private Instant looked = Instant.MAX;
    private long timer = -1;
    private boolean syncing;
    private boolean syncAgain;

    /** The end of the sync that is under way, and of the one that follows it. */
    private Promise<Void> synced = Promise.promise();

    private Promise<Void> syncedAgain = Promise.promise();

    /** @param machine the machine's clock, by which schedules are due; pauses of the server go by {@code clock} */
    TriggerLoop(
            Vertx vertx,
            Bus bus,
            Triggers triggers,
            TriggerSync sync,
            ScheduleTurn schedules,
            FolderTurn folders,
            Clock clock,
            Clock machine) {
        this.vertx = vertx;
        this.bus = bus;
        this.triggers = triggers;
        this.sync = sync;
        this.schedules = schedules;
        this.folders = folders;
        this.clock = clock;
        this.machine = machine;
    }

    /** Finds the pipelines, decides about what was due while the server was down, and begins to look. */
    Future<Void> start() {
        return pipelines(true).compose(found -> recover(machine.instant())).onSuccess(done -> pass());
    }

    private Future<Void> pipelines(boolean starting) {
        return bus.ask(PipelineMessages.LIST, new ListPipelines())
                .compose(reply -> sync.with(reply.pipelines(), starting));
    }

    /** Pipelines are others than before. */
    void changed() {
        if (syncing) {
            syncAgain = true;
            return;
        }
        syncing = true;
        syncAgain = false;
        pipelines(false)
                .onFailure(failure -> LOG.warn("The sources of the pipelines cannot be read: {}", failure.toString()))
                .onComplete(done -> {
                    syncing = false;
                    Promise<Void> ended = synced;
                    synced = syncedAgain;
                    syncedAgain = Promise.promise();
                    ended.complete();
                    if (syncAgain) {
                        changed();
                    } else {
                        pass();
                    }
                });
    }

    /** Ends once the triggers are in line with the pipelines as they are now, or the log says why they are not. */
    Future<Void> inLine() {
        changed();
        return syncAgain ? syncedAgain.future() : synced.future();
    }

    private Future<Void> recover(Instant now) {
        return Sql.inTurn(
                        triggers.all().stream()
                                .filter(each -> each.ready(clock.instant()))
                                .toList(),
                        trigger -> {
                            Instant due = trigger.row().nextAt();
                            return trigger.config() instanceof Timed timed && due != null
                                    ? recover(trigger, timed, due, now).compose(done -> triggers.refresh(trigger))
                                    : Future.succeededFuture(trigger);
                        })
                .mapEmpty();
    }

    private Future<Void> recover(Trigger trigger, Timed timed, Instant due, Instant now) {
        if (!due.isAfter(now)) {
            return schedules.recover(trigger, timed, due, now);
        }
        Optional<Instant> next = timed.schedule().after(now);
        return next.isPresent() && next.get().plus(SET_BACK).isBefore(due)
                ? schedules.setBack(trigger, due, next.get())
                : Future.succeededFuture();
    }

    /** Whether between two passes a time went by in which nothing could fire, or came that was not to come yet. */
    private boolean jumped(Instant now) {
        return !looked.equals(Instant.MAX)
                && (looked.plus(PAUSE).isBefore(now) || now.plus(SET_BACK).isBefore(looked));
    }

    /** Takes the turns that are due, then sleeps until the next one. */
    void pass() {
        Instant now = machine.instant();
        if (jumped(now)) {
            if (triggers.all().stream().anyMatch(each -> each.busy && each.config() instanceof Timed)) {
                // What it fires for now belongs to the time before: that is stored first.
                sleep(LOOK_MS);
                return;
            }
            looked = now;
            recover(now)
                    .onFailure(failure -> LOG.warn("Missed due times cannot be checked: {}", failure.toString()))
                    .onComplete(done -> pass());
            return;
        }
        looked = now;
        long sleep = LOOK_MS;
        for (Trigger trigger : triggers.all()) {
            Instant due = trigger.row().nextAt();
            if (trigger.config() instanceof Timed timed && due != null) {
                if (!due.isAfter(now) && trigger.ready(clock.instant())) {
                    take(trigger, schedules.take(trigger, timed, due));
                } else if (due.isAfter(now)) {
                    sleep = Math.min(sleep, Duration.between(now, due).toMillis() + 1);
                }
            } else if (trigger.config() instanceof Folder folder && trigger.ready(clock.instant())) {
                take(trigger, folders.take(trigger, folder));
            }
        }
        sleep(sleep);
    }

    private void sleep(long ms) {
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(ms, id -> pass());
    }

    private void take(Trigger trigger, Future<?> turn) {
        trigger.busy = true;
        turn.transform(done -> triggers.refresh(trigger))
                .onFailure(failure -> LOG.warn("Trigger {} cannot be read: {}", trigger.id(), failure.toString()))
                .onComplete(done -> {
                    trigger.busy = false;
                    Instant due = trigger.row().nextAt();
                    if (due != null && !due.isAfter(machine.instant()) && trigger.ready(clock.instant())) {
                        pass();
                    }
                });
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
