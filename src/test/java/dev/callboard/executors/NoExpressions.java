package dev.callboard.executors;

import dev.callboard.expressions.Expressions;
import java.util.Optional;

/** For tests that evaluate none. */
final class NoExpressions implements Expressions {
    @Override
    public Optional<String> fault(String expression) {
        return Optional.empty();
    }

    @Override
    public Object evaluate(String expression, Object input) {
        throw new UnsupportedOperationException(expression);
    }
}
