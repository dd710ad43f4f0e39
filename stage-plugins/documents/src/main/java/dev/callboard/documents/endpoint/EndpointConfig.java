package dev.callboard.documents.endpoint;

import dev.callboard.endpoint.EndpointSettings;
import dev.callboard.endpoint.EndpointWords;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.WebAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's settings of the plugin: which model may be asked.
 *
 * @param address where messages are posted to
 * @param model as the endpoint calls it
 * @param apiKey sent as a bearer token; empty when the endpoint wants none
 * @param timeout for one request
 */
public record EndpointConfig(WebAddress address, String model, String apiKey, Duration timeout) {
    static final EndpointWords WORDS =
            new EndpointWords("model's endpoint", "documents", "model_", " and model", "is too long");

    private static final int USUAL_TIMEOUT = 120;

    /**
     * Reads the settings.
     *
     * @return empty when no endpoint is named
     * @throws StageFailure {@code invalid_plugin_settings}
     */
    public static Optional<EndpointConfig> from(Map<String, Object> values) throws StageFailure {
        EndpointSettings settings = new EndpointSettings(values, WORDS);
        return settings.isSet()
                ? Optional.of(new EndpointConfig(
                        settings.address("/chat/completions"),
                        settings.model(),
                        settings.apiKey(),
                        settings.timeout(USUAL_TIMEOUT)))
                : Optional.empty();
    }

    /** What a setting is called in the server's configuration. */
    public static String setting(String key) {
        return WORDS.inConfiguration(key);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EndpointConfig[" + address.shown() + ", " + model + "]";
    }
}
