package dev.callboard.triggers;

import dev.callboard.bus.Bus;
import dev.callboard.bus.Caller;
import dev.callboard.expressions.ExpressionException;
import dev.callboard.expressions.Expressions;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.palette.SecretReference;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.SecretSource.MissingSecretException;
import dev.callboard.pipelines.SourceConfig.Webhook;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.BlobStore;
import dev.callboard.triggers.TaskStarter.Occasion;
import dev.callboard.triggers.TriggersMessages.HookReply;
import dev.callboard.triggers.TriggersMessages.PostHook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers requests to the addresses of webhooks: each that may starts one task. */
final class Hooks {
    private static final int MAX_KEY = 200;

    private final Vertx vertx;
    private final Triggers triggers;
    private final HookInput input;
    private final SecretSource secrets;
    private final Expressions expressions;
    private final TaskStarter starter;
    private final Clock clock;

    Hooks(
            Vertx vertx,
            Triggers triggers,
            BlobStore blobs,
            SecretSource secrets,
            Expressions expressions,
            TaskStarter starter,
            Clock clock) {
        this.vertx = vertx;
        this.triggers = triggers;
        this.input = new HookInput(blobs);
        this.secrets = secrets;
        this.expressions = expressions;
        this.starter = starter;
        this.clock = clock;
    }

    /** Whether a firing failed because it was done before. */
    static boolean isRepeated(Throwable failure) {
        return Bus.problemOf(failure)
                .filter(problem -> problem.code().equals("already_fired"))
                .isPresent();
    }

    /**
     * Starts a task, or answers the one that the same request started before. Fails with {@code unknown_hook}, {@code
     * trigger_paused}, {@code trigger_invalid}, {@code invalid_signature}, {@code signature_used}, {@code secret_missing},
     * {@code invalid_input}, or as a task does.
     */
    Future<HookReply> post(PostHook request) {
        Trigger trigger = triggers.byToken(request.token())
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown_hook", "There is no webhook at this address; it may have been given another one."));
        if (trigger.row().paused()) {
            throw ProblemException.illegalState("trigger_paused", "This webhook is paused.");
        }
        if (!(trigger.config() instanceof Webhook webhook) || trigger.fault != null) {
            throw ProblemException.illegalState(
                    "trigger_invalid", String.valueOf(triggers.view(trigger).reason()));
        }
        String from = Caller.current().from();
        @Nullable
        String once = signature(webhook, request)
                .map(used -> "sig:" + Tokens.hash(used))
                .orElse(null);
        @Nullable
        String key =
                key(request.headers()).map(given -> "key:" + Tokens.hash(given)).orElse(null);
        return vertx.executeBlocking(() -> input(webhook, request), false)
                .compose(input -> {
                    Caller.source(trigger.row().name(), from).enter();
                    return starter.ask(
                            trigger, new Occasion(trigger.row().source(), List.of(input), null, null, key, once));
                })
                .recover(failure -> Future.failedFuture(isRepeated(failure) ? used() : failure))
                .compose(task -> triggers.refresh(trigger).map(new HookReply(task)));
    }

    private static ProblemException used() {
        return ProblemException.duplicate(
                "signature_used",
                "A request with this signature was taken before. Sign each one anew, or send it with the"
                        + " Idempotency-Key that it had.");
    }

    private Optional<String> signature(Webhook webhook, PostHook request) {
        SecretReference reference = webhook.hmacSecret();
        if (reference == null) {
            return Optional.empty();
        }
        try {
            String secret = secrets.value(reference, "");
            return Optional.of(
                    HookSignature.require(request.headers(), request.body().getBytes(), secret, clock.instant()));
        } catch (MissingSecretException e) {
            throw ProblemException.unavailable("secret_missing", "The signature cannot be checked: " + e.getMessage());
        }
    }

    private static Optional<String> key(Map<String, String> headers) {
        String key = headers.get("idempotency-key");
        if (key != null && key.length() > MAX_KEY) {
            throw ProblemException.invalid(
                    "invalid_idempotency_key", "Idempotency-Key must have at most " + MAX_KEY + " characters.");
        }
        return key == null || key.isBlank() ? HookSignature.delivery(headers) : Optional.of(key);
    }

    /** What the task gets, as in a request for one. Blocks. */
    private Map<String, Object> input(Webhook webhook, PostHook request) throws IOException, InterruptedException {
        byte[] body = request.body().getBytes();
        String type = mediaType(request.headers().getOrDefault("content-type", ""));
        if (webhook.input().equals(Webhook.BODY)) {
            return input.of(body, type);
        }
        Map<String, Object> sees = new LinkedHashMap<>();
        sees.put("headers", request.headers());
        sees.put("query", request.query());
        Object parsed = type.endsWith("json") ? parsed(body) : new String(body, StandardCharsets.UTF_8);
        if (parsed != null) {
            sees.put("body", parsed);
        }
        Object value = evaluate(webhook.input(), sees);
        return value instanceof String text
                ? input.of(text.getBytes(StandardCharsets.UTF_8), "text/plain")
                : input.of(Json.writeBytes(value), "application/json");
    }

    private static @Nullable Object parsed(byte[] body) {
        try {
            return body.length == 0 ? null : Json.parse(body);
        } catch (JsonSyntaxException e) {
            throw ProblemException.invalid("invalid_input", "The body is not valid JSON: " + e.getMessage());
        }
    }

    private Object evaluate(String expression, Map<String, Object> sees) throws InterruptedException {
        try {
            Object value = expressions.evaluate(expression, sees);
            if (value == null) {
                throw ProblemException.invalid(
                        "invalid_input", "The webhook's expression finds nothing in this request.");
            }
            return value;
        } catch (ExpressionException e) {
            throw e.reason() == ExpressionException.Reason.UNAVAILABLE
                    ? ProblemException.unavailable("expressions_unavailable", String.valueOf(e.getMessage()))
                    : ProblemException.invalid(
                            "invalid_input", "The webhook's expression fails on this request: " + e.getMessage());
        }
    }

    private static String mediaType(String contentType) {
        return contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }
}
