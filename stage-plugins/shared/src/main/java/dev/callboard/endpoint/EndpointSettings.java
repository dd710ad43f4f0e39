package dev.callboard.endpoint;

import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.time.Duration;
import java.util.Map;

/** The operator's settings for an endpoint. Each method fails with {@code invalid_plugin_settings}, which names the setting. */
public final class EndpointSettings {
    private static final int LONGEST_TIMEOUT = 3600;

    private final Map<String, Object> values;
    private final EndpointWords words;

    /** Reads nothing yet. */
    public EndpointSettings(Map<String, Object> values, EndpointWords words) {
        this.values = values;
        this.words = words;
    }

    /** Whether an endpoint is named. */
    public boolean isSet() throws StageFailure {
        return !text(words.key("url")).isEmpty();
    }

    /**
     * What is asked of the endpoint.
     *
     * @param path is added to the address that the operator gave
     */
    public WebAddress address(String path) throws StageFailure {
        String key = words.key("url");
        try {
            WebAddress base = WebAddress.parse(text(key));
            if (base.target().contains("?")) {
                throw wrong(key, "must be an address without a query, such as http://127.0.0.1:11434/v1");
            }
            return new WebAddress(
                    base.scheme(), base.host(), base.port(), base.target().replaceAll("/+$", "") + path);
        } catch (RefusedAddress e) {
            throw wrong(key, "is wrong: " + e.getMessage().replaceAll("\\.$", ""));
        }
    }

    /** The model's name, never empty. */
    public String model() throws StageFailure {
        String model = text("model");
        if (model.isEmpty()) {
            throw wrong("model", "must name the model that the endpoint of " + words.key("url") + " is asked for");
        }
        return model;
    }

    /** What is sent as a bearer token; possibly empty. */
    public String apiKey() throws StageFailure {
        String key = words.key("api_key");
        String value = text(key);
        if (!value.chars().allMatch(each -> each > 0x20 && each < 0x7F)) {
            throw wrong(key, "must be printable ASCII without blanks");
        }
        return value;
    }

    /**
     * For one request; from 1 s to an hour.
     *
     * @param usual in seconds
     */
    public Duration timeout(int usual) throws StageFailure {
        return Duration.ofSeconds(integer(words.key("timeout_seconds"), usual, 1, LONGEST_TIMEOUT));
    }

    /** A whole number. */
    public int integer(String key, int usual, int min, int max) throws StageFailure {
        Object value = values.get(key);
        if (value == null) {
            return usual;
        }
        if (!(value instanceof Number number)
                || number.doubleValue() != number.intValue()
                || number.intValue() < min
                || number.intValue() > max) {
            throw wrong(key, "must be a whole number from " + min + " to " + max);
        }
        return number.intValue();
    }

    private String text(String key) throws StageFailure {
        Object value = values.get(key);
        if (value != null && !(value instanceof String)) {
            throw wrong(key, "must be a text");
        }
        return value == null ? "" : ((String) value).strip();
    }

    private StageFailure wrong(String key, String what) {
        return StageFailure.permanent(
                "invalid_plugin_settings", "The operator's setting " + words.inConfiguration(key) + " " + what + ".");
    }
}
