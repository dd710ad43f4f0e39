package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.RunTask;
import dev.callboard.palette.Setting;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.StageMetadata;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.ArchiveTask;
import dev.callboard.tasks.TaskBoardMessages.Filter;
import dev.callboard.tasks.TaskBoardMessages.ListTasks;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.GetSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a task is made of and asked for: selection, settings, input, lists; and what is refused before it starts. */
class TaskRequestsTest extends TaskServerFixture {
    @Test
    void aSelectionLeavesStagesOutAndBridgesThem() throws IOException {
        server.stage("a", (context, input) -> "from a")
                .stage("b", (context, input) -> "from b")
                .stage("c", (context, input) -> input)
                .chain("p", "a", "b", "c")
                .start();
        TaskView task =
                server.create(Map.of("title", "T", "pipeline", "p", "stages", List.of("c", "a"), "auto_start", true));
        TaskView done = server.until(task.id(), "completed");
        assertThat(done.stages()).extracting(TaskView.Stage::selected).containsExactly(true, false, true);
        assertThat(done.stages()).extracting(TaskView.Stage::number).containsExactly(1, null, 2);
        assertThat(server.executions(task.id()).get(1).output()).isEqualTo("from a");
        assertThat(server.ask(TaskMessages.SELECTION_GET, new GetSelection(task.id()))
                        .stages())
                .hasSize(2);
        assertThatThrownBy(() -> server.create(Map.of("title", "T", "pipeline", "p", "stages", List.of("zz"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("known are a, b, c");
    }

    @Test
    void settingsAreCheckedAndDefaultsFilledIn() throws IOException {
        Setting size = new Setting("size", Setting.Type.INTEGER, "Size", 5, 1, 10, List.of(), false);
        server.stage(
                        "cut",
                        () -> (context, input) -> context.settings(),
                        List.of(size),
                        StageMetadata.builder("cut").stateKey("cut").build())
                .chain("p", "cut")
                .start();
        TaskView done = server.until(server.run("p").id(), "completed");
        assertThat(server.executions(done.id()).get(0).output()).isEqualTo(Map.of("size", 5));
        TaskView own = server.create(Map.of(
                "title", "T", "pipeline", "p", "auto_start", true, "settings", Map.of("cut", Map.of("size", 7))));
        server.until(own.id(), "completed");
        assertThat(server.executions(own.id()).get(0).output()).isEqualTo(Map.of("size", 7));
        assertThatThrownBy(() -> server.create(
                        Map.of("title", "T", "pipeline", "p", "settings", Map.of("cut", Map.of("size", 11)))))
                .hasMessageContaining("at most 10");
    }

    @Test
    void aTaskThatCannotRunIsRefusedBeforeItStarts() throws IOException {
        server.stage("ok", (context, input) -> 1)
                .manual("person")
                .chain("p", "ok", "person")
                .chain("q", "ok", "nowhere");
        server.start();
        assertThatThrownBy(() -> server.run("p"))
                .hasMessageContaining("'person'")
                .hasMessageContaining("not available");
        assertThatThrownBy(() -> server.run("q")).hasMessageContaining("no stage type 'nowhere'");
        assertThatThrownBy(() -> server.run("zz")).hasMessageContaining("known are p, q");
        TaskView pending = server.create(Map.of("title", "T", "pipeline", "p"));
        assertThatThrownBy(() -> server.ask(ExecutionMessages.RUN, new RunTask(pending.id(), null)))
                .hasMessageContaining("stage_unavailable");
        assertThat(server.ask(TaskBoardMessages.LIST, new ListTasks(Filter.of(null), null, 50))
                        .tasks())
                .hasSize(1);
    }

    @Test
    void requestsAreCheckedAsAWhole() throws IOException {
        server.stage("ok", (context, input) -> 1)
                .pipeline("name: texts\napplicable_sources: [text/*]\nstages: [{name: ok, type: ok}]\n")
                .start();
        assertThatThrownBy(() -> server.create(
                        Map.of("titel", "x", "input", List.of(Map.of("url", "file:///etc/passwd"), Map.of("text", 1)))))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(
                                problem.problem().violations())
                        .extracting("pointer")
                        .contains("/titel", "/title", "/input/0/url", "/input/1/text"));
        assertThatThrownBy(() -> server.create(Map.of("title", "T", "input", List.of(Map.of("blob", "../../etc")))))
                .hasMessageContaining("there is no blob");
        assertThat(server.create(Map.of("title", "T", "input", List.of(Map.of("text", "x"))))
                        .pipeline())
                .isEqualTo("texts");
        assertThatThrownBy(() -> server.create(Map.of("title", "T"))).hasMessageContaining("no_pipeline");
    }

    @Test
    void tasksAreListedInPagesAndArchivedOnesAreGone() throws IOException {
        server.stage("ok", (context, input) -> 1).chain("p", "ok").start();
        List<String> ids =
                IntStream.range(0, 5).mapToObj(i -> server.run("p").id()).toList();
        ids.forEach(id -> server.until(id, "completed"));
        var first = server.ask(TaskBoardMessages.LIST, new ListTasks(Filter.of(null), null, 3));
        var second = server.ask(TaskBoardMessages.LIST, new ListTasks(Filter.of("completed"), first.next(), 3));
        List<String> listed = new ArrayList<>();
        first.tasks().forEach(task -> listed.add(task.id()));
        second.tasks().forEach(task -> listed.add(task.id()));
        assertThat(listed)
                .containsExactlyElementsOf(
                        ids.stream().sorted(Collections.reverseOrder()).toList());
        assertThat(second.next()).isNull();
        server.ask(TaskBoardMessages.ARCHIVE, new ArchiveTask(ids.get(0)));
        assertThat(server.ask(TaskBoardMessages.LIST, new ListTasks(Filter.of(null), null, 10))
                        .tasks())
                .hasSize(4);
    }
}
