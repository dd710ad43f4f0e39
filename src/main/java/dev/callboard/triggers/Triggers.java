package dev.callboard.triggers;

import dev.callboard.bus.Bus;
import dev.callboard.palette.SecretSource;
import dev.callboard.pipelines.SourceConfig.Webhook;
import dev.callboard.problem.ProblemException;
import dev.callboard.secrets.Sealer;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.WaitingFor;
import dev.callboard.triggers.TriggersMessages.ListedTrigger;
import dev.callboard.triggers.TriggersMessages.TriggerChanged;
import dev.callboard.triggers.TriggersMessages.TriggerView;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All triggers as they are now; each that is another than before is published. */
final class Triggers {
    private final Bus bus;
    private final TriggerRepository repository;
    private final Sealer sealer;
    private final SecretSource secrets;
    private final Map<String, Trigger> byId = new LinkedHashMap<>();
    private final Map<String, TriggerView> published = new HashMap<>();

    Triggers(Bus bus, TriggerRepository repository, Sealer sealer, SecretSource secrets) {
        this.bus = bus;
        this.repository = repository;
        this.sealer = sealer;
        this.secrets = secrets;
    }

    void add(Trigger trigger) {
        byId.put(trigger.id(), trigger);
    }

    Collection<Trigger> all() {
        return byId.values();
    }

    Optional<Trigger> find(String pipeline, String source) {
        return byId.values().stream()
                .filter(trigger -> trigger.row().pipeline().equals(pipeline)
                        && trigger.row().source().equals(source))
                .findFirst();
    }

    /** One whose source is in its pipeline. Fails with {@code unknown_trigger}. */
    Trigger get(String id) {
        Trigger trigger = byId.get(id);
        if (trigger == null || !trigger.present()) {
            throw ProblemException.notFound("unknown_trigger", "There is no trigger '" + id + "'.");
        }
        return trigger;
    }

    Optional<Trigger> byToken(String token) {
        String hash = Tokens.hash(token);
        return byId.values().stream()
                .filter(Trigger::present)
                .filter(trigger -> hash.equals(trigger.row().tokenHash()))
                .findFirst();
    }

    /** As clients see it now. */
    TriggerView view(Trigger trigger) {
        return trigger.view(
                trigger.config() instanceof Webhook webhook && webhook.hmacSecret() != null
                        ? secrets.missing(webhook.hmacSecret())
                                .map(missing -> "The signatures of its requests cannot be checked: " + missing)
                                .orElse(null)
                        : null);
    }

    /** The secrets are others than before. */
    void secretsChanged() {
        byId.values().forEach(this::publish);
    }

    /**
     * A task changed: when it is the last one of a trigger and has not started, the trigger says why. Of several that wait the
     * newest counts; ids grow with time.
     */
    void taskChanged(TaskView task) {
        Trigger trigger =
                task.trigger() == null ? null : byId.get(task.trigger().id());
        if (trigger == null) {
            return;
        }
        WaitingFor waits = task.waitingFor();
        boolean newest = trigger.unstarted == null || trigger.unstarted.taskId().compareTo(task.id()) <= 0;
        if (waits != null && waits.executionId() == null) {
            if (!newest) {
                return;
            }
            trigger.unstarted = new Trigger.Unstarted(task.id(), waits.reason());
            publish(trigger);
        } else if (trigger.unstarted != null && trigger.unstarted.taskId().equals(task.id())) {
            trigger.unstarted = null;
            publish(trigger);
        }
    }

    ListedTrigger listed(Trigger trigger) {
        String sealed = trigger.row().token();
        @Nullable
        String token = sealed == null
                ? null
                : sealer.open(Tokens.sealedAs(trigger.id()), sealed).orElse(null);
        return new ListedTrigger(view(trigger), token);
    }

    /** Takes over how a trigger is stored now. */
    Future<Trigger> refresh(Trigger trigger) {
        return repository.get(trigger.id()).map(row -> {
            row.ifPresent(trigger::row);
            publish(trigger);
            return trigger;
        });
    }

    /** Publishes how a trigger looks, unless it looks as it did. */
    void publish(Trigger trigger) {
        TriggerView view = view(trigger);
        boolean gone = !trigger.present();
        if (gone ? published.remove(view.id()) != null : !view.equals(published.put(view.id(), view))) {
            bus.publish(TriggersMessages.CHANGED, new TriggerChanged(view, gone));
        }
    }
}
