package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ApproveTask;
import dev.callboard.taskmodel.ExecutionView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person changes what a stage put out. */
class EditedOutputsTest extends TaskServerFixture {
    @Test
    void whatAPersonMadeOfAnOutputGoesOnAndTheStagesOwnStays() throws IOException {
        server.stage("writes", (context, input) -> "a draft")
                .stage(
                        "reads",
                        (context, input) -> List.of(input, context.state().get("text")))
                .pipeline(
                        """
                        name: p
                        stages:
                          - {name: writes, type: writes, approval: approval, metadata_overrides: {state_key: text}}
                          - {name: reads, type: reads}
                        """)
                .start();
        String id = server.run("p").id();
        server.until(id, "awaiting_approval");
        server.ask(ExecutionMessages.APPROVE, new ApproveTask(id, null, null, Map.of("output", "a letter")));
        server.until(id, "completed");
        List<ExecutionView> executions = server.executions(id);
        assertThat(executions.get(0).output()).isEqualTo("a draft");
        assertThat(String.valueOf(executions.get(0).decision())).contains("output=a letter");
        assertThat(executions.get(1).output()).isEqualTo(List.of("a letter", "a letter"));
        assertThat(server.task(id).stateKeys()).containsEntry("text", "a letter");
    }
}
