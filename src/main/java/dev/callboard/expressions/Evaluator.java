package dev.callboard.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates JSONata with {@code com.dashjoin:jsonata}, in the thread that asks. Bounds nothing but what it gives: time and
 * memory are the process's.
 *
 * <p>Why this library: it passes the reference's tests, has no dependencies (170 KB) and, without its own bound of depth,
 * which counts items, takes 100,000 objects ({@code $map} 1.4 s, {@code items.{…}} 2.8 s, sorting 0.6 s, a group for each
 * 1.9 s, on a busy machine of two cores). {@code com.ibm.jsonata4java} 2.6.2 took 7.6 s, 4.1 s, more than 15 s and 4.4 s, does
 * not know {@code #$i}, and brings seven libraries (3.3 MB). Quadratic here, and a fault there: {@code $reduce} with {@code $append}.
 */
final class Evaluator {
    private final long maxOutput;

    /** @param maxOutput the most characters of a result, about */
    Evaluator(long maxOutput) {
        this.maxOutput = maxOutput;
    }

    /** Reads an expression; as it is parsed for a thread, each evaluation reads its own. */
    static Jsonata parse(String expression) throws ExpressionFault {
        if (expression.isBlank()) {
            throw ExpressionFault.at(expression, -1, "there is nothing in it; $ is the whole input");
        }
        Jsonata parsed;
        try {
            parsed = Jsonata.jsonata(expression);
        } catch (RuntimeException | StackOverflowError e) {
            throw ExpressionFault.of(expression, -1, e);
        }
        SyntaxTree.secure(parsed, expression);
        TextFunctions.register(parsed);
        JsonFunction.register(parsed);
        // Nothing finds it by another way either.
        parsed.assign("eval", null);
        return parsed;
    }

    /** Evaluates an expression; null is also for what it does not find. */
    @Nullable
    Object evaluate(String expression, @Nullable Object input) throws ExpressionFault {
        Jsonata parsed = parse(expression);
        // What is being evaluated, the innermost last: the library does not say where its operators failed.
        Deque<Parser.Symbol> entered = new ArrayDeque<>();
        Jsonata.Frame frame = parsed.createFrame();
        frame.setEvaluateEntryCallback((symbol, context, environment) -> entered.push(symbol));
        frame.setEvaluateExitCallback((symbol, context, environment, value) -> entered.pop());
        Object result;
        try {
            result = parsed.evaluate(input, frame);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw ExpressionFault.of(expression, entered.isEmpty() ? -1 : SyntaxTree.position(entered.peek()), e);
        }
        try {
            return JsonShape.copy(result, maxOutput);
        } catch (WrongShapeException e) {
            String why = String.valueOf(e.getMessage());
            throw ExpressionFault.at(
                    expression,
                    -1,
                    why.contains(Jsonata.class.getPackageName())
                            ? "it gives a function; call it, as in $sum(prices)"
                            : "its result cannot be used: " + why);
        }
    }
}
