package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people may decide, once, and what is refused. */
class DecisionTest {
    @TempDir
    Path folder;

    private ScenarioServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ScenarioServer(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Map<?, ?> refused(int status, String path, Object body) throws Exception {
        return server.send(status, "POST", path, body);
    }

    @Test
    void ofAThousandApprovalsAtOnceOneWins() throws Exception {
        String id = server.task("One winner", "");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("execution_id", server.attempt(id, "Research").get("id"));
        body.put("decision", ScenarioServer.filledIn("Research"));
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(server.later("POST", "/api/tasks/" + id + "/approve", body, "person " + i));
        }
        List<String> won = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            HttpResponse<String> response = call.get();
            if (response.statusCode() == 200) {
                won.add(response.body());
            } else {
                Map<?, ?> problem = (Map<?, ?>) Json.parse(response.body());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
                assertThat(problem.get("code")).isEqualTo("already_decided");
                assertThat(problem.get("detail").toString()).containsPattern("made by 'person \\d+' at 20");
            }
        }
        assertThat(won).hasSize(1);
        server.waiting(id);
        assertThat(server.at(id)).isEqualTo("High-Level Approaches");
        assertThat(server.items("/api/tasks/" + id + "/executions")).hasSize(2);
        assertThat(server.timeline(id).stream().filter("approved: Research"::equals))
                .hasSize(1);
    }

    @Test
    void whatTheStatusDoesNotAllowIsRefused() throws Exception {
        Map<?, ?> pending = server.send(201, "POST", "/api/tasks", Map.of("title", "T", "pipeline", "dev-task"));
        String path = "/api/tasks/" + pending.get("id");
        for (String verb : List.of("/approve", "/retry")) {
            assertThat(refused(409, path + verb, Map.of()).get("code")).isEqualTo("wrong_status");
        }
        String id = server.task("T", "");
        String task = "/api/tasks/" + id;
        assertThat(refused(404, task + "/approve", Map.of("execution_id", "none"))
                        .get("code"))
                .isEqualTo("unknown_execution");
        assertThat(refused(400, task + "/redo", Map.of("stage", "none")).get("code"))
                .isEqualTo("unknown_stage");
        Map<?, ?> unknown = refused(400, task + "/redo", Map.of("x", 1));
        assertThat(unknown.get("code")).isEqualTo("invalid_request");
        assertThat(String.valueOf(unknown.get("errors"))).contains("pointer=/x");
        Map<?, ?> waiting = server.attempt(id, "Research");
        server.send(200, "POST", task + "/cancel", Map.of());
        assertThat(server.attempt(id, "Research").get("status")).isEqualTo("cancelled");
        assertThat(refused(409, task + "/approve", Map.of("execution_id", waiting.get("id")))
                        .get("code"))
                .isEqualTo("already_decided");
        server.send(200, "POST", task + "/redo", Map.of());
        server.waiting(id);
        assertThat(server.at(id)).isEqualTo("Research");
    }

    @Test
    void whatAPersonFillsInIsCheckedWithPointers() throws Exception {
        String id = server.task("T", "");
        String path = "/api/tasks/" + id + "/approve";
        assertThat(refused(400, path, Map.of()).toString())
                .contains("invalid_decision", "/decision/output", "is missing");
        assertThat(refused(
                                400,
                                path,
                                Map.of("decision", Map.of("output", Map.of("research", 7, "questions", List.of()))))
                        .toString())
                .contains("/decision/output/research");
        assertThat(refused(400, path, Map.of("decision", Map.of("colour", "red")))
                        .toString())
                .contains("/decision/colour");
        Map<String, Object> choosing = new LinkedHashMap<>(ScenarioServer.filledIn("Research"));
        choosing.put("selected", List.of("a"));
        assertThat(refused(400, path, Map.of("decision", choosing)).toString())
                .contains("pointer=/decision/selected,", "must be left out: this stage offers nothing to select");
        server.approve(id, ScenarioServer.filledIn("Research"));
        Map<String, Object> options = new LinkedHashMap<>(ScenarioServer.filledIn("High-Level Approaches"));
        options.put("selected", List.of("b"));
        assertThat(refused(400, path, Map.of("decision", options)).toString())
                .contains("/decision/selected/0", "'b' is not offered");
        options.remove("selected");
        assertThat(refused(400, path, Map.of("decision", options)).toString()).contains("must name 1 of");
        assertThat(server.task(id).get("status")).isEqualTo("awaiting_approval");
    }

    @Test
    void openQuestionsBlockUntilTheyAreAnsweredOrWaived() throws Exception {
        String id = server.task("T", "");
        Map<String, Object> output = ScenarioServer.research(null);
        output.put("questions", List.of(Map.of("id", "q1", "question", "Which?", "proposed_answer", "Both")));
        Map<String, Object> decision = new LinkedHashMap<>(Map.of("output", output));
        assertThat(refused(409, "/api/tasks/" + id + "/approve", Map.of("decision", decision))
                        .get("code"))
                .isEqualTo("open_questions");
        server.send(200, "POST", "/api/tasks/" + id + "/redo", Map.of("user_input", "q1: both"));
        server.waiting(id);
        assertThat(server.prompt(id, "Research")).contains("q1: both");
        assertThat(server.attempt(id, "Research").get("user_input")).isEqualTo("q1: both");
        decision.put("waive_questions", true);
        server.approve(id, decision);
        assertThat(server.at(id)).isEqualTo("High-Level Approaches");
        assertThat(server.attempt(id, "Research").get("decision").toString())
                .contains("waive_questions=true", "action=approved", "by=tester");
    }

    @Test
    void aResultWhoseQuestionsHaveAnswersIsTakenAndTheRestIsAskedForInPlainWords() throws Exception {
        String id = server.task("T", "");
        Map<String, Object> output = ScenarioServer.research(null);
        Map<String, Object> which = Map.of("id", "q1", "question", "Which?", "proposed_answer", "Both");
        Map<String, Object> where = Map.of("id", "q2", "question", "Where?", "proposed_answer", "", "answer", " ");
        output.put("questions", List.of(which, where));
        assertThat(refused(409, "/api/tasks/" + id + "/approve", Map.of("decision", Map.of("output", output)))
                        .get("detail"))
                .isEqualTo(
                        "“Research” asks 2 questions without an answer. Answer them, or continue without answering.");
        Map<String, Object> answered = new LinkedHashMap<>(where);
        answered.put("answer", "Here");
        output.put("questions", List.of(which, answered));
        assertThat(refused(409, "/api/tasks/" + id + "/approve", Map.of("decision", Map.of("output", output)))
                        .get("detail"))
                .isEqualTo("“Research” asks a question without an answer. Answer it, or continue without answering.");
        Map<String, Object> both = new LinkedHashMap<>(which);
        both.put("answer", "The first");
        output.put("questions", List.of(both, answered));
        server.approve(id, Map.of("output", output));
        assertThat(server.at(id)).isEqualTo("High-Level Approaches");
        assertThat(server.attempt(id, "Research").get("output").toString()).contains("The first", "Here");
    }

    @Test
    void withoutAModelRulesSuggestAndSaySo() throws Exception {
        String id = server.task("Payment with stored data", "Take payment data from user input. Open a pull request.");
        Map<?, ?> input = (Map<?, ?>) server.attempt(id, "Research").get("input");
        assertThat(input.get("suggested_by")).isEqualTo("rules");
        assertThat(input.get("suggested_stages").toString())
                .contains("Security Review", "'payment'", "Implementation", "PR Preparation")
                .doesNotContain("Planning");
        assertThat(server.task(id).get("suggestion").toString()).contains("by=rules");
        assertThat(server.stage(id, "Security Review").get("suggested")).isEqualTo(true);
        assertThat(server.stage(id, "Planning").get("suggested")).isEqualTo(false);
        assertThat(server.stage(id, "Research").get("locked")).isEqualTo(true);
    }

    @Test
    void waitingSurvivesARestartAndGoesOnThen() throws Exception {
        String id = server.task("T", "");
        server.approve(id, ScenarioServer.filledIn("Research"), "Research", "Implementation");
        server.restart();
        assertThat(server.at(id)).isEqualTo("Implementation");
        assertThat(server.task(id).get("status")).isEqualTo("awaiting_approval");
        assertThat(server.finish(id)).containsExactly("Implementation");
        assertThat(server.task(id).get("status")).isEqualTo("completed");
    }

    @Test
    void theSelectionChangesLaterForStagesThatWereNotStarted() throws Exception {
        String id = server.task("T", "");
        server.approve(id, ScenarioServer.filledIn("Research"), "Research", "Implementation");
        HttpResponse<String> read = server.call("GET", "/api/tasks/" + id + "/stages", null);
        String etag = read.headers().firstValue("etag").orElseThrow();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String stage : server.ids(id, "Research", "Implementation", "PR Preparation")) {
            rows.add(Map.of("stage_template_id", stage, "sort_order", rows.size() * 10));
        }
        Map<?, ?> put =
                server.send(200, "PUT", "/api/tasks/" + id + "/stages", Map.of("stages", rows), "If-Match", etag);
        assertThat(put.get("stages").toString()).contains("sort_order=20");
        assertThat(server.numbered(id)).isEqualTo("1 Research, 2 Implementation, 3 PR Preparation");
        assertThat(server.send(412, "PUT", "/api/tasks/" + id + "/stages", Map.of("stages", rows), "If-Match", etag)
                        .get("code"))
                .isEqualTo("stale_revision");
        List<Map<String, Object>> before = new ArrayList<>(rows);
        before.add(Map.of("stage_template_id", server.ids(id, "Planning").get(0), "sort_order", 5));
        assertThat(server.send(400, "PUT", "/api/tasks/" + id + "/stages", Map.of("stages", before))
                        .toString())
                .contains("invalid_selection", "'Planning' comes before 'Implementation'");
        assertThat(server.finish(id)).containsExactly("Implementation", "PR Preparation");
        assertThat(server.send(409, "PUT", "/api/tasks/" + id + "/stages", Map.of("stages", rows))
                        .get("code"))
                .isEqualTo("wrong_status");
    }

    @Test
    void aSelectionThatLacksANeedIsRefusedWithTheReason() throws Exception {
        String project = (String) server.send(201, "POST", "/api/projects", Map.of("name", "Needs"))
                .get("id");
        List<?> templates = server.items("/api/projects/" + project + "/stage-templates");
        String refinement = (String) ((Map<?, ?>) templates.get(4)).get("id");
        server.send(
                200,
                "PATCH",
                "/api/projects/" + project + "/stage-templates/" + refinement,
                Map.of("metadata_overrides", Map.of("dependencies", List.of("implementation"))));
        Map<?, ?> task =
                server.send(201, "POST", "/api/tasks", Map.of("title", "T", "project", project, "auto_start", true));
        String id = server.waiting((String) task.get("id"));
        assertThat(server.stage(id, "Refinement").get("needs")).isEqualTo(server.ids(id, "Implementation"));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("decision", ScenarioServer.filledIn("Research"));
        body.put("selected_stage_ids", server.ids(id, "Refinement"));
        Map<?, ?> problem = refused(400, "/api/tasks/" + id + "/approve", body);
        assertThat(problem.get("code")).isEqualTo("invalid_selection");
        assertThat(problem.toString()).contains("'Refinement' needs 'Implementation', which is not selected");
        assertThat(server.attempt(id, "Research").get("status")).isEqualTo("awaiting_approval");
        body.put("selected_stage_ids", server.ids(id, "Refinement", "Implementation"));
        server.send(200, "POST", "/api/tasks/" + id + "/approve", body);
        assertThat(server.numbered(id)).isEqualTo("1 Research, 2 Implementation, 3 Refinement");
    }
}
