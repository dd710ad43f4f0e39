package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.taskmodel.ExecutionView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches that do not depend on each other. */
class BranchesTest {
    @TempDir
    Path dir;

    private TaskServer server(CountDownLatch met) throws IOException {
        return new TaskServer(dir)
                .stage("start", (context, input) -> "from start")
                .stage("branch", (context, input) -> {
                    // Ends only when all its branches are here at the same time.
                    met.countDown();
                    met.await();
                    return context.stageName() + " " + input;
                })
                .stage("join", (context, input) -> input)
                .pipeline(
                        """
                        name: diamond
                        stages:
                          - {name: start, type: start}
                          - {name: left, type: branch, depends_on: [start]}
                          - {name: right, type: branch, depends_on: [start]}
                          - {name: join, type: join, depends_on: [left, right]}
                        """)
                .start();
    }

    private static Object joined(TaskServer server, Object stages) {
        String id = server.create(Map.of("title", "T", "pipeline", "diamond", "auto_start", true, "stages", stages))
                .id();
        server.until(id, "completed");
        List<ExecutionView> executions = server.executions(id);
        return executions.get(executions.size() - 1).output();
    }

    @Test
    void bothRunAtOnceAndTheJoinGetsBothByName() throws IOException {
        try (TaskServer server = server(new CountDownLatch(2))) {
            assertThat(joined(server, List.of("start", "left", "right", "join")))
                    .isEqualTo(Map.of("left", "left from start", "right", "right from start"));
        }
    }

    @Test
    void aBranchLeftOutIsBridged() throws IOException {
        try (TaskServer server = server(new CountDownLatch(1))) {
            assertThat(joined(server, List.of("start", "right", "join"))).isEqualTo("right from start");
            assertThat(joined(server, List.of("start", "join"))).isEqualTo("from start");
        }
    }
}
