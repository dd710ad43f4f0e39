package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real answers are what the contract says they are, with nothing beside it. */
class SchemasTest extends SchemasFixture {
    private static JsonNode tree(Object value) {
        return new ObjectMapper().valueToTree(value);
    }

    private static JsonNode get(String path) {
        return ok(http.get(path)).json();
    }

    private static void assertItems(String schema, String path) {
        JsonNode items = get(path).path("items");
        assertThat(items).as(path).isNotEmpty();
        items.forEach(item -> schemas.assertFits(schema, item));
    }

    @Test
    void thePaletteAndItsEntries() {
        schemas.assertFits("Server", get("/api/vp"));
        schemas.assertFits("Palette", get("/api/vp/stages"));
        schemas.assertFits("PaletteEntry", get("/api/vp/stages/mine"));
        schemas.assertFits("PaletteEntry", get("/api/vp/stages/good"));
        schemas.assertFits("StageDefinition", tree(Stages.manual("mine")));
        Map<String, Object> graph = Map.of(
                "nodes",
                List.of(
                        Map.of("id", "a", "type", "source", "source_type", "text"),
                        Map.of("id", "b", "type", "stage", "stage_id", "nothing")),
                "edges",
                List.of());
        schemas.assertFits("Graph", tree(graph));
        schemas.assertFits(
                "GraphCheck", ok(http.post("/api/vp/validate", graph)).json());
        schemas.assertFits("GraphCheck", ok(http.post("/api/vp/compile", graph)).json());
    }

    @Test
    void pluginsAuditAndHealth() {
        assertItems("Plugin", "/api/plugins");
        schemas.assertFits("AuditPage", get("/api/audit"));
        schemas.assertFits("Health", get("/health/live"));
        schemas.assertFits("Health", http.get("/health/ready").json());
    }

    @Test
    void pipelinesAndTheirVersions() {
        String yaml = "name: p\nstages:\n  - {name: plan, type: planning, config: {depth: 2}, locked: true}\n"
                + "  - {name: gone, type: nothing, depends_on: [plan], approval: approval,"
                + " metadata_overrides: {state_key: x, description: y, dependencies: planning}}\n";
        Reply refused = http.put("/api/pipelines/p", yaml, "Content-Type", "application/yaml");
        assertThat(refused.status()).isEqualTo(400);
        schemas.assertFits("Problem", refused.json());
        Reply written =
                http.put("/api/pipelines/p", yaml.replace("nothing", "good"), "Content-Type", "application/yaml");
        schemas.assertFits("PipelineWritten", ok(written).json());
        assertItems("Pipeline", "/api/pipelines");
        get("/api/pipelines")
                .path("items")
                .forEach(each -> schemas.assertFits(
                        "Pipeline", get("/api/pipelines/" + each.path("name").asText() + "?resolved=true")));
        assertItems("PipelineVersion", "/api/pipelines/p/versions");
    }

    @Test
    void projectsAndTheirStages() {
        assertItems("Project", "/api/projects");
        schemas.assertFits("Project", get("/api/projects/" + project));
        assertItems("StageTemplate", "/api/projects/" + project + "/stage-templates");
    }

    @Test
    void tasksTheirStagesAndAttempts() {
        schemas.assertFits("NewTask", tree(newTask()));
        schemas.assertFits("Task", get("/api/tasks/" + task));
        assertItems("Task", "/api/tasks");
        assertItems("Execution", "/api/tasks/" + task + "/executions");
        ok(http.send("PATCH", "/api/tasks/" + task + "/ledger", Map.of("ready", true)));
        schemas.assertFits("Task", get("/api/tasks/" + task));
        Map<String, Object> output = Map.of("research", "It is so.", "questions", List.of());
        Map<String, Object> approval = Map.of("decision", Map.of("output", output, "comment", "Good."));
        schemas.assertFits(
                "Task",
                ok(http.post("/api/tasks/" + task + "/approve", approval)).json());
        assertItems("Execution", "/api/tasks/" + task + "/executions");
        String attempt =
                get("/api/tasks/" + task + "/executions").at("/items/0/id").asText();
        schemas.assertFits("Execution", get("/api/executions/" + attempt));
    }

    /** The contract and the server agree on what a task may be asked for with. */
    @Test
    void whatTheContractRefusesTheServerRefusesAtTheSamePlace() {
        assertRefused(Map.of("description", "no title"), "/title");
        assertRefused(Map.of("title", 7), "/title");
        assertRefused(Map.of("title", "T", "titel", "T"), "/titel");
        assertRefused(Map.of("title", "T", "auto_start", "yes"), "/auto_start");
        assertRefused(Map.of("title", "T", "input", List.of(Map.of())), "/input/0");
        assertRefused(Map.of("title", "T", "input", List.of(Map.of("text", "a", "url", "https://a.b"))), "/input/0");
        assertRefused(Map.of("title", "T", "input", List.of(Map.of("url", "ftp://a.b"))), "/input/0/url");
        assertRefused(Map.of("title", "T", "input", Map.of()), "/input");
        assertRefused(Map.of("title", "T", "settings", Map.of("x", 1)), "/settings/x");
        assertRefused(Map.of("title", "T", "stages", "Research"), "/stages");
    }

    private static void assertRefused(Map<String, Object> body, String pointer) {
        assertThat(schemas.faults("NewTask", tree(body))).as(body.toString()).isNotEmpty();
        Reply reply = http.post("/api/tasks", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_task");
        assertThat(reply.at("/errors").findValuesAsText("pointer")).contains(pointer);
        schemas.assertFits("Problem", reply.json());
    }

    @Test
    void problemsOfEverySort() {
        for (String path : List.of("/api/tasks/none", "/api/pipelines/none", "/api/nothing", "/api/tasks?limit=x")) {
            Reply reply = http.get(path);
            assertThat(reply.status()).as(path).isBetween(400, 499);
            schemas.assertFits("Problem", reply.json());
        }
    }
}
