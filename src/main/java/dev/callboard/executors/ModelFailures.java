package dev.callboard.executors;

import dev.callboard.config.ModelProvider;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.net.OutboundException;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Says what went wrong between the server and a provider of models, for people, and without the key. */
record ModelFailures(ModelProvider config, Secret key) {
    private static final int MAX_DETAIL = 500;
    private static final Pattern RETRY_AFTER = Pattern.compile("[0-9]{1,6}|[A-Za-z0-9:, ]{10,40}");

    /** Any answer but a good one. */
    StageFailure status(int status, HttpHeaders headers, String body) {
        String said = said(body);
        String by = "The model's endpoint " + host();
        if (status == 429) {
            return retryable("rate_limited", by + " takes no more requests now (429)" + wait(headers) + said, headers);
        }
        if (status == 408 || status == 409 || status >= 500) {
            return retryable("model_unavailable", by + " failed (" + status + ")" + wait(headers) + said, headers);
        }
        if (status == 401 || status == 403) {
            String variable = config.apiKeyVariable();
            return permanent(
                    "model_unauthorized",
                    by + " refuses the key (" + status + "); check "
                            + (variable == null
                                    ? config.setting("api_key_env")
                                    : "the environment variable " + variable)
                            + said);
        }
        if (status >= 300 && status < 400) {
            return permanent(
                    "model_moved",
                    by + " points elsewhere (" + status + "), which is not followed; check "
                            + config.setting("base_url"));
        }
        return permanent("model_refused", by + " refuses the request (" + status + ")" + said);
    }

    StageFailure contentType(String contentType) {
        return permanent(
                "wrong_content_type",
                "The model's endpoint " + host() + " answers with '" + cut(contentType)
                        + "' instead of a stream of events; check " + config.setting("base_url"));
    }

    StageFailure foreignHost() {
        return permanent("foreign_host", "A request was to go to another host than " + host() + "; it was not sent");
    }

    StageFailure timeout(Duration limit) {
        return retryable(
                "model_timeout",
                "The model at " + host() + " did not end its answer within " + limit.toSeconds() + " s ("
                        + config.setting("timeout_seconds") + ")");
    }

    StageFailure truncated() {
        return retryable("model_truncated", "The model's answer broke off before its end");
    }

    StageFailure tooLong(int characters) {
        return permanent("answer_too_long", "The model's answer is longer than " + characters + " characters");
    }

    StageFailure outOfTokens(int limit) {
        return permanent(
                "answer_too_long",
                "The model stopped at " + limit + " tokens (max_output_tokens of the stage, at most "
                        + config.setting("max_output_tokens") + ") before its answer was complete");
    }

    StageFailure filtered() {
        return permanent("model_declined", "The model's provider holds the answer back (content filter)");
    }

    /** Whatever was thrown on the way. */
    StageFailure of(Throwable failure) {
        if (cause(failure, StageFailure.class::isInstance).orElse(null) instanceof StageFailure known) {
            return known;
        }
        if (cause(failure, OutboundException.class::isInstance).orElse(null) instanceof OutboundException known) {
            return of(known);
        }
        if (cause(failure, e -> e instanceof ConnectException || e instanceof HttpConnectTimeoutException)
                .isPresent()) {
            return retryable("model_unreachable", "The model's endpoint " + host() + " cannot be reached");
        }
        if (cause(failure, HttpTimeoutException.class::isInstance).isPresent()) {
            return timeout(config.timeout());
        }
        return cause(failure, IOException.class::isInstance)
                .map(e -> retryable("model_truncated", "The model's answer broke off" + because(e)))
                .orElseGet(() -> retryable("model_error", "The model's answer cannot be read" + because(failure)));
    }

    private StageFailure of(OutboundException failure) {
        return switch (failure.code()) {
            case "timeout" -> timeout(config.timeout());
            case "host_unknown", "connection_failed" ->
                retryable("model_unreachable", "The model's endpoint " + host() + " cannot be reached");
            case "connection_broken" -> retryable("model_truncated", "The model's answer broke off" + because(failure));
            default -> permanent("model_unreachable", "The model's endpoint cannot be asked" + because(failure));
        };
    }

    private static Optional<Throwable> cause(Throwable failure, Predicate<Throwable> wanted) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (wanted.test(cause)) {
                return Optional.of(cause);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private String because(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "" : said(message);
    }

    private static String wait(HttpHeaders headers) {
        return headers.firstValue("retry-after")
                .map(String::strip)
                .filter(value -> RETRY_AFTER.matcher(value).matches())
                .map(value ->
                        "; it asks to wait " + (Character.isDigit(value.charAt(0)) ? value + " s" : "until " + value))
                .orElse("");
    }

    /** The provider's own words: {@code {"error": {"message": …}}} or {@code {"error": …}}, or what else it said. */
    private String said(String body) {
        String text = body.strip();
        try {
            if (Json.parse(text) instanceof Map<?, ?> map) {
                Object error = map.get("error") instanceof Map<?, ?> inner ? inner.get("message") : map.get("error");
                text = error == null ? text : error.toString();
            }
        } catch (JsonSyntaxException e) {
            text = text.startsWith("<") ? "" : text;
        }
        return text.isBlank() ? "" : ": " + cut(text);
    }

    private String cut(String text) {
        String masked = key.mask(text).replaceAll("\\s+", " ").replaceAll("\\.$", "");
        return masked.length() > MAX_DETAIL ? masked.substring(0, MAX_DETAIL - 1) + "…" : masked;
    }

    private String host() {
        return config.baseUrl().getHost();
    }

    private static StageFailure permanent(String code, String message) {
        return StageFailure.permanent(code, message + ".");
    }

    /** Without its cause, the message of which may say what must not be seen. */
    @SuppressWarnings("NullAway")
    private static StageFailure retryable(String code, String message) {
        return StageFailure.retryable(code, message + ".", null);
    }

    /** The same, not before the endpoint wants it. */
    @SuppressWarnings("NullAway")
    private static StageFailure retryable(String code, String message, HttpHeaders headers) {
        return StageFailure.retryable(
                code, message + ".", null, RetryAfter.of(headers).orElse(null));
    }
}
