package dev.callboard.spi;

import java.util.Map;

/**
 * Says what is wrong with a stage's settings where its settings schema cannot. Quick, without side effects, and the same for
 * the same settings: the server may ask at any time, a plugin's for certain before each execution of the stage.
 */
@FunctionalInterface
public interface SettingsCheck {
    /**
     * Checks settings that fit the settings schema.
     *
     * @param settings defaults filled in
     * @return JSON Pointer below the settings, such as {@code /conditions/0}, to a sentence; empty when all is well
     */
    Map<String, String> faults(Map<String, Object> settings);

    /** Finds no faults. */
    static SettingsCheck none() {
        return settings -> Map.of();
    }
}
