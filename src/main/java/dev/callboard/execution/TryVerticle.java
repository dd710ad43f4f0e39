package dev.callboard.execution;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.execution.TryMessages.CancelTry;
import dev.callboard.execution.TryMessages.Tried;
import dev.callboard.execution.TryMessages.TryCancelled;
import dev.callboard.execution.TryMessages.TryStage;
import dev.callboard.model.Ids;
import dev.callboard.model.ProblemException;
import dev.callboard.model.SecretSource;
import dev.callboard.model.SecretSource.MissingSecretException;
import dev.callboard.model.SettingsRules;
import dev.callboard.model.StageExecutors;
import dev.callboard.model.StageSecrets;
import dev.callboard.spi.Plural;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs definitions once on sample input, as a task would run them, and stores nothing but who did it: no task, no blobs.
 * What is tried counts against its limit until its thread has ended.
 */
public final class TryVerticle extends VerticleBase {
    /** How many definitions are tried at once. */
    static final int MAX = 4;

    private final Bus bus;
    private final Database database;
    private final BlobFolder blobs;
    private final Path folder;
    private final StageExecutors executors;
    private final SecretSource secrets;
    private final Supplier<AddressRules> network;
    private final long maxOutput;
    private final Clock clock;
    private final Map<String, Trial> running = new HashMap<>();

    /**
     * Names the parts; nothing runs before the verticle is deployed.
     *
     * @param folder where blobs of tries are, emptied at the server's start
     * @param secrets has the values of what settings name
     * @param network what stages may connect to
     * @param maxOutput the most characters of JSON text of one output, about
     */
    public TryVerticle(
            Bus bus,
            Database database,
            BlobFolder blobs,
            Path folder,
            StageExecutors executors,
            SecretSource secrets,
            Supplier<AddressRules> network,
            long maxOutput,
            Clock clock) {
        this.bus = bus;
        this.database = database;
        this.blobs = blobs;
        this.folder = folder;
        this.executors = executors;
        this.secrets = secrets;
        this.network = network;
        this.maxOutput = maxOutput;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        AuditRepository who = new AuditRepository(bus, database, new Ids(clock));
        Trial.Parts shared = new Trial.Parts(
                vertx,
                context,
                folder,
                blobs,
                store -> new StageRunner(store, executors, secrets, network, maxOutput, clock),
                clock);
        bus.answer(TryMessages.TRY, ask -> tried(ask, shared, who));
        bus.answer(TryMessages.CANCEL, ask -> Future.succeededFuture(cancel(ask)));
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
                .compose(runs -> database.write(connection -> audit.add(
                        connection,
                        "stage.tried",
                        new AuditEntry.Target(
                                ask.definition().id(), ask.definition().name()),
                        "executor " + ask.definition().executor().word(),
                        clock.instant())))
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
            StageSecrets.values(ask.definition().settingsSchema(), settings.values(), secrets, "");
        } catch (MissingSecretException e) {
            throw ProblemException.illegalState("secret_missing", "The stage cannot be tried: " + e.getMessage());
        }
    }

    private Future<Void> available(TryStage ask) {
        return vertx.executeBlocking(() -> executors.unavailable(ask.definition()), false)
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
