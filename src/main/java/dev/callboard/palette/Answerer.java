package dev.callboard.palette;

import dev.callboard.spi.StageRegistration;
import java.util.Map;

/**
 * The code of a plugin that answers a question.
 *
 * @param plugin the plugin's name
 * @param registration its code
 * @param pluginSettings what the operator set for it, secrets filled in: never log them
 * @param code hold it while it answers
 */
public record Answerer(
        String plugin, StageRegistration registration, Map<String, Object> pluginSettings, StageCode code) {
    /** What the name of a question becomes the stage type of its code by; no palette entry begins so. */
    public static final String TYPE = "query.";

    /** Copies. */
    public Answerer {
        pluginSettings = Map.copyOf(pluginSettings);
    }

    @Override
    public String toString() {
        return "Answerer[" + plugin + ", " + registration.metadata().stageType() + "]";
    }
}
