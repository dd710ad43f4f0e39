package dev.callboard.documents.endpoint;

import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.RefusedAddress;
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
    private static final int USUAL_TIMEOUT = 120;
    private static final int LONGEST_TIMEOUT = 3600;

    /**
     * Reads the settings.
     *
     * @return empty when no endpoint is named
     * @throws StageFailure {@code invalid_plugin_settings}
     */
    public static Optional<EndpointConfig> from(Map<String, Object> settings) throws StageFailure {
        String url = text(settings, "model_url");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String model = text(settings, "model");
        if (model.isEmpty()) {
            throw wrong("model", "must name the model that the endpoint of model_url is asked for");
        }
        String apiKey = text(settings, "model_api_key");
        if (!apiKey.chars().allMatch(each -> each > 0x20 && each < 0x7F)) {
            throw wrong("model_api_key", "must be printable ASCII without blanks");
        }
        Object seconds = settings.get("model_timeout_seconds");
        if (seconds != null
                && !(seconds instanceof Number number
                        && number.doubleValue() == number.intValue()
                        && number.intValue() >= 1
                        && number.intValue() <= LONGEST_TIMEOUT)) {
            throw wrong("model_timeout_seconds", "must be a whole number from 1 to " + LONGEST_TIMEOUT);
        }
        int timeout = seconds instanceof Number number ? number.intValue() : USUAL_TIMEOUT;
        return Optional.of(new EndpointConfig(address(url), model, apiKey, Duration.ofSeconds(timeout)));
    }

    private static WebAddress address(String url) throws StageFailure {
        try {
            WebAddress base = WebAddress.parse(url);
            if (base.target().contains("?")) {
                throw wrong("model_url", "must be an address without a query, such as http://127.0.0.1:11434/v1");
            }
            String path = base.target().replaceAll("/+$", "") + "/chat/completions";
            return new WebAddress(base.scheme(), base.host(), base.port(), path);
        } catch (RefusedAddress e) {
            throw wrong("model_url", "is wrong: " + e.getMessage().replaceAll("\\.$", ""));
        }
    }

    private static String text(Map<String, Object> settings, String key) throws StageFailure {
        Object value = settings.get(key);
        if (value != null && !(value instanceof String)) {
            throw wrong(key, "must be a text");
        }
        return value == null ? "" : ((String) value).strip();
    }

    private static StageFailure wrong(String key, String what) {
        return StageFailure.permanent(
                "invalid_plugin_settings", "The operator's setting " + setting(key) + " " + what + ".");
    }

    /** What a setting is called in the server's configuration. */
    public static String setting(String key) {
        return "plugins.settings.documents." + key;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EndpointConfig[" + address.shown() + ", " + model + "]";
    }
}
