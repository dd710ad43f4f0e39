package dev.callboard.embed.endpoint;

import dev.callboard.endpoint.EndpointSettings;
import dev.callboard.endpoint.EndpointWords;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.WebAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's settings of the plugin: which endpoint to ask.
 *
 * @param address where texts are posted to
 * @param model as the endpoint calls it
 * @param apiKey sent as a bearer token; empty when the endpoint wants none
 * @param dimensions asked for and required, 0 for what the model has
 * @param batchSize the most texts of a request
 * @param timeout for one request
 */
public record EndpointConfig(
        WebAddress address, String model, String apiKey, int dimensions, int batchSize, Duration timeout) {
    /** The most dimensions of a vector. */
    static final int MAX_DIMENSIONS = 8192;

    static final EndpointWords WORDS = new EndpointWords(
            "embedding endpoint",
            "embed",
            "",
            ", model and dimensions",
            "is longer than the vectors that were asked for can be");

    private static final int MAX_BATCH = 2048;
    private static final int USUAL_BATCH = 32;
    private static final int USUAL_TIMEOUT = 60;

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
                        settings.address("/embeddings"),
                        settings.model(),
                        settings.apiKey(),
                        settings.integer("dimensions", 0, 0, MAX_DIMENSIONS),
                        settings.integer("batch_size", USUAL_BATCH, 1, MAX_BATCH),
                        settings.timeout(USUAL_TIMEOUT)))
                : Optional.empty();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EndpointConfig[" + address.shown() + ", " + model + "]";
    }
}
