package dev.callboard.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attempts whose outputs are a task's result: those that no other one took for its input. */
final class EndStages {
    private static final Set<String> DONE = Set.of("completed", "approved");

    private EndStages() {}

    /** Whether an attempt has an output that counts. */
    static boolean isDone(Map<?, ?> execution) {
        return DONE.contains(String.valueOf(execution.get("status")));
    }

    /**
     * In the order of the pipeline, whichever of them ended first.
     *
     * @param executions all attempts of the task
     */
    static List<Map<?, ?>> of(Map<?, ?> task, List<?> executions) {
        Map<Object, Map<?, ?>> done = new LinkedHashMap<>();
        for (Object each : executions) {
            if (each instanceof Map<?, ?> execution && isDone(execution)) {
                done.put(execution.get("stage_template_id"), execution);
            }
        }
        Set<Object> taken = new HashSet<>();
        for (Map<?, ?> execution : done.values()) {
            if (execution.get("input") instanceof Map<?, ?> input
                    && input.get("executions") instanceof Map<?, ?> from) {
                taken.addAll(from.values());
            }
        }
        List<Map<?, ?>> ends = new ArrayList<>();
        for (Object each : task.get("stages") instanceof List<?> stages ? stages : List.of()) {
            Map<?, ?> execution = each instanceof Map<?, ?> stage ? done.get(stage.get("id")) : null;
            if (execution != null && !taken.contains(execution.get("id"))) {
                ends.add(execution);
            }
        }
        return ends;
    }
}
