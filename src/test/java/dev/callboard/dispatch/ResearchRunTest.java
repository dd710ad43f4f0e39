package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ApproveTask;
import dev.callboard.engine.ExecutionMessages.GetTimeline;
import dev.callboard.engine.ExecutionMessages.TimelineItem;
import dev.callboard.taskmodel.TaskView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stage that suggests stages and asks questions, done by code. */
class ResearchRunTest extends TaskServerFixture {
    private volatile List<Object> questions = List.of();
    private volatile String suggested = "Plan";

    @BeforeEach
    void start() throws IOException {
        server.stage(
                        "look",
                        (context, input) -> Map.of(
                                "research",
                                "It is so.",
                                "questions",
                                questions,
                                "suggested_stages",
                                List.of(Map.of("name", suggested, "reason", "Why not."))))
                .stage("plan", (context, input) -> 1)
                .pipeline(
                        """
                        name: p
                        stages:
                          - {name: Look, type: look, output_format: research, locked: true}
                          - {name: Plan, type: plan}
                        """)
                .start();
    }

    private List<TimelineItem> ignored(String id) {
        return server.ask(ExecutionMessages.TIMELINE, new GetTimeline(id)).items().stream()
                .filter(item -> item.kind().equals("suggestion_ignored"))
                .toList();
    }

    private List<String> audited(String id) {
        return TaskServer.get(server.database.read(transaction -> transaction
                .execute("SELECT actor, detail FROM audit_log WHERE kind = 'task.suggestion_ignored' AND subject = '"
                        + id + "'")
                .map(rows -> {
                    List<String> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getString("actor") + ": " + row.getString("detail")));
                    return found;
                })));
    }

    @Test
    void anUnknownNameIsNotedAndAuditedAsTheModels() {
        suggested = "Dancing";
        TaskView task = server.until(server.run("p").id(), "completed");
        assertThat(ignored(task.id())).singleElement().satisfies(item -> {
            assertThat(item.actor()).isEqualTo("model");
            assertThat(item.detail()).isEqualTo("Dancing");
        });
        assertThat(audited(task.id())).containsExactly("model: Dancing");
        assertThat(task.suggestion().unknown()).containsExactly("Dancing");
    }

    @Test
    void aLockedStageMayBeSuggested() {
        suggested = " LOOK ";
        TaskView task = server.until(server.run("p").id(), "completed");
        assertThat(ignored(task.id())).isEmpty();
        assertThat(task.suggestion().unknown()).isEmpty();
        assertThat(task.stages()).extracting(TaskView.Stage::suggested).containsExactly(false, true);
    }

    @Test
    void openQuestionsWaitForAPersonWithoutAnApproval() {
        questions = List.of(Map.of("id", "q", "question", "Which?"));
        String id = server.run("p").id();
        server.until(id, "awaiting_approval");
        server.ask(ExecutionMessages.APPROVE, new ApproveTask(id, null, null, Map.of("waive_questions", true)));
        server.until(id, "completed");
    }
}
