package dev.callboard.triggers;

import dev.callboard.model.ProblemException;
import dev.callboard.model.SourceConfig.Folder;
import dev.callboard.model.SourceConfig.Timed;
import dev.callboard.model.SourceConfig.Webhook;
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

    TriggerCommands(
            Triggers triggers,
            TriggerRepository repository,
            TaskStarter starter,
            FolderTurn folders,
            Sealer sealer,
            Clock clock) {
        this.triggers = triggers;
        this.repository = repository;
        this.starter = starter;
        this.folders = folders;
        this.sealer = sealer;
        this.clock = clock;
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
        if (trigger.config() == null || trigger.fault != null) {
            throw ProblemException.illegalState(
                    "trigger_invalid",
                    "The trigger cannot fire. " + triggers.view(trigger).reason());
        }
        Future<@Nullable String> fired;
        if (trigger.config() instanceof Folder folder) {
            fired = (trigger.busy ? Future.<Void>succeededFuture() : looked(trigger, folder)).mapEmpty();
        } else {
            fired = starter.ask(trigger, Occasion.now(trigger.row().source() + ", fired by hand"))
                    .map(task -> task);
        }
        return fired.compose(
                task -> repository.fired(trigger.row(), clock.instant()).compose(told -> reply(trigger, task)));
    }

    private Future<Void> looked(Trigger trigger, Folder folder) {
        trigger.busy = true;
        return folders.take(trigger, folder).onComplete(done -> trigger.busy = false);
    }

    private Future<TriggerReply> pause(Trigger trigger, boolean paused) {
        if (trigger.row().paused() == paused) {
            return reply(trigger, null);
        }
        Instant now = clock.instant();
        @Nullable
        Instant next = !paused && trigger.config() instanceof Timed timed
                ? timed.schedule().after(now).orElse(null)
                : null;
        trigger.waits = null;
        return repository.pause(trigger.row(), paused, next, now).compose(stored -> reply(trigger, null));
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
                .compose(stored -> reply(trigger, null));
    }

    private Future<TriggerReply> reply(Trigger trigger, @Nullable String task) {
        return triggers.refresh(trigger).map(now -> new TriggerReply(triggers.listed(now), task));
    }
}
