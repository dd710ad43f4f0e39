package dev.callboard.executors;

import dev.callboard.expressions.ExpressionException;
import dev.callboard.expressions.Expressions;
import dev.callboard.net.OutboundAnswer;
import dev.callboard.net.OutboundClient;
import dev.callboard.net.OutboundException;
import dev.callboard.net.OutboundRequest;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageExecutor.Request;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends one request and goes on with its answer. */
final class HttpStage implements Stage {
    /** What may pass by itself. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    private final OutboundClient client;
    private final Expressions expressions;
    private final Request request;
    private final Duration timeout;
    private final long maxBytes;

    HttpStage(OutboundClient client, Expressions expressions, Request request, Duration timeout, long maxBytes) {
        this.client = client;
        this.expressions = expressions;
        this.request = request;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    @Override
    @SuppressWarnings("NullAway") // The SPI takes null for an output that is null.
    public Object execute(StageContext context, Object input) throws StageFailure, InterruptedException, IOException {
        OutboundRequest sending = request(context);
        String shown = sending.method() + " " + sending.url().shown();
        context.log(shown);
        try (OutboundAnswer answer = client.open(sending, context::cancelled)) {
            context.log("Status " + answer.status());
            Set<Integer> expected = expected();
            boolean fine = expected.isEmpty() ? answer.status() / 100 == 2 : expected.contains(answer.status());
            if (!fine) {
                throw refused(answer);
            }
            return output(answer, HttpReading.body(answer, context.blobs()));
        } catch (OutboundException e) {
            throw failure(e);
        } catch (InterruptedIOException e) {
            throw new InterruptedException("the request was cancelled");
        }
    }

    private OutboundRequest request(StageContext context) throws StageFailure, IOException {
        Map<String, @Nullable Object> config = request.definition().executorConfig();
        HttpTemplates templates = new HttpTemplates(request.values().withSettings(settings(context)));
        Map<String, String> headers = templates.headers(config.get(HttpRules.HEADERS));
        HttpBody body = HttpBody.of(config.get(HttpRules.BODY), templates, context.blobs());
        if (body != null) {
            headers.putIfAbsent("content-type", body.mediaType());
        }
        headers.putIfAbsent("idempotency-key", context.retryKey());
        return new OutboundRequest(
                HttpExecutor.method(request.definition()),
                templates.url(String.valueOf(config.get(HttpRules.URL)), config.get(HttpRules.QUERY)),
                headers,
                body == null ? null : body.bytes(),
                timeout,
                maxBytes,
                expected().stream().noneMatch(status -> status / 100 == 3));
    }

    /** Those that templates see anyway, and the values of secrets. */
    private Map<String, @Nullable Object> settings(StageContext context) {
        Map<String, @Nullable Object> settings =
                new LinkedHashMap<>(request.values().settings());
        request.definition().settingsSchema().stream()
                .filter(setting -> setting.type() == Setting.Type.SECRET)
                .forEach(setting ->
                        settings.put(setting.key(), context.settings().get(setting.key())));
        return settings;
    }

    private Set<Integer> expected() {
        return request.definition().executorConfig().get(HttpRules.EXPECT) instanceof List<?> list
                ? list.stream()
                        .filter(Number.class::isInstance)
                        .map(each -> ((Number) each).intValue())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private @Nullable Object output(OutboundAnswer answer, @Nullable Object body)
            throws StageFailure, InterruptedException {
        String response = request.definition().executorConfig().get(HttpRules.RESPONSE) instanceof String text
                ? text.strip()
                : "";
        if (response.isEmpty()) {
            return body;
        }
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        seen.put("status", answer.status());
        seen.put("headers", answer.headers());
        seen.put("body", body);
        try {
            return expressions.evaluate(response, seen);
        } catch (ExpressionException e) {
            throw failure(e);
        }
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no cause.
    private static StageFailure refused(OutboundAnswer answer) throws IOException {
        String sentence = "'" + answer.url().host() + "' answered with the status " + answer.status() + "."
                + HttpReading.said(answer);
        return PASSING.contains(answer.status())
                ? StageFailure.retryable(
                        "http_status",
                        sentence,
                        null,
                        RetryAfter.of(answer.header("retry-after"), answer.header("date"))
                                .orElse(null))
                : StageFailure.permanent("http_status", sentence);
    }

    @SuppressWarnings("NullAway")
    private static StageFailure failure(OutboundException e) {
        String sentence = String.valueOf(e.getMessage());
        return e.isPassing()
                ? StageFailure.retryable(e.code(), sentence, null)
                : StageFailure.permanent(e.code(), sentence);
    }

    @SuppressWarnings("NullAway")
    private static StageFailure failure(ExpressionException e) {
        String sentence = "The expression 'response' of the stage failed: " + e.getMessage();
        return e.reason() == ExpressionException.Reason.UNAVAILABLE
                ? StageFailure.retryable("expression_unavailable", sentence, null)
                : StageFailure.permanent("expression_failed", sentence);
    }
}
