package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Projects and their stage templates, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectTest {
    private ScenarioServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new ScenarioServer(folder);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private String project(String name) throws Exception {
        return (String)
                server.send(201, "POST", "/api/projects", Map.of("name", name)).get("id");
    }

    private static String templates(String project) {
        return "/api/projects/" + project + "/stage-templates";
    }

    private List<String> names(String project) throws Exception {
        return server.items(templates(project)).stream()
                .map(item -> (String) ((Map<?, ?>) item).get("name"))
                .toList();
    }

    private String id(String project, String name) throws Exception {
        return server.items(templates(project)).stream()
                .map(item -> (Map<?, ?>) item)
                .filter(item -> item.get("name").equals(name))
                .map(item -> (String) item.get("id"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRemovedStageComesBackWithItsIdItsPromptAndItsPlace() throws Exception {
        String project = project("Restored");
        List<String> before = names(project);
        String planning = id(project, "Planning");
        String path = templates(project) + "/" + planning;
        server.send(200, "PATCH", path, Map.of("prompt_template", "Written by hand"));
        server.send(200, "DELETE", path, null);
        assertThat(names(project)).doesNotContain("Planning");
        Map<?, ?> back = server.send(200, "POST", path + "/restore", Map.of());
        assertThat(back.get("id")).isEqualTo(planning);
        assertThat(back.get("prompt_template")).isEqualTo("Written by hand");
        assertThat(names(project)).isEqualTo(before);
        server.send(200, "POST", path + "/restore", Map.of());

        server.send(200, "DELETE", path, null);
        server.send(201, "POST", templates(project), Map.of("name", "planning", "type", "planning"));
        assertThat(server.send(409, "POST", path + "/restore", Map.of()).get("code"))
                .isEqualTo("template_exists");
        assertThat(server.send(404, "POST", templates(project) + "/none/restore", Map.of())
                        .get("code"))
                .isEqualTo("unknown_template");
    }

    private String task(String project) throws Exception {
        Map<?, ?> task =
                server.send(201, "POST", "/api/tasks", Map.of("title", "T", "project", project, "auto_start", true));
        return server.waiting((String) task.get("id"));
    }

    @Test
    void aProjectIsMadeRenamedAndArchived() throws Exception {
        Map<?, ?> made = server.send(201, "POST", "/api/projects", Map.of("name", "One", "description", "First"));
        assertThat(made.get("pipeline")).isEqualTo("dev-task");
        String path = "/api/projects/" + made.get("id");
        assertThat(server.send(200, "PATCH", path, Map.of("name", "Two"), "If-Match", "\"1\"")
                        .get("name"))
                .isEqualTo("Two");
        assertThat(server.send(412, "PATCH", path, Map.of("name", "Three"), "If-Match", "\"1\"")
                        .get("code"))
                .isEqualTo("stale_revision");
        assertThat(server.send(200, "DELETE", path, null).get("archived_at")).isNotNull();
        assertThat(server.items("/api/projects").toString()).doesNotContain("name=Two");
        assertThat(server.get(path).get("description")).isEqualTo("First");
        assertThat(server.send(400, "POST", "/api/tasks", Map.of("title", "T", "project", made.get("id")))
                        .get("code"))
                .isEqualTo("unknown_project");
        assertThat(server.send(400, "POST", "/api/projects", Map.of("name", "X", "pipeline", "none"))
                        .get("code"))
                .isEqualTo("unknown_pipeline");
    }

    @Test
    void templatesAreEditedAddedCopiedAndReordered() throws Exception {
        String project = project("Edits");
        assertThat(names(project)).hasSize(7).startsWith("Research", "High-Level Approaches");
        String planning = id(project, "Planning");
        Map<?, ?> changed = server.send(
                200,
                "PATCH",
                templates(project) + "/" + planning,
                Map.of("name", "Plan", "prompt_template", "Plan {{task_description}}", "approval", "none"));
        assertThat(changed.get("prompt_template")).isEqualTo("Plan {{task_description}}");
        assertThat(changed.get("output_format")).isEqualTo("plan");
        assertThat(server.send(
                                400,
                                "PATCH",
                                templates(project) + "/" + planning,
                                Map.of("name", "refinement", "approval", "maybe", "type", "unheard"))
                        .toString())
                .contains("invalid_template", "pointer=/name", "pointer=/approval");
        server.send(201, "POST", templates(project), Map.of("name", "Release notes", "type", "implementation"));
        server.send(201, "POST", templates(project) + "/" + planning + "/duplicate", null);
        assertThat(names(project))
                .containsExactly(
                        "Research",
                        "High-Level Approaches",
                        "Plan",
                        "Plan (copy)",
                        "Implementation",
                        "Refinement",
                        "Security Review",
                        "PR Preparation",
                        "Release notes");
        List<String> order = new ArrayList<>();
        for (String name : names(project)) {
            order.add(id(project, name));
        }
        Collections.reverse(order.subList(1, order.size()));
        server.send(200, "POST", templates(project) + "/reorder", Map.of("order", order));
        assertThat(names(project)).startsWith("Research", "Release notes", "PR Preparation");
        Collections.reverse(order);
        assertThat(server.send(400, "POST", templates(project) + "/reorder", Map.of("order", order))
                        .get("code"))
                .isEqualTo("invalid_order");
        assertThat(server.send(409, "DELETE", templates(project) + "/" + id(project, "Research"), null)
                        .get("code"))
                .isEqualTo("template_locked");
    }

    @Test
    void aTemplateThatWaitsIsKeptAndOneDeletedMeanwhileIsLeftOut() throws Exception {
        String project = project("Deletes");
        String id = task(project);
        server.approve(
                id, ScenarioServer.filledIn("Research"), "Research", "Planning", "Implementation", "Security Review");
        assertThat(server.send(409, "DELETE", templates(project) + "/" + id(project, "Planning"), null)
                        .get("code"))
                .isEqualTo("template_in_use");
        server.send(200, "DELETE", templates(project) + "/" + id(project, "Implementation"), null);
        assertThat(server.numbered(id)).isEqualTo("1 Research, 2 Planning, 3 Security Review");
        assertThat(server.finish(id)).containsExactly("Planning", "Security Review");
        assertThat(server.timeline(id)).containsOnlyOnce("left_out: Implementation");
        assertThat(server.attempt(id, "Security Review").get("input").toString())
                .contains("Planning=");
        assertThat(names(project)).doesNotContain("Implementation");
        assertThat(server.timeline(task(project))).noneMatch(item -> item.startsWith("left_out"));
    }

    @Test
    void aStageThatNeedsNoApprovalStillNeedsAPersonsResult() throws Exception {
        String project = project("None");
        server.send(200, "PATCH", templates(project) + "/" + id(project, "Planning"), Map.of("approval", "none"));
        String id = task(project);
        server.approve(id, ScenarioServer.filledIn("Research"), "Research", "Planning");
        assertThat(server.at(id)).isEqualTo("Planning");
        assertThat(server.finish(id)).containsExactly("Planning");
    }

    @Test
    void aStageThatAnotherOneNeedsIsNotTakenFromBeforeIt() throws Exception {
        String project = project("Needs");
        String path = templates(project);
        assertThat(server.send(400, "POST", path, Map.of("name", "Graph", "type", "knowledge-graph"))
                        .toString())
                .contains("invalid_template", "pointer=/type", "'Graph' needs a stage of type 'extract' before it");
        server.send(201, "POST", path, Map.of("name", "Cut", "type", "chunk"));
        server.send(201, "POST", path, Map.of("name", "Find", "type", "extract"));
        server.send(201, "POST", path, Map.of("name", "Graph", "type", "knowledge-graph"));

        Map<?, ?> refused = server.send(409, "DELETE", path + "/" + id(project, "Find"), null);
        assertThat(refused.get("code")).isEqualTo("template_needed");
        assertThat(refused.get("detail").toString()).contains("'Graph' needs a stage of type 'extract'", "Remove");
        assertThat(server.send(400, "PATCH", path + "/" + id(project, "Find"), Map.of("type", "planning"))
                        .toString())
                .contains("invalid_template", "'Graph' needs a stage of type 'extract'");
        List<String> order = new ArrayList<>();
        for (String name : names(project)) {
            order.add(id(project, name));
        }
        Collections.swap(order, order.size() - 1, order.size() - 2);
        assertThat(server.send(400, "POST", path + "/reorder", Map.of("order", order))
                        .get("code"))
                .isEqualTo("invalid_order");
        assertThat(names(project)).endsWith("Cut", "Find", "Graph");

        server.send(200, "PATCH", path + "/" + id(project, "Graph"), Map.of("name", "Knowledge"));
        server.send(200, "DELETE", path + "/" + id(project, "Knowledge"), null);
        server.send(200, "DELETE", path + "/" + id(project, "Find"), null);
        assertThat(names(project)).endsWith("Cut");
    }
}
