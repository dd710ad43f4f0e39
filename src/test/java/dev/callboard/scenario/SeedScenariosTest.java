package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that run only the stages they need, as a person sees them over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeedScenariosTest {
    private static final String ALL =
            "1 Research, 2 High-Level Approaches, 3 Planning, 4 Implementation, 5 Refinement, 6 Security Review, "
                    + "7 PR Preparation";
    private static final List<Map<String, String>> SUGGESTED = List.of(
            Map.of("name", " implementation ", "reason", "Code must change."),
            Map.of("name", "PR PREPARATION", "reason", "It goes in by a pull request."));

    private ScenarioServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new ScenarioServer(folder);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    /** Approves Research with suggestions in its output and these stages selected. */
    private String researched(String... selected) throws Exception {
        String id = server.task("Mend the parser", "The last line is lost.");
        server.approve(id, Map.of("output", ScenarioServer.research(SUGGESTED)), selected);
        return id;
    }

    private List<String> suggested(String id) throws Exception {
        List<String> names = new ArrayList<>();
        for (Map<?, ?> stage : server.stages(id)) {
            if (Boolean.TRUE.equals(stage.get("suggested"))) {
                names.add((String) stage.get("name"));
            }
        }
        return names;
    }

    @Test
    void newTask() throws Exception {
        String id = server.task("Mend the parser", "The last line is lost.");
        assertThat(server.numbered(id)).isEqualTo(ALL);
        assertThat(server.prompt(id, "Research"))
                .contains("Mend the parser", "The last line is lost.", "- \"Security Review\": Looks for")
                .doesNotContain("{{", "- \"Research\"");
        server.approve(
                id,
                Map.of("output", ScenarioServer.research(SUGGESTED)),
                "Research",
                "Implementation",
                "Security Review");

        assertThat(suggested(id)).containsExactly("Implementation", "PR Preparation");
        assertThat(server.stage(id, "Implementation").get("reason")).isEqualTo("Code must change.");
        assertThat(server.task(id).get("suggestion").toString()).contains("by=person", "matched=2");
        assertThat(server.numbered(id)).isEqualTo("1 Research, 2 Implementation, 3 Security Review");
        assertThat(server.finish(id)).containsExactly("Implementation", "Security Review");
        assertThat(server.task(id).get("status")).isEqualTo("completed");
        assertThat(server.timeline(id))
                .contains("selected: Research, Implementation, Security Review", "approved: Implementation");
    }

    @Test
    void legacyTask() throws Exception {
        String id = server.task("An old task", "");
        server.approve(id, ScenarioServer.filledIn("Research"));
        assertThat(server.numbered(id)).isEqualTo(ALL);
        assertThat(server.task(id).get("suggestion")).isNull();
        assertThat(server.finish(id)).hasSize(6);
        assertThat(server.task(id).get("status")).isEqualTo("completed");
    }

    @Test
    void redoResearch() throws Exception {
        String id = researched("Research", "Implementation");
        server.send(
                200,
                "POST",
                "/api/tasks/" + id + "/redo",
                Map.of("stage", server.ids(id, "Research").get(0), "user_input", "Look at the tests too."));
        server.waiting(id);

        assertThat(server.at(id)).isEqualTo("Research");
        assertThat(server.numbered(id)).isEqualTo(ALL);
        assertThat(server.timeline(id)).contains("selection_cleared: Research, Implementation");
        assertThat(server.prompt(id, "Research")).contains("Look at the tests too.", "The parser drops the last line.");
        assertThat(server.attempt(id, "Implementation").get("status")).isEqualTo("stale");
        assertThat(server.attempt(id, "Implementation").get("decision").toString())
                .contains("action=redone", "by=tester");
        server.approve(
                id,
                Map.of("output", ScenarioServer.research(List.of(Map.of("name", "Planning", "reason", "It grew.")))),
                "Research",
                "Planning");
        assertThat(suggested(id)).containsExactly("Planning");
        assertThat(server.finish(id)).containsExactly("Planning");
    }

    @Test
    void skipNonAdjacentStages() throws Exception {
        String id = researched("Research", "Implementation", "PR Preparation");
        assertThat(server.at(id)).isEqualTo("Implementation");
        assertThat(server.prompt(id, "Implementation")).contains("The parser drops the last line.");
        assertThat(server.attempt(id, "Implementation").get("input").toString())
                .contains("Research=" + server.attempt(id, "Research").get("id"));
        assertThat(server.finish(id)).containsExactly("Implementation", "PR Preparation");
    }

    @Test
    void allStagesSelected() throws Exception {
        String id = researched(
                "Research",
                "High-Level Approaches",
                "Planning",
                "Implementation",
                "Refinement",
                "Security Review",
                "PR Preparation");
        assertThat(server.numbered(id)).isEqualTo(ALL);
        assertThat(server.finish(id)).hasSize(6);
        assertThat(server.prompt(id, "Planning")).contains("One way", "Decided by a person", "\"a\"");
        assertThat(server.task(id).get("status")).isEqualTo("completed");
    }

    @Test
    void singleStage() throws Exception {
        String id = researched("Research");
        assertThat(server.numbered(id)).isEqualTo("1 Research");
        assertThat(server.task(id).get("status")).isEqualTo("completed");
        assertThat(server.task(id).get("current_stage_id")).isNull();
        String empty = server.task("Nothing ticked", "");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("selected_stage_ids", List.of());
        body.put("decision", ScenarioServer.filledIn("Research"));
        server.send(200, "POST", "/api/tasks/" + empty + "/approve", body);
        assertThat(server.task(empty).get("status")).isEqualTo("completed");
    }

    @Test
    void stageNameMismatch() throws Exception {
        String id = server.task("Mend the parser", "");
        server.approve(
                id,
                Map.of(
                        "output",
                        ScenarioServer.research(List.of(
                                Map.of("name", "Implementatoin", "reason", "x"),
                                Map.of("name", "Planning", "reason", "A plan helps.")))));
        assertThat(suggested(id)).containsExactly("Planning");
        assertThat(server.timeline(id)).contains("suggestion_ignored: Implementatoin");
        String none = server.task("Mend the parser", "");
        server.approve(
                none, Map.of("output", ScenarioServer.research(List.of(Map.of("name", "Dancing", "reason", "x")))));
        assertThat(suggested(none)).hasSize(6);
    }

    @Test
    void stepperNumbersFollowTheSelection() throws Exception {
        String id = researched("Research", "Planning", "PR Preparation");
        assertThat(server.numbered(id)).isEqualTo("1 Research, 2 Planning, 3 PR Preparation");
        assertThat(server.stage(id, "Implementation").get("number")).isNull();
    }

    @Test
    void currentStageIsTheNextSelectedOne() throws Exception {
        String id = researched("Research", "Refinement");
        assertThat(server.task(id).get("current_stage_id"))
                .isEqualTo(server.ids(id, "Refinement").get(0));
        assertThat(server.task(id).get("status")).isEqualTo("awaiting_approval");
    }

    @Test
    void resultsChainOverSkippedStages() throws Exception {
        String id = researched("Research", "Planning");
        assertThat(server.prompt(id, "Planning")).contains("The parser drops the last line.");
    }

    @Test
    void theLastSelectedStageCompletesTheTask() throws Exception {
        String id = researched("Research", "Implementation");
        server.approve(id, Map.of("output", "Changed one line."));
        assertThat(server.task(id).get("status")).isEqualTo("completed");
        assertThat(server.task(id).get("state_keys").toString()).contains("implementation=Changed one line.");
        assertThat(server.timeline(id)).endsWith("completed: ");
    }

    @Test
    void outputsBelongToTheirStages() throws Exception {
        String id = researched("Research", "Implementation", "PR Preparation");
        server.finish(id);
        assertThat(server.attempt(id, "Implementation").get("output")).isEqualTo("Implementation done by hand");
        assertThat(server.attempt(id, "PR Preparation").get("output").toString())
                .contains("Mend it");
        for (Object item : server.items("/api/tasks/" + id + "/executions")) {
            Map<?, ?> execution = (Map<?, ?>) item;
            assertThat(execution.get("stage_template_id"))
                    .isEqualTo(server.stage(id, (String) execution.get("stage")).get("id"));
        }
    }
}
