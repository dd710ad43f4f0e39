package dev.callboard.cli;

import dev.callboard.json.Json;
import dev.callboard.spi.Plural;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Prints what a task put out last: texts as they are, everything else as indented JSON. */
final class RunResult {
    /** The most characters; what is longer is cut. */
    static final int MAX_CHARACTERS = 20_000;

    private static final Set<String> DONE = Set.of("completed", "approved");

    private RunResult() {}

    static void print(PrintStream out, TaskRuns runs, String taskId)
            throws ExecutionException, InterruptedException, IOException {
        Map<?, ?> last = last(runs.executions(taskId));
        if (last == null) {
            return;
        }
        Object output = decided(last, runs);
        if (output == null) {
            return;
        }
        String text = output instanceof String plain
                ? plain.stripTrailing()
                : Json.writePretty(output).strip();
        int end = Math.min(text.length(), MAX_CHARACTERS);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        out.println();
        out.println(text.substring(0, end));
        if (end < text.length()) {
            out.println();
            out.println("… " + Plural.of(text.length() - end, "more character")
                    + ". The whole: run with --json, or GET /api/executions/" + last.get("id")
                    + "/output of a server on this data folder.");
        }
    }

    private static @Nullable Map<?, ?> last(List<?> executions) {
        Map<?, ?> last = null;
        for (Object each : executions) {
            if (each instanceof Map<?, ?> execution && DONE.contains(String.valueOf(execution.get("status")))) {
                last = execution;
            }
        }
        return last;
    }

    /** What a person made of it goes before what the stage put out. */
    private static @Nullable Object decided(Map<?, ?> execution, TaskRuns runs)
            throws ExecutionException, InterruptedException, IOException {
        return execution.get("decision") instanceof Map<?, ?> decision && decision.get("output") != null
                ? decision.get("output")
                : runs.output(String.valueOf(execution.get("id")));
    }
}
