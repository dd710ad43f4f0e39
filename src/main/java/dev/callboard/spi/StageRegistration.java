package dev.callboard.spi;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * A stage type and how to make a stage of it.
 *
 * @param metadata what the engine knows of the type
 * @param factory makes a new stage for each execution; called on a thread that may block
 */
public record StageRegistration(StageMetadata metadata, Supplier<? extends Stage> factory) {
    /** Checks that both are there. */
    public StageRegistration {
        Objects.requireNonNull(metadata, "metadata is null");
        Objects.requireNonNull(factory, "factory is null");
    }
}
