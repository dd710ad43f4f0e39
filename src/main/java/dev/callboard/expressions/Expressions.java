package dev.callboard.expressions;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates JSONata over JSON values (as {@link dev.callboard.json.Json} reads them), with nothing of the host in reach and
 * within limits of time and memory. Safe to call from any thread; blocks, so never call it on an event loop.
 */
public interface Expressions {
    /**
     * What is wrong with the text of an expression, as a sentence's end such as {@code is no expression at character 7: …},
     * without a full stop; nothing when it can be evaluated.
     */
    Optional<String> fault(String expression);

    /**
     * The members of a member of the context that an expression reads by their names, such as {@code a} for {@code settings.a};
     * none of an expression that has a {@link #fault}. It may read others by other ways.
     */
    List<String> namesRead(String expression, String member);

    /**
     * Evaluates an expression.
     *
     * @param input what the expression sees as its context; never changed
     * @return a JSON value; null also where the expression finds nothing
     * @throws ExpressionException when it fails, takes too long or needs too much memory; its message is a whole sentence for
     *     the author
     * @throws InterruptedException when the thread was interrupted; the evaluation is ended then
     */
    @Nullable
    Object evaluate(String expression, @Nullable Object input) throws ExpressionException, InterruptedException;
}
