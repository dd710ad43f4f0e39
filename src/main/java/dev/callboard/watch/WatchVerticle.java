package dev.callboard.watch;

import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.LoadChanged;
import dev.callboard.metrics.Meters;
import dev.callboard.palette.StageResolver;
import dev.callboard.registry.RegistryMessages;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts and logs what is published: events come after what they report has been stored. To be deployed before the engine,
 * so that it misses none of its events.
 */
public final class WatchVerticle extends VerticleBase {
    /** How often the age of the longest wait is checked, in milliseconds. */
    private static final long WAITS_EVERY_MS = 5_000;

    private final Bus bus;
    private final StageResolver resolver;
    private final Meters meters;
    private final Clock clock;
    private @Nullable LoadChanged load;

    /** Names the parts. */
    public WatchVerticle(Bus bus, StageResolver resolver, Meters meters, Clock clock) {
        this.bus = bus;
        this.resolver = resolver;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        ExecutionWatch executions = new ExecutionWatch(resolver, meters.execution(), clock);
        PaletteLog palette = new PaletteLog();
        bus.listen(ExecutionMessages.CHANGED, event -> executions.seen(event.execution()));
        bus.listen(ExecutionMessages.LOAD_CHANGED, this::show);
        vertx.setPeriodic(WAITS_EVERY_MS, timer -> showWaits());
        bus.listen(RegistryMessages.PALETTE_CHANGED, event -> palette.log(event.changes()));
        return Future.succeededFuture();
    }

    private void show(LoadChanged now) {
        load = now;
        meters.execution().load(now.waiting(), now.running(), now.places());
        showWaits();
    }

    /** The longest wait grows although nothing changes. */
    private void showWaits() {
        if (load != null) {
            Duration longest = load.oldest() == null ? Duration.ZERO : Duration.between(load.oldest(), clock.instant());
            meters.execution().waiting(load.parked(), longest);
        }
    }
}
