package dev.callboard.cli;

import dev.callboard.bus.Bus;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Approves for {@code --approve-all} what can be approved as it stands. */
final class RunApprovals {
    private final TaskRuns runs;

    RunApprovals(TaskRuns runs) {
        this.runs = runs;
    }

    /**
     * Approves the stage that waits; what it suggests is the selection.
     *
     * @return why a person is needed, a sentence that names the stage; nothing when it was approved
     */
    Optional<String> approve(Map<?, ?> task) throws ExecutionException, InterruptedException, IOException {
        String id = String.valueOf(task.get("id"));
        Map<?, ?> waiting = Map.of();
        for (Object each : runs.executions(id)) {
            if (each instanceof Map<?, ?> execution && "awaiting_approval".equals(execution.get("status"))) {
                waiting = execution;
                break;
            }
        }
        if (waiting.isEmpty()) {
            // Somebody else was first; the task goes on.
            return Optional.empty();
        }
        try {
            runs.approve(id, body(task, waiting));
            return Optional.empty();
        } catch (ProblemException e) {
            if (e.problem().kind() == Problem.Kind.UNAVAILABLE) {
                throw e;
            }
            return refused(e.problem(), waiting);
        } catch (ExecutionException e) {
            Problem problem =
                    Bus.problemOf(Objects.requireNonNullElse(e.getCause(), e)).orElse(null);
            if (problem == null) {
                throw e;
            }
            return refused(problem, waiting);
        }
    }

    private static Map<String, Object> body(Map<?, ?> task, Map<?, ?> waiting) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("execution_id", String.valueOf(waiting.get("id")));
        if (task.get("suggestion") instanceof Map<?, ?> suggestion
                && Objects.equals(waiting.get("id"), suggestion.get("execution_id"))) {
            body.put("selected_stage_ids", suggested(task, waiting.get("stage_template_id")));
        }
        return body;
    }

    /** What was suggested, what is always there, and the stage itself. */
    private static List<String> suggested(Map<?, ?> task, @Nullable Object own) {
        List<String> ids = new ArrayList<>();
        for (Object each : task.get("stages") instanceof List<?> list ? list : List.of()) {
            Map<?, ?> stage = (Map<?, ?>) each;
            Object id = stage.get("id");
            if (Boolean.TRUE.equals(stage.get("suggested"))
                    || Boolean.TRUE.equals(stage.get("locked"))
                    || String.valueOf(id).equals(own)) {
                ids.add(String.valueOf(id));
            }
        }
        return ids;
    }

    private static Optional<String> refused(Problem problem, Map<?, ?> waiting) {
        if (problem.code().equals("already_decided") || problem.code().equals("wrong_status")) {
            return Optional.empty();
        }
        boolean byHand = problem.violations().stream()
                .anyMatch(violation -> violation.pointer().equals("/decision/output"));
        return Optional.of("The stage '" + waiting.get("stage") + "' needs a person: "
                + (byHand ? "its result has to be filled in." : reasons(problem)));
    }

    private static String reasons(Problem problem) {
        return problem.violations().isEmpty()
                ? problem.detail()
                : problem.violations().stream()
                        .map(violation -> (violation.pointer() + " " + violation.sentence()).strip())
                        .collect(Collectors.joining(" "));
    }
}
