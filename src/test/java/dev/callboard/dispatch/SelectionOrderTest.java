package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.Chosen;
import dev.callboard.engine.ExecutionMessages.GetTimeline;
import dev.callboard.engine.ExecutionMessages.PutSelection;
import dev.callboard.engine.ExecutionMessages.TimelineItem;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.GetSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task that waits at its second stage is given another order. */
class SelectionOrderTest extends TaskServerFixture {
    private TaskView task;

    @BeforeEach
    void start() throws IOException {
        server.stage("s", (context, input) -> 1)
                .stage("u", (context, input) -> 1)
                .pipeline(
                        """
                        name: p
                        stages:
                          - {name: a, type: s, locked: true}
                          - {name: b, type: s, approval: approval}
                          - {name: c, type: u}
                          - {name: d, type: s, metadata_overrides: {dependencies: [u]}}
                        """)
                .start();
        task = server.until(server.run("p").id(), "awaiting_approval");
    }

    /** Puts stages, by their numbers, in this order. */
    private void put(int... order) {
        List<Chosen> chosen = new ArrayList<>();
        for (int number : order) {
            chosen.add(new Chosen(task.stages().get(number).id(), chosen.size()));
        }
        server.ask(ExecutionMessages.SELECT, new PutSelection(task.id(), chosen, null));
    }

    private long revision() {
        return server.ask(TaskMessages.SELECTION_GET, new GetSelection(task.id()))
                .revision();
    }

    private List<String> noted() {
        return server.ask(ExecutionMessages.TIMELINE, new GetTimeline(task.id())).items().stream()
                .filter(item -> item.kind().equals("selected"))
                .map(TimelineItem::detail)
                .toList();
    }

    private TaskView created(String stage) {
        return server.create(Map.of("title", "T", "pipeline", "p", "stages", List.of(stage)));
    }

    @Test
    void aNewTaskHasTheLockedStagesAndWhatItsStagesNeed() {
        assertThat(created("c").stages())
                .extracting(TaskView.Stage::selected)
                .containsExactly(true, false, true, false);
        assertThatThrownBy(() -> created("d"))
                .hasMessageContaining("invalid_selection")
                .hasMessageContaining("'d' needs 'c', which is not selected");
    }

    @Test
    void theLockedFirstStageStaysFirst() {
        assertThatThrownBy(() -> put(1, 0, 2, 3))
                .hasMessageContaining("invalid_selection")
                .hasMessageContaining("'a' is the first stage");
        assertThat(noted()).isEmpty();
    }

    @Test
    void whatWasStartedStaysBeforeWhatWasNot() {
        assertThatThrownBy(() -> put(0, 2, 1, 3))
                .hasMessageContaining("invalid_selection")
                .hasMessageContaining("'c' would come before a stage that was started already");
        put(0, 1, 3, 2);
        assertThat(noted()).containsExactly("a, b, d, c");
    }

    @Test
    void everyPutIsARevisionAndOnlyAChangeIsNoted() {
        List<ExecutionView> attempts = server.executions(task.id());
        long before = revision();
        put(0, 1, 2);
        put(0, 1, 2);
        assertThat(revision()).isEqualTo(before + 2);
        assertThat(noted()).containsExactly("a, b, c");
        put();
        assertThat(revision()).isEqualTo(before + 3);
        assertThat(noted()).containsExactly("a, b, c", "a, b, c, d");
        assertThat(server.task(task.id()).status()).isEqualTo("awaiting_approval");
        assertThat(server.executions(task.id())).isEqualTo(attempts);
    }
}
