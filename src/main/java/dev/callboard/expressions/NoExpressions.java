package dev.callboard.expressions;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where expressions cannot be evaluated: it refuses each, and says so. */
public final class NoExpressions implements Expressions {
    private static final String REASON = "needs expressions, which this server does not evaluate";

    @Override
    public Optional<String> fault(String expression) {
        return Optional.of(REASON);
    }

    @Override
    public @Nullable Object evaluate(String expression, @Nullable Object input) throws ExpressionException {
        throw new ExpressionException(ExpressionException.Reason.UNAVAILABLE, "This " + REASON + ".");
    }
}
