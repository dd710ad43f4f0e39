package dev.callboard.embed.endpoint;

import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.RefusedAddress;
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

    private static final int MAX_BATCH = 2048;

    /**
     * Reads the settings.
     *
     * @return empty when no endpoint is named
     * @throws StageFailure {@code invalid_plugin_settings}
     */
    public static Optional<EndpointConfig> from(Map<String, Object> settings) throws StageFailure {
        String url = text(settings, "url");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String model = text(settings, "model");
        if (model.isEmpty()) {
            throw wrong("model", "must name the model that " + url.replaceAll("\\?.*", "") + " is asked for");
        }
        String apiKey = text(settings, "api_key");
        if (!apiKey.chars().allMatch(each -> each > 0x20 && each < 0x7F)) {
            throw wrong("api_key", "must be printable ASCII without blanks");
        }
        return Optional.of(new EndpointConfig(
                address(url),
                model,
                apiKey,
                integer(settings, "dimensions", 0, 0, MAX_DIMENSIONS),
                integer(settings, "batch_size", 32, 1, MAX_BATCH),
                Duration.ofSeconds(integer(settings, "timeout_seconds", 60, 1, 3600))));
    }

    private static WebAddress address(String url) throws StageFailure {
        try {
            WebAddress base = WebAddress.parse(url);
            if (base.target().contains("?")) {
                throw wrong("url", "must be an address without a query, such as https://api.openai.com/v1");
            }
            String path = base.target().replaceAll("/+$", "") + "/embeddings";
            return new WebAddress(base.scheme(), base.host(), base.port(), path);
        } catch (RefusedAddress e) {
            throw wrong("url", "is wrong: " + e.getMessage().replaceAll("\\.$", ""));
        }
    }

    private static String text(Map<String, Object> settings, String key) throws StageFailure {
        Object value = settings.get(key);
        if (value != null && !(value instanceof String)) {
            throw wrong(key, "must be a text");
        }
        return value == null ? "" : ((String) value).strip();
    }

    private static int integer(Map<String, Object> settings, String key, int fallback, int min, int max)
            throws StageFailure {
        Object value = settings.get(key);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof Number number)
                || number.doubleValue() != number.intValue()
                || number.intValue() < min
                || number.intValue() > max) {
            throw wrong(key, "must be a whole number from " + min + " to " + max);
        }
        return number.intValue();
    }

    private static StageFailure wrong(String key, String what) {
        return StageFailure.permanent(
                "invalid_plugin_settings", "The operator's setting plugins.settings.embed." + key + " " + what + ".");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EndpointConfig[" + address.shown() + ", " + model + "]";
    }
}
