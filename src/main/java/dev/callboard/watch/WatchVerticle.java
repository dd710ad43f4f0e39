package dev.callboard.watch;

import dev.callboard.bus.Bus;
import dev.callboard.execution.ExecutionMessages;
import dev.callboard.metrics.Meters;
import dev.callboard.model.StageResolver;
import dev.callboard.registry.RegistryMessages;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/**
 * Counts and logs what is published: events come after what they tell of has been stored. To be deployed before the engine,
 * so that it misses none of its events.
 */
public final class WatchVerticle extends VerticleBase {
    private final Bus bus;
    private final StageResolver resolver;
    private final Meters meters;
    private final Clock clock;

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
        bus.listen(ExecutionMessages.LOAD_CHANGED, load -> meters.execution()
                .load(load.waiting(), load.running(), load.places()));
        bus.listen(RegistryMessages.PALETTE_CHANGED, event -> palette.log(event.changes()));
        return Future.succeededFuture();
    }
}
