package dev.callboard.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.google.re2j.Pattern;
import dev.callboard.config.ExpressionsConfig;
import dev.callboard.expressions.ExpressionException.Reason;
import dev.callboard.fork.CallException;
import dev.callboard.fork.CallProcesses;
import dev.callboard.fork.ChildProgram;
import dev.callboard.problem.ProblemException;
import dev.callboard.process.ChildProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates in processes of their own: started at first use, kept warm, ended when an expression passes its limits, so that
 * none can slow or end the server or another expression.
 */
public final class ProcessExpressions implements Expressions, AutoCloseable {
    /** The longest expression, in characters. */
    static final int MAX_LENGTH = 100_000;

    /** How many are evaluated at once. */
    private static final int PROCESSES = 4;

    private static final Duration START = Duration.ofSeconds(60);

    private final ExpressionsConfig config;
    private final CallProcesses processes;

    /**
     * Starts nothing yet.
     *
     * @param folder where the processes' working folders are made; what is left there is removed
     * @param environment the server's; the processes see {@code PATH, LANG, LC_ALL, TZ} of it
     */
    public ProcessExpressions(
            ExpressionsConfig config,
            Path folder,
            ChildProcesses children,
            Function<String, @Nullable String> environment) {
        this.config = config;
        this.processes = new CallProcesses(
                new ChildProgram(
                        "expressions",
                        "The process of expressions",
                        ExpressionMain.class,
                        List.of(Jsonata.class, Pattern.class),
                        List.of(Long.toString(config.outputCharacters()))),
                new CallProcesses.Limits(config.heapMb(), config.outputCharacters(), PROCESSES, START),
                folder,
                children,
                environment);
    }

    @Override
    public Optional<String> fault(String expression) {
        if (expression.length() > MAX_LENGTH) {
            return Optional.of("has more than " + MAX_LENGTH + " characters");
        }
        Object fault = read(Map.of("expression", expression)).get("fault");
        return fault == null ? Optional.empty() : Optional.of("is not a valid expression: " + fault);
    }

    @Override
    public List<String> namesRead(String expression, String member) {
        Object names = expression.length() > MAX_LENGTH
                ? null
                : read(Map.of("expression", expression, "member", member)).get("names");
        return names instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Has an expression read; that it takes too long is a fault of it. */
    private Map<?, ?> read(Map<String, String> call) {
        try {
            return call(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("stopping", "The server is stopping.");
        } catch (ExpressionException e) {
            if (e.reason() == Reason.UNAVAILABLE) {
                throw ProblemException.unavailable("expressions_unavailable", String.valueOf(e.getMessage()));
            }
            return Map.of("fault", "it takes too much time or memory to be read");
        }
    }

    @Override
    public @Nullable Object evaluate(String expression, @Nullable Object input)
            throws ExpressionException, InterruptedException {
        if (expression.length() > MAX_LENGTH) {
            throw new ExpressionException(Reason.FAILED, "The expression has more than " + MAX_LENGTH + " characters.");
        }
        Map<String, @Nullable Object> call = new LinkedHashMap<>();
        call.put("expression", expression);
        call.put("evaluate", true);
        call.put("input", input);
        Map<?, ?> answer = call(call);
        if (answer.get("fault") instanceof String fault) {
            throw new ExpressionException(Reason.FAILED, "The expression fails: " + fault + ".");
        }
        return answer.get("value");
    }

    private Map<?, ?> call(Map<String, ? extends @Nullable Object> call)
            throws ExpressionException, InterruptedException {
        try {
            return processes.call(call, config.timeout());
        } catch (CallException e) {
            throw switch (e.kind()) {
                case TIMEOUT ->
                    new ExpressionException(
                            Reason.TIMEOUT,
                            "The expression takes longer than "
                                    + config.timeout().toMillis()
                                    + " ms (expressions.timeout_ms in callboard.yaml) and was ended; look for an endless"
                                    + " recursion, or give it less input.");
                case OUT_OF_MEMORY ->
                    new ExpressionException(
                            Reason.MEMORY,
                            "The expression needs more memory than " + config.heapMb()
                                    + " MB (expressions.heap_mb in callboard.yaml) and was ended.");
                case TOO_LONG ->
                    new ExpressionException(
                            Reason.MEMORY, "The expression's input is too large: " + e.getMessage() + ".");
                case ENDED -> new ExpressionException(Reason.UNAVAILABLE, e.getMessage() + " Try again.");
            };
        }
    }

    /** Ends all processes at once. */
    @Override
    public void close() {
        processes.close();
    }
}
