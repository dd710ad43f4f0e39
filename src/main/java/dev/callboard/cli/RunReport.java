package dev.callboard.cli;

import dev.callboard.cli.RunResult.Result;
import dev.callboard.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Prints what became of a task: its result on standard output, and on standard error the inputs that were not read. */
final class RunReport {
    private final TaskRuns runs;
    private final UnreadInputs unread = new UnreadInputs();

    RunReport(TaskRuns runs) {
        this.runs = runs;
    }

    /** The task with its executions and their outputs as one JSON object. */
    void json(Map<?, ?> task) throws ExecutionException, InterruptedException, IOException {
        Map<Object, @Nullable Object> whole = new LinkedHashMap<>(task);
        List<Object> executions = new ArrayList<>();
        for (Object each : executions(task)) {
            Map<Object, @Nullable Object> execution = new LinkedHashMap<>((Map<?, ?>) each);
            boolean waits = "awaiting_approval".equals(execution.get("status"));
            Object output = EndStages.isDone(execution) || waits ? output(execution) : null;
            unread.add(output);
            execution.put("output", output);
            execution.remove("output_ref");
            executions.add(execution);
        }
        whole.put("executions", executions);
        System.out.println(Json.write(whole));
        unread.print(System.err);
    }

    /** A line about the task, and what its end stages put out when it is completed. */
    void plain(Map<?, ?> task) throws ExecutionException, InterruptedException, IOException {
        List<?> executions = executions(task);
        List<Map<?, ?>> ends = EndStages.of(task, executions);
        List<Result> results = new ArrayList<>();
        for (Object each : executions) {
            if (each instanceof Map<?, ?> execution && EndStages.isDone(execution)) {
                Object output = output(execution);
                unread.add(output);
                if (ends.contains(execution)) {
                    results.add(new Result(execution, decided(execution, output)));
                }
            }
        }
        Object error = task.get("error");
        System.out.println("Task " + task.get("id") + " " + task.get("status") + unread.summary()
                + (error == null ? "" : ": " + error));
        unread.print(System.err);
        if ("completed".equals(task.get("status"))) {
            results.sort((one, other) -> ends.indexOf(one.execution()) - ends.indexOf(other.execution()));
            RunResult.print(System.out, results);
        }
    }

    private List<?> executions(Map<?, ?> task) throws ExecutionException, InterruptedException, IOException {
        return runs.executions(String.valueOf(task.get("id")));
    }

    private @Nullable Object output(Map<?, ?> execution) throws ExecutionException, InterruptedException, IOException {
        return runs.output(String.valueOf(execution.get("id")));
    }

    /** What a person made of it goes before what the stage put out. */
    private static @Nullable Object decided(Map<?, ?> execution, @Nullable Object output) {
        return execution.get("decision") instanceof Map<?, ?> decision && decision.get("output") != null
                ? decision.get("output")
                : output;
    }
}
