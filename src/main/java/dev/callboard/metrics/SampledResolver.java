package dev.callboard.metrics;

import dev.callboard.palette.Answerer;
import dev.callboard.palette.StageResolver;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Measures one of {@value #EVERY} resolutions, so that the others cost nothing. */
public final class SampledResolver implements StageResolver {
    static final int EVERY = 32;

    private final StageResolver resolver;
    private final PaletteMeters meters;

    /** Counted without a lock: a lost count moves the sample by one. */
    private int calls;

    /** Measures that resolver. */
    public SampledResolver(StageResolver resolver, Meters meters) {
        this.resolver = resolver;
        this.meters = meters.palette();
    }

    @Override
    public Object version() {
        return resolver.version();
    }

    @Override
    public Optional<Answerer> answerer(String question) {
        return resolver.answerer(question);
    }

    @Override
    public CompletionStage<Void> answererLoaded(String question) {
        return resolver.answererLoaded(question);
    }

    @Override
    public Optional<Resolved> resolve(String stageType) {
        if (calls++ % EVERY != 0) {
            return resolver.resolve(stageType);
        }
        long started = System.nanoTime();
        Optional<Resolved> resolved = resolver.resolve(stageType);
        meters.resolved(System.nanoTime() - started);
        return resolved;
    }
}
