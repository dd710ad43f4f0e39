package dev.callboard.cli;

import dev.callboard.json.Json;
import dev.callboard.spi.Plural;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints what the stages at the end of a task put out: texts as they are, everything else as indented JSON. Of several such stages each
 * result stands below the stage's name.
 */
final class RunResult {
    /** The most characters of a result; what is longer is cut. */
    static final int MAX_CHARACTERS = 20_000;

    private RunResult() {}

    /**
     * What a stage put out.
     *
     * @param execution the attempt
     * @param output null when it put out nothing
     */
    record Result(Map<?, ?> execution, @Nullable Object output) {}

    static void print(PrintStream out, List<Result> results) {
        for (Result result : results) {
            if (results.size() > 1) {
                out.println();
                out.print(result.execution().get("stage") + ":");
                if (result.output() == null) {
                    out.print(" no output");
                }
                out.println();
            } else if (result.output() != null) {
                out.println();
            }
            if (result.output() != null) {
                print(out, result.execution(), result.output());
            }
        }
    }

    private static void print(PrintStream out, Map<?, ?> execution, Object output) {
        String text = output instanceof String plain
                ? plain.stripTrailing()
                : Json.writePretty(output).strip();
        int end = Math.min(text.length(), MAX_CHARACTERS);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        out.println(text.substring(0, end));
        if (end < text.length()) {
            out.println();
            out.println("… " + Plural.of(text.length() - end, "more character")
                    + ". The whole: run with --json, or GET /api/executions/" + execution.get("id")
                    + "/output of a server on this data folder.");
        }
    }
}
