package dev.callboard.documents.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Says what went wrong between the server and an endpoint, for people, and without the key. */
final class EndpointFailures {
    private static final int MAX_DETAIL = 500;

    private final EndpointConfig config;

    EndpointFailures(EndpointConfig config) {
        this.config = config;
    }

    /** Any answer but a good one. */
    StageFailure status(PostAnswer answer) {
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
                    endpoint() + " refuses the key (" + status + "); check " + EndpointConfig.setting("model_api_key")
                            + said);
        }
        if (status >= 300 && status < 400) {
            return permanent(
                    "model_moved",
                    endpoint() + " points elsewhere (" + status + "), which is not followed; check "
                            + EndpointConfig.setting("model_url"));
        }
        return permanent("model_refused", endpoint() + " refuses the request (" + status + ")" + said);
    }

    /** @param what the end of a sentence about the answer */
    StageFailure wrong(String what) {
        return permanent(
                "bad_answer",
                "The answer of the model's endpoint " + config.address().host() + " " + what + "; check "
                        + EndpointConfig.setting("model_url") + " and model");
    }

    /** No answer. */
    StageFailure of(PostException failure) {
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
                        endpoint() + " did not answer within "
                                + config.timeout().toSeconds() + " s ("
                                + EndpointConfig.setting("model_timeout_seconds") + ")");
            case TLS ->
                permanent("tls_failed", "The certificate of " + lowered() + " is not accepted: " + without(why));
            case TOO_LARGE -> wrong("is too long");
            case NOT_HTTP -> wrong("is not proper HTTP");
        };
    }

    private static String without(String sentence) {
        return sentence.replaceAll("\\.$", "");
    }

    private String endpoint() {
        return "The model's endpoint " + config.address().host();
    }

    private String lowered() {
        return "the model's endpoint " + config.address().host();
    }

    /** The endpoint's own words: {@code {"error": {"message": …}}} or {@code {"error": …}}, or what else it said. */
    private String said(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        String words = message(text);
        if (words.isEmpty() && !text.startsWith("<") && !text.startsWith("{")) {
            words = text;
        }
        String masked = config.apiKey().isEmpty() ? words : words.replace(config.apiKey(), "•••");
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
