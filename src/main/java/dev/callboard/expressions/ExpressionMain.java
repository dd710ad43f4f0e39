package dev.callboard.expressions;

import com.dashjoin.jsonata.Jsonata;
import dev.callboard.fork.CallServer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the process that evaluates expressions. Arguments: how to get at the connection, the most characters of
 * a result. A call is {@code {expression, evaluate: true, input?}}, its answer {@code {value}} or {@code {fault}}; or {@code
 * {expression, member?}}, which is only read, with {@code {names?}} ({@link NamesRead}) or {@code {fault}}.
 */
public final class ExpressionMain {
    /** Deep enough for a recursion of some ten thousand steps. */
    private static final long STACK_BYTES = 64L << 20;

    private ExpressionMain() {}

    /** Runs until the server closes the connection. */
    public static void main(String[] arguments) throws IOException {
        Evaluator evaluator = new Evaluator(Long.parseLong(arguments[1]));
        CallServer.serve(arguments[0], call -> answer(evaluator, call), STACK_BYTES);
    }

    private static Map<String, @Nullable Object> answer(Evaluator evaluator, Map<?, ?> call) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        String expression = String.valueOf(call.get("expression"));
        try {
            if (Boolean.TRUE.equals(call.get("evaluate"))) {
                answer.put("value", evaluator.evaluate(expression, call.get("input")));
            } else {
                Jsonata parsed = Evaluator.parse(expression);
                if (call.get("member") instanceof String member) {
                    answer.put("names", NamesRead.of(parsed, member));
                }
            }
        } catch (ExpressionFault e) {
            answer.put("fault", String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            answer.put("fault", "it is nested too deeply");
        }
        return answer;
    }
}
