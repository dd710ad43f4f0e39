package dev.callboard.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.WebAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Says what went wrong between the server and an endpoint, for people, and without the key. */
public final class EndpointFailures {
    private static final int MAX_DETAIL = 500;

    private final EndpointWords words;
    private final WebAddress address;
    private final String apiKey;
    private final Duration timeout;

    /**
     * Of one endpoint.
     *
     * @param apiKey is taken out of what the endpoint says; possibly empty
     * @param timeout for one request
     */
    public EndpointFailures(EndpointWords words, WebAddress address, String apiKey, Duration timeout) {
        this.words = words;
        this.address = address;
        this.apiKey = apiKey;
        this.timeout = timeout;
    }

    /** Any answer but a good one. */
    public StageFailure status(PostAnswer answer) {
        int status = answer.status();
        String said = said(answer.body());
        if (status == 429) {
            return later(answer, "rate_limited", endpoint() + " takes no more requests now (429)" + said);
        }
        if (status == 408 || status == 409 || status >= 500) {
            return later(answer, "model_unavailable", endpoint() + " failed (" + status + ")" + said);
        }
        if (status == 401 || status == 403) {
            return permanent(
                    "model_unauthorized",
                    endpoint() + " refuses the key (" + status + "); check " + words.setting("api_key") + said);
        }
        if (status >= 300 && status < 400) {
            return permanent(
                    "model_moved",
                    endpoint() + " points elsewhere (" + status + "), which is not followed; check "
                            + words.setting("url"));
        }
        return permanent("model_refused", endpoint() + " refuses the request (" + status + ")" + said);
    }

    /**
     * A good answer with something wrong in it.
     *
     * @param what the end of a sentence about the answer
     */
    public StageFailure wrong(String what) {
        return permanent(
                "bad_answer",
                "The answer of " + lowered() + " " + what + "; check " + words.setting("url") + words.checks());
    }

    /** No answer. */
    public StageFailure of(PostException failure) {
        String why = failure.getMessage();
        return switch (failure.kind()) {
            case REFUSED ->
                permanent(
                        "address_refused",
                        endpoint() + " must not be called: " + without(why) + "; see network.allow in the server's"
                                + " configuration");
            case UNREACHABLE -> retryable("model_unreachable", endpoint() + " cannot be reached");
            case TIMEOUT ->
                retryable(
                        "model_timeout",
                        endpoint() + " did not answer within " + timeout.toSeconds() + " s ("
                                + words.setting("timeout_seconds") + ")");
            case TLS ->
                permanent("tls_failed", "The certificate of " + lowered() + " is not accepted: " + without(why));
            case TOO_LARGE -> wrong(words.tooLong());
            case NOT_HTTP -> wrong("is not proper HTTP");
        };
    }

    private static String without(String sentence) {
        return sentence.replaceAll("\\.$", "");
    }

    private String endpoint() {
        return "The " + words.what() + " " + address.host();
    }

    private String lowered() {
        return "the " + words.what() + " " + address.host();
    }

    /** The endpoint's own words: {@code {"error": {"message": …}}} or {@code {"error": …}}, or what else it said. */
    private String said(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        String quoted = message(text);
        if (quoted.isEmpty() && !text.startsWith("<") && !text.startsWith("{")) {
            quoted = text;
        }
        String masked = apiKey.isEmpty() ? quoted : quoted.replace(apiKey, "•••");
        String plain = masked.replaceAll("[\\s\\p{C}]+", " ").strip().replaceAll("\\.$", "");
        if (plain.isEmpty()) {
            return "";
        }
        return ": " + (plain.length() > MAX_DETAIL ? plain.substring(0, MAX_DETAIL - 1) + "…" : plain);
    }

    private static String message(String text) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if ((name.equals("error") || name.equals("message")) && value == JsonToken.VALUE_STRING) {
                    return json.getText();
                }
                if (!name.equals("error")) {
                    json.skipChildren();
                }
            }
            return "";
        } catch (IOException e) {
            // It is not JSON: its text is quoted as it is.
            return "";
        }
    }

    private static StageFailure permanent(String code, String message) {
        return StageFailure.permanent(code, message + ".");
    }

    private static StageFailure retryable(String code, String message) {
        return StageFailure.retryable(code, message + ".", null);
    }

    private static StageFailure later(PostAnswer answer, String code, String message) {
        Duration delay = answer.delay().orElse(null);
        String when = delay == null ? "" : "; it asks to wait " + delay.toSeconds() + " s";
        return StageFailure.retryable(code, message + when + ".", null, delay);
    }
}
