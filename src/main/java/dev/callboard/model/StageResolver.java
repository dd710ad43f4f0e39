package dev.callboard.model;

import dev.callboard.spi.StageRegistration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what runs a stage type. Safe to call from any thread; never blocks. */
@FunctionalInterface
public interface StageResolver {
    /** The palette entry of a stage type and its code, or nothing when the palette has no such stage. */
    Optional<Resolved> resolve(String stageType);

    /**
     * A stage type as it is now; whoever starts work keeps this and so is not touched by later changes.
     *
     * @param entry its palette entry
     * @param registration its code, null when its executor is not {@code java} or nothing implements it
     */
    record Resolved(PaletteEntry entry, @Nullable StageRegistration registration) {}
}
