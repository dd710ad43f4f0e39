package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Http;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.Reply;
import dev.callboard.testing.ServedSchemas;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real answers and real frames are what the contracts say they are, with nothing beside it. */
class SchemasTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Http http;
    private static ServedSchemas schemas;
    private static String project;
    private static String task;

    @BeforeAll
    static void start() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginJars.of("Good", "good").write(plugins, "good.jar");
        PluginJars.of("Old", "old").api("0").write(plugins, "old.jar");
        server = TestServer.start(folder, Map.of("plugins.settle_ms", "0"));
        http = server.http();
        schemas = new ServedSchemas(http);
        new PluginTasks(server).untilPlugin("old.jar", "refused");
        server.add("mine");
        project = ok(http.post("/api/projects", Map.of("name", "Export")))
                .at("/id")
                .asText();
        task = ok(http.post("/api/tasks", newTask())).at("/id").asText();
        new PluginTasks(server).until(task, "awaiting_approval");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Object> newTask() {
        return Map.of(
                "title",
                "Fix the export",
                "description",
                "Open a pull request",
                "project",
                project,
                "input",
                List.of(Map.of("text", "hello", "name", "a.txt"), Map.of("url", "https://example.org/a")),
                "stages",
                List.of("Research", "Implementation"),
                "settings",
                Map.of("Implementation", Map.of()),
                "auto_start",
                true);
    }

    private static Reply ok(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 299);
        return reply;
    }

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

    @Test
    void framesOfTheFeed() {
        try (FeedClient feed = server.feed()) {
            feed.send("{\"op\":\"ping\"}");
            schemas.assertFrame("pong", feed.next());
            schemas.assertFrame("error", feed.subscribe("nothing").next());
            schemas.assertFrame("paletteSnapshot", feed.subscribe("palette").next());
            schemas.assertFrame("status", feed.subscribe("status").next());
            for (String list : ListTopics.NAMES) {
                JsonNode snapshot = feed.subscribe(list).next();
                assertThat(snapshot.at("/data/items")).as(list).isNotEmpty();
                schemas.assertFrame(list + "Snapshot", snapshot);
            }
        }
    }

    @Test
    void framesOfChanges() throws IOException {
        try (FeedClient feed = server.feed()) {
            for (String topic : List.of("palette", "pipelines", "projects", "plugins", "tasks")) {
                feed.subscribe(topic).next();
            }
            server.add("another");
            schemas.assertFrame("paletteChange", until(feed, "palette"));
            ok(http.put(
                    "/api/pipelines/q",
                    Map.of("name", "q", "stages", List.of(Map.of("name", "a", "type", "another")))));
            schemas.assertFrame("pipelinesChange", until(feed, "pipelines"));
            ok(http.delete("/api/vp/stages/another"));
            schemas.assertFrame("paletteChange", until(feed, "palette"));
            schemas.assertFrame("pipelinesChange", until(feed, "pipelines"));
            ok(http.delete("/api/pipelines/q"));
            schemas.assertFrame("pipelinesChange", until(feed, "pipelines"));
            String id = ok(http.post("/api/projects", Map.of("name", "More")))
                    .at("/id")
                    .asText();
            schemas.assertFrame("projectsChange", until(feed, "projects"));
            ok(http.delete("/api/projects/" + id));
            schemas.assertFrame("projectsChange", until(feed, "projects"));
            PluginJars.of("Late", "late").write(server.plugins(), "late.jar");
            schemas.assertFrame("pluginsChange", until(feed, "plugins"));
            Files.delete(server.plugins().resolve("late.jar"));
            schemas.assertFrame("pluginsChange", until(feed, "plugins"));
            ok(http.post("/api/tasks", Map.of("title", "T", "project", project)));
            schemas.assertFrame("tasksChange", until(feed, "tasks"));
        }
    }

    @Test
    void framesOfOneTask() {
        String id = ok(http.post("/api/tasks", Map.of("title", "T", "project", project)))
                .at("/id")
                .asText();
        try (FeedClient feed = server.feed()) {
            schemas.assertFrame("taskSnapshot", feed.subscribe("task:" + id).next());
            ok(http.post("/api/tasks/" + id + "/run", Map.of()));
            Map<String, String> messages = Map.of("task", "taskTask", "execution", "taskExecution", "log", "taskLog");
            Predicate<JsonNode> waits =
                    frame -> frame.at("/task/status").asText().equals("awaiting_approval");
            JsonNode frame;
            do {
                frame = feed.next();
                schemas.assertFrame(messages.get(frame.path("kind").asText()), frame);
            } while (!waits.test(frame));
            schemas.assertFrame("taskSnapshot", feed.subscribe("task:" + id).next());
        }
    }

    /** The next frame of a topic; frames of others may come in between. */
    private static JsonNode until(FeedClient feed, String topic) {
        JsonNode frame = feed.next();
        while (!frame.path("topic").asText().equals(topic)) {
            frame = feed.next();
        }
        return frame;
    }
}
