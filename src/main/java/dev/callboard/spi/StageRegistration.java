package dev.callboard.spi;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * A stage type and how to make a stage of it.
 *
 * @param metadata what the engine knows of the type
 * @param factory makes a new stage for each execution; called on a thread that may block
 * @param settingsCheck what the settings schema cannot check
 */
public record StageRegistration(
        StageMetadata metadata, Supplier<? extends Stage> factory, SettingsCheck settingsCheck) {
    /** Checks that all are there. */
    public StageRegistration {
        Objects.requireNonNull(metadata, "metadata is null");
        Objects.requireNonNull(factory, "factory is null");
        Objects.requireNonNull(settingsCheck, "settingsCheck is null");
    }

    /** A stage type whose settings schema says all about its settings. */
    public StageRegistration(StageMetadata metadata, Supplier<? extends Stage> factory) {
        this(metadata, factory, SettingsCheck.none());
    }
}
