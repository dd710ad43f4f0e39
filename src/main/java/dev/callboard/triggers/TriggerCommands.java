package dev.callboard.triggers;

import dev.callboard.pipelines.SourceConfig.Folder;
import dev.callboard.pipelines.SourceConfig.Timed;
import dev.callboard.pipelines.SourceConfig.Webhook;
import dev.callboard.problem.ProblemException;
import dev.callboard.secrets.Sealer;
import dev.callboard.triggers.TaskStarter.Occasion;
import dev.callboard.triggers.TriggersMessages.CommandTrigger;
import dev.callboard.triggers.TriggersMessages.TriggerReply;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people do to triggers. */
final class TriggerCommands {
    private final Triggers triggers;
    private final TriggerRepository repository;
    private final TaskStarter starter;
    private final FolderTurn folders;
    private final Sealer sealer;
    private final Clock clock;
    private final Clock machine;

    /** @param machine the machine's clock, by which schedules are due */
    TriggerCommands(
            Triggers triggers,
            TriggerRepository repository,
            TaskStarter starter,
            FolderTurn folders,
            Sealer sealer,
            Clock clock,
            Clock machine) {
        this.triggers = triggers;
        this.repository = repository;
        this.starter = starter;
        this.folders = folders;
        this.sealer = sealer;
        this.clock = clock;
        this.machine = machine;
    }

    /** Fails with {@code unknown_trigger}, {@code trigger_invalid}, {@code not_a_webhook}, or as a task does. */
    Future<TriggerReply> command(CommandTrigger ask) {
        Trigger trigger = triggers.get(ask.id());
        return switch (ask.command()) {
            case FIRE -> fire(trigger);
            case PAUSE -> pause(trigger, true);
            case RESUME -> pause(trigger, false);
            case ROTATE -> rotate(trigger);
        };
    }

    /** By hand it fires although it is paused, and whatever became of the task before. */
    private Future<TriggerReply> fire(Trigger trigger) {
        if (!trigger.canFire()) {
            throw ProblemException.illegalState(
                    "trigger_invalid",
                    "The trigger cannot fire. " + triggers.view(trigger).reason());
        }
        if (trigger.config() instanceof Folder folder) {
            return looked(trigger, folder).compose(message -> repository
                    .fired(trigger.row(), clock.instant())
                    .compose(done -> reply(trigger, null, message)));
        }
        return starter.ask(trigger, Occasion.now(trigger.row().source() + ", fired by hand"))
                .compose(task ->
                        repository.fired(trigger.row(), clock.instant()).compose(done -> reply(trigger, task, null)));
    }

    /** Looks into a folder now, and says what came of it. */
    private Future<String> looked(Trigger trigger, Folder folder) {
        if (trigger.busy) {
            return Future.succeededFuture("The folder is being scanned already.");
        }
        trigger.busy = true;
        return folders.take(trigger, folder)
                .onComplete(done -> trigger.busy = false)
                .map(taken -> said(trigger, taken));
    }

    private static String said(Trigger trigger, int taken) {
        if (taken > 0) {
            return taken == 1 ? "One file was taken." : taken + " files were taken.";
        }
        if (trigger.fault != null) {
            return "No file was taken. " + trigger.fault;
        }
        return trigger.row().paused()
                ? "No file was taken: the trigger is paused. Resume it first."
                : "There was no file to take: what matches was taken before, or is still being written.";
    }

    private Future<TriggerReply> pause(Trigger trigger, boolean paused) {
        if (trigger.row().paused() == paused) {
            return reply(trigger, null, null);
        }
        Instant now = clock.instant();
        @Nullable
        Instant next = !paused && trigger.config() instanceof Timed timed
                ? timed.schedule().after(machine.instant()).orElse(null)
                : null;
        trigger.waits = null;
        return repository.pause(trigger.row(), paused, next, now).compose(stored -> reply(trigger, null, null));
    }

    private Future<TriggerReply> rotate(Trigger trigger) {
        if (!(trigger.config() instanceof Webhook)) {
            throw ProblemException.illegalState(
                    "not_a_webhook",
                    "Only webhooks have addresses; this is a source of type '"
                            + trigger.row().type() + "'.");
        }
        String token = Tokens.fresh();
        return sealer.seal(Tokens.sealedAs(trigger.id()), token)
                .compose(closed -> repository.rotate(trigger.row(), closed, Tokens.hash(token), clock.instant()))
                .compose(stored -> reply(trigger, null, null));
    }

    private Future<TriggerReply> reply(Trigger trigger, @Nullable String task, @Nullable String message) {
        return triggers.refresh(trigger).map(now -> new TriggerReply(triggers.listed(now), task, message));
    }
}
