package dev.callboard.browser;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names, lines and results without a single place to break, as long as the server takes them. */
final class LongLines {
    static final String LINE = "x".repeat(10_000);
    private static final String JSON = "application/json";

    private LongLines() {}

    /** A stage and a pipeline of it with long names, descriptions and settings. */
    static void named(PackagedServer server, String stage, String pipeline) {
        stage(server, stage, "exit 0");
        pipeline(
                server,
                pipeline,
                """
                description: %s
                stages:
                  - name: %s
                    type: %s
                    depends_on: []
                    metadata_overrides: {description: %s}
                    config: {note: %s}
                """
                        .formatted(line(400), line(60), stage, line(900), LINE));
    }

    /** A stage that prints a long line and another that fails with one, a pipeline of both, and its task's id. */
    static String failedTask(PackagedServer server) {
        stage(server, "long-line", "printf '%010000d' 0; printf '%010000d\\n' 0 >&2");
        stage(server, "long-failure", "printf '%010000d' 0 >&2; exit 3");
        pipeline(
                server,
                "long-lines",
                """
                stages:
                  - {name: %s, type: long-line}
                  - {name: fails, type: long-failure}
                """
                        .formatted(line(60)));
        return task(server, "long-lines", "failed");
    }

    private static void stage(PackagedServer server, String id, String script) {
        JsonArray in = new JsonArray().add(new JsonObject().put("name", "in").put("type", "any"));
        JsonArray out = new JsonArray().add(new JsonObject().put("name", "out").put("type", "any"));
        JsonObject note =
                new JsonObject().put("key", "note").put("label", line(60)).put("type", "text");
        JsonObject definition = new JsonObject()
                .put("id", id)
                .put("name", line(60))
                .put("type", "stage")
                .put("description", line(1_000))
                .put("ports", new JsonObject().put("inputs", in).put("outputs", out))
                .put("settings_schema", new JsonArray().add(note.put("default", LINE)))
                .put("executor", "command")
                .put("executor_config", new JsonObject().put("command", List.of("sh", "-c", script)));
        server.send("POST", "/api/vp/stages", JSON, definition.encode());
    }

    /** A task with a result of each kind, filled in by a person, and the ids of its steps by name. */
    static Results results(PackagedServer server) {
        Map<String, Object> outputs = outputs();
        StringBuilder stages = new StringBuilder("stages:\n");
        outputs.keySet()
                .forEach(name -> stages.append("  - {name: %s, type: asked, output_format: %s}\n"
                        .formatted(
                                name,
                                List.of("documents", "chunks", "json", "raw").contains(name) ? "null" : name)));
        server.send(
                "POST",
                "/api/vp/stages",
                JSON,
                "{\"id\":\"asked\",\"name\":\"Asked\",\"type\":\"stage\",\"executor\":\"manual\","
                        + "\"ports\":{\"inputs\":[{\"name\":\"in\",\"type\":\"any\"}],"
                        + "\"outputs\":[{\"name\":\"out\",\"type\":\"any\"}]}}");
        pipeline(server, "results", stages.toString());
        String task = task(server, "results", "awaiting_approval");
        Map<String, String> steps = new LinkedHashMap<>();
        outputs.forEach((name, output) -> {
            JsonObject stage = waiting(server, task, name);
            steps.put(name, stage.getString("id"));
            JsonObject decision = new JsonObject().put("output", output).put("comment", line(2_000));
            if (name.equals("research")) {
                return;
            }
            server.send(
                    "POST",
                    "/api/tasks/" + task + "/approve",
                    JSON,
                    new JsonObject()
                            .put("execution_id", stage.getString("execution_id"))
                            .put("decision", decision)
                            .encode());
        });
        return new Results(task, steps);
    }

    /**
     * A task and its steps.
     *
     * @param task its id
     * @param steps names to ids
     */
    record Results(String task, Map<String, String> steps) {}

    private static Map<String, Object> outputs() {
        Map<String, Object> outputs = new LinkedHashMap<>();
        outputs.put("text", "```\n" + LINE + "\n```\n\n# " + LINE + "\n\n| a | b |\n|---|---|\n| " + LINE + " | b |\n");
        outputs.put("raw", LINE);
        outputs.put("json", Map.of("key" + line(200), Map.of("inner", LINE), "list", List.of(LINE)));
        outputs.put("findings", Map.of("summary", LINE, "findings", List.of(finding("critical"), finding("warning"))));
        outputs.put("options", Map.of("summary", LINE, "options", List.of(option("a"), option("b"))));
        outputs.put("pr_preparation", Map.of("title", LINE, "description", LINE, "test_plan", LINE));
        Map<String, Object> chunk =
                Map.of("id", line(80), "doc_id", line(40), "text", LINE, "start", 0, "end", 9, "tokens", 9);
        outputs.put("chunks", List.of(chunk));
        outputs.put(
                "documents",
                Map.of(
                        "doc_id",
                        line(40),
                        "title",
                        LINE,
                        "blocks",
                        List.of(
                                Map.of("id", "b1", "kind", "paragraph", "text", LINE),
                                Map.of("id", "b2", "kind", "code", "text", LINE),
                                Map.of("id", "b3", "kind", "table", "text", LINE + " | b\n" + LINE + " | c"))));
        outputs.put("research", Map.of("research", LINE, "questions", List.of()));
        return outputs;
    }

    private static Map<String, Object> finding(String severity) {
        return Map.of(
                "id",
                severity,
                "title",
                LINE,
                "description",
                LINE,
                "severity",
                severity,
                "selected",
                true,
                "category",
                line(80),
                "file_path",
                line(300));
    }

    private static Map<String, Object> option(String id) {
        return Map.of("id", id, "title", LINE, "description", LINE, "pros", List.of(LINE), "cons", List.of(LINE));
    }

    /** A project with long names. */
    static String project(PackagedServer server) {
        JsonObject body = new JsonObject().put("name", line(100)).put("description", line(500));
        return new JsonObject(server.send("POST", "/api/projects", JSON, body.encode())).getString("id");
    }

    /** A word of that many letters. */
    static String line(int length) {
        return LINE.substring(0, length);
    }

    private static void pipeline(PackagedServer server, String name, String rest) {
        server.send("PUT", "/api/pipelines/" + name, "application/yaml", "name: " + name + "\nversion: 1.0.0\n" + rest);
    }

    private static String task(PackagedServer server, String pipeline, String status) {
        JsonObject body = new JsonObject()
                .put("title", line(200))
                .put("description", LINE)
                .put("pipeline", pipeline)
                .put("auto_start", true);
        String id = new JsonObject(server.send("POST", "/api/tasks", JSON, body.encode())).getString("id");
        await().until(() -> read(server, id).getString("status").equals(status));
        return id;
    }

    /** The stage of a task that waits for its result, with its execution. */
    static JsonObject waiting(PackagedServer server, String task, String stage) {
        return await().until(
                        () -> read(server, task).getJsonArray("stages").stream()
                                .map(JsonObject.class::cast)
                                .filter(each -> each.getString("name").equals(stage)
                                        && "awaiting_approval".equals(each.getString("status")))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static JsonObject read(PackagedServer server, String task) {
        return new JsonObject(server.send("GET", "/api/tasks/" + task, JSON, ""));
    }
}
