package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stage in another process asks of plugins, and what comes back: {@code {answer}}, {@code {failure}} or nothing. */
final class WireQuestion {
    private WireQuestion() {}

    /** The call of the child. */
    static Map<String, @Nullable Object> call(String question, Map<String, Object> arguments) {
        try {
            Map<String, @Nullable Object> call = new LinkedHashMap<>();
            call.put("question", question);
            call.put("arguments", JsonShape.copy(arguments, JsonShape.MAX_TEXT));
            return call;
        } catch (WrongShapeException e) {
            throw new IllegalArgumentException("the question '" + question + "': " + e.getMessage(), e);
        }
    }

    /** Asks on behalf of the child; gives the value of the reply. */
    static Map<String, Object> asked(StageContext context, Frame call) throws IOException {
        Map<String, Object> arguments = ChildContext.frozen(call.head().get("arguments"));
        try {
            return context.ask(call.text("question"), arguments)
                    .<Map<String, Object>>map(answer -> Map.of("answer", answer))
                    .orElse(Map.of());
        } catch (StageFailure e) {
            Map<String, Object> failure = new LinkedHashMap<>();
            failure.put("code", e.code());
            failure.put("message", String.valueOf(e.getMessage()));
            failure.put("retryable", e.retryable());
            e.retryAfter().ifPresent(delay -> failure.put("retry_after", delay.toString()));
            return Map.of("failure", failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the attempt was cancelled");
        }
    }

    /** What the child makes of the reply. */
    @SuppressWarnings("NullAway") // The SPI takes null for no cause and for no delay.
    static Optional<Map<String, Object>> answer(Frame reply) throws StageFailure {
        Map<String, Object> value = ChildContext.frozen(reply.head().get("value"));
        if (value.get("failure") instanceof Map<?, ?> failure) {
            String code = String.valueOf(failure.get("code"));
            String message = String.valueOf(failure.get("message"));
            if (!Boolean.TRUE.equals(failure.get("retryable"))) {
                throw StageFailure.permanent(code, message);
            }
            Duration delay = failure.get("retry_after") instanceof String text ? Duration.parse(text) : null;
            throw StageFailure.retryable(code, message, null, delay);
        }
        return Optional.ofNullable(value.get("answer")).map(ChildContext::frozen);
    }
}
