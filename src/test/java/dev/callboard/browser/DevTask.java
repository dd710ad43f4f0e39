package dev.callboard.browser;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** A project's task whose research a person does, because no model is set up. */
final class DevTask {
    private static final String JSON = "application/json";

    private DevTask() {}

    /** The id of a new task that waits for its research. */
    static String start(PackagedServer server, String title) {
        JsonObject project = new JsonObject().put("name", "Project of " + title);
        String id = new JsonObject(server.send("POST", "/api/projects", JSON, project.encode())).getString("id");
        JsonObject body = new JsonObject()
                .put("title", title)
                .put("description", "Fix the export and open a pull request")
                .put("project", id)
                .put("auto_start", true);
        String task = new JsonObject(server.send("POST", "/api/tasks", JSON, body.encode())).getString("id");
        await().until(() ->
                read(server, "/api/tasks/" + task).getString("status").equals("awaiting_approval"));
        return task;
    }

    /** The output of the task's first attempt. */
    static JsonObject firstOutput(PackagedServer server, String task) {
        return read(server, "/api/tasks/" + task + "/executions")
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonObject("output");
    }

    /** The names of the stages that are selected, in order. */
    static List<String> selected(PackagedServer server, String task) {
        return read(server, "/api/tasks/" + task).getJsonArray("stages").stream()
                .map(JsonObject.class::cast)
                .filter(stage -> stage.getBoolean("selected"))
                .map(stage -> stage.getString("name"))
                .toList();
    }

    private static JsonObject read(PackagedServer server, String path) {
        return new JsonObject(server.send("GET", path, JSON, ""));
    }
}
