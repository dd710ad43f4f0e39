package dev.callboard.executors;

import dev.callboard.expressions.ExpressionException;
import dev.callboard.expressions.Expressions;
import dev.callboard.palette.StageExecutor.Request;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates the expression of its definition. */
final class ExpressionStage implements Stage {
    private final Expressions expressions;
    private final Request request;

    ExpressionStage(Expressions expressions, Request request) {
        this.expressions = expressions;
        this.request = request;
    }

    @Override
    @SuppressWarnings("NullAway") // The SPI takes null for an output that is null.
    public Object execute(StageContext context, Object input) throws StageFailure, InterruptedException, IOException {
        String expression = String.valueOf(request.definition().executorConfig().get(ExpressionExecutor.EXPRESSION));
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        seen.put("input", input);
        seen.put("settings", request.values().settings());
        seen.put("task", request.around().task());
        // They may be much: an expression that does not name them does without.
        if (expression.contains("stages")) {
            seen.put("stages", request.around().stages().load());
        }
        try {
            return expressions.evaluate(expression, seen);
        } catch (ExpressionException e) {
            throw failure(e);
        }
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no cause.
    private static StageFailure failure(ExpressionException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case FAILED -> StageFailure.permanent("expression_failed", message);
            case TIMEOUT -> StageFailure.permanent("expression_timeout", message);
            case MEMORY -> StageFailure.permanent("expression_memory", message);
            case UNAVAILABLE -> StageFailure.retryable("expression_unavailable", message, null);
        };
    }
}
