package dev.callboard.dispatch;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.dispatch.TryMessages.CancelTry;
import dev.callboard.dispatch.TryMessages.Tried;
import dev.callboard.dispatch.TryMessages.TryCancelled;
import dev.callboard.dispatch.TryMessages.TryStage;
import dev.callboard.palette.SecretSource.MissingSecretException;
import dev.callboard.palette.SettingsRules;
import dev.callboard.palette.StageSecrets;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.Plural;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs definitions once on sample input, as a task would run them, and stores nothing but who did it: no task, no blobs.
 * What is tried counts against its limit until its thread has ended.
 */
public final class TryVerticle extends VerticleBase {
    /** How many definitions are tried at once. */
    static final int MAX = 4;

    private final EngineParts parts;
    private final Path folder;
    private final Map<String, Trial> running = new HashMap<>();

    /**
     * Names the parts; nothing runs before the verticle is deployed.
     *
     * @param folder where blobs of tries are, emptied at the server's start
     */
    public TryVerticle(EngineParts parts, Path folder) {
        this.parts = parts;
        this.folder = folder;
    }

    @Override
    public Future<?> start() {
        AuditRepository who = new AuditRepository(parts.bus(), parts.database(), new Ids(parts.clock()));
        Trial.Parts shared = new Trial.Parts(vertx, context, folder, parts.blobs(), parts::runner, parts.clock());
        parts.bus().answer(TryMessages.TRY, ask -> tried(ask, shared, who));
        parts.bus().answer(TryMessages.CANCEL, ask -> Future.succeededFuture(cancel(ask)));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        List.copyOf(running.values()).forEach(Trial::cancel);
        return Future.succeededFuture();
    }

    private Future<Tried> tried(TryStage ask, Trial.Parts shared, AuditRepository audit) {
        require(ask);
        if (running.size() >= MAX) {
            throw ProblemException.unavailable(
                    "too_many_tries",
                    Plural.of(MAX, "stage") + " are being tried at the moment, the most at once."
                            + " Try again when one of them has ended.");
        }
        Trial trial = new Trial(shared, ask, () -> running.remove(ask.id()));
        running.put(ask.id(), trial);
        return available(ask)
                .compose(runs -> parts.database()
                        .write(transaction -> audit.add(
                                transaction,
                                "stage.tried",
                                new AuditEntry.Target(
                                        ask.definition().id(), ask.definition().name()),
                                "executor " + ask.definition().executor().word(),
                                parts.clock().instant())))
                .onFailure(failure -> running.remove(ask.id()))
                .compose(noted -> trial.run());
    }

    private void require(TryStage ask) {
        SettingsRules.Checked settings =
                SettingsRules.check(ask.definition().settingsSchema(), ask.settings(), "/settings");
        if (!settings.violations().isEmpty()) {
            throw ProblemException.invalid(
                    "invalid_settings",
                    "The settings have " + Plural.of(settings.violations().size(), "fault") + ".",
                    settings.violations());
        }
        try {
            StageSecrets.values(ask.definition().settingsSchema(), settings.values(), parts.secrets(), "");
        } catch (MissingSecretException e) {
            throw ProblemException.illegalState("secret_missing", "The stage cannot be tried: " + e.getMessage());
        }
    }

    private Future<Void> available(TryStage ask) {
        return vertx.executeBlocking(() -> parts.executors().unavailable(ask.definition()), false)
                .compose(reason -> reason.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(ProblemException.illegalState("stage_unavailable", reason.get())));
    }

    private TryCancelled cancel(CancelTry ask) {
        Trial trial = running.get(ask.id());
        if (trial != null) {
            trial.cancel();
        }
        return new TryCancelled(trial != null);
    }
}
