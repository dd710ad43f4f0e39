package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.projects.ProjectMessages;
import dev.callboard.projects.ProjectMessages.CreateProject;
import dev.callboard.projects.ProjectMessages.Edit;
import dev.callboard.projects.ProjectMessages.EditTemplates;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stages of a project are edited while a task of it is at its first stage. */
class OpenTasksSeeEditsTest extends TaskServerFixture {
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private String project;
    private TaskView task;

    @BeforeEach
    void start() throws Exception {
        server.stage("says", (context, input) -> {
                    began.countDown();
                    goOn.await();
                    return context.settings();
                })
                .pipeline(
                        """
                        name: p
                        stages:
                          - {name: a, type: says, config: {word: old}}
                          - {name: b, type: says, config: {word: old}}
                        """)
                .start();
        project = server.ask(ProjectMessages.CREATE, new CreateProject("P", "", "p", null))
                .project()
                .id();
        task = server.create(Map.of("title", "T", "project", project, "auto_start", true));
        began.await();
    }

    @AfterEach
    void release() {
        goOn.countDown();
    }

    private void change(int stage, Map<String, Object> members) {
        String template = task.stages().get(stage).id();
        server.ask(ProjectMessages.EDIT, new EditTemplates(project, Edit.CHANGE, template, members, null));
    }

    private List<Object> outputs() {
        goOn.countDown();
        server.until(task.id(), "completed");
        return server.executions(task.id()).stream().map(ExecutionView::output).toList();
    }

    @Test
    void theNextAttemptHasWhatWasEditedAndTheRunningOneDoesNot() {
        change(0, Map.of("config", Map.of("word", "new")));
        change(1, Map.of("config", Map.of("word", "new")));
        assertThat(outputs()).isEqualTo(List.of(Map.of("word", "old"), Map.of("word", "new")));
    }

    @Test
    void aStageThatIsAddedIsPartOfTasksWithAllStages() {
        Map<String, Object> added = Map.of("name", "c", "type", "says", "config", Map.of("word", "added"));
        server.ask(ProjectMessages.EDIT, new EditTemplates(project, Edit.ADD, null, added, null));
        assertThat(outputs()).isEqualTo(List.of(Map.of("word", "old"), Map.of("word", "old"), Map.of("word", "added")));
    }

    @Test
    void openTasksAreToldOfAnEdit() {
        List<String> told = new CopyOnWriteArrayList<>();
        server.bus.listen(
                TaskMessages.CHANGED,
                event -> told.add(
                        event.task().id() + " " + event.task().stages().get(1).name()));
        change(1, Map.of("name", "renamed"));
        await().until(() -> told.contains(task.id() + " renamed"));
    }
}
