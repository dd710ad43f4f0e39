package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which outputs are the result of a task. */
class EndStagesTest {
    private static final Map<String, ?> TASK = Map.of(
            "stages",
            List.of(Map.of("id", "read"), Map.of("id", "index"), Map.of("id", "graph"), Map.of("id", "unselected")));

    private static Map<String, ?> execution(String id, String stage, String status, Map<String, ?> input) {
        return Map.of("id", id, "stage_template_id", stage, "status", status, "input", input);
    }

    private static final Map<String, ?> READ = execution("e1", "read", "completed", Map.of("task_input", true));
    private static final Map<String, ?> INDEX =
            execution("e2", "index", "approved", Map.of("executions", Map.of("read", "e1")));
    private static final Map<String, ?> GRAPH =
            execution("e3", "graph", "completed", Map.of("executions", Map.of("read", "e1")));

    @Test
    void theyAreInThePipelinesOrderWhicheverEndedFirst() {
        List<Map<?, ?>> ends = List.of(INDEX, GRAPH);
        assertThat(EndStages.of(TASK, List.of(READ, INDEX, GRAPH))).isEqualTo(ends);
        assertThat(EndStages.of(TASK, List.of(READ, GRAPH, INDEX))).isEqualTo(ends);
    }

    @Test
    void anAttemptThatIsNotDoneCountsForNothing() {
        Map<String, ?> failed = execution("e4", "graph", "failed", Map.of("executions", Map.of("read", "e1")));
        assertThat(EndStages.of(TASK, List.of(READ, failed))).isEqualTo(List.of(READ));
        assertThat(EndStages.of(TASK, List.of(READ, failed, GRAPH))).isEqualTo(List.of(GRAPH));
        Map<String, ?> stale = execution("e0", "read", "stale", Map.of("task_input", true));
        assertThat(EndStages.of(TASK, List.of(stale, READ, INDEX))).isEqualTo(List.of(INDEX));
    }
}
