package dev.callboard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Tasks that run stages of plugins, and what the server says of the plugins. */
public final class PluginTasks {

    private final TestServer server;

    /** Of a running server. */
    public PluginTasks(TestServer server) {
        this.server = server;
    }

    /** Writes a pipeline of these stage types into a server's folder, each under its own name, one after the other. */
    public static void pipeline(Path folder, String name, String... types) {
        StringBuilder yaml =
                new StringBuilder("name: " + name + "\npolicies: {short: {timeout_seconds: 2}}\nstages:\n");
        for (String type : types) {
            yaml.append("  - {name: ").append(type).append(", type: ").append(type);
            yaml.append(name.startsWith("short") ? ", policy: short}\n" : "}\n");
        }
        try {
            Path pipelines = Files.createDirectories(folder.resolve("config").resolve("pipelines"));
            Files.writeString(pipelines.resolve(name + ".yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a task; its id. */
    public String start(String pipeline) {
        Reply created =
                server.http().post("/api/tasks", Map.of("title", "T", "pipeline", pipeline, "auto_start", true));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.at("/id").asText();
    }

    /** Waits until a task is as far. */
    public JsonNode until(String id, String status) {
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            String now = status(id);
            assertThat(now).as(task(id).toString()).isIn("pending", "running", status);
            return now.equals(status);
        });
        return task(id);
    }

    /** How far a task is. */
    public String status(String id) {
        return task(id).path("status").asText();
    }

    /** A task. */
    public JsonNode task(String id) {
        return server.http().get("/api/tasks/" + id).json();
    }

    /** What its only stage put out. */
    public JsonNode output(String id) {
        JsonNode executions =
                server.http().get("/api/tasks/" + id + "/executions").at("/items");
        String last = executions.get(executions.size() - 1).path("id").asText();
        return server.http().get("/api/executions/" + last + "/output").json();
    }

    /** What the server says of a jar; missing when it says nothing. */
    public JsonNode plugin(String file) {
        for (JsonNode plugin : server.http().get("/api/plugins").at("/items")) {
            if (plugin.path("file").asText().equals(file)) {
                return plugin;
            }
        }
        return MissingNode.getInstance();
    }

    /** Waits until a jar is loaded, refused or disabled. */
    public JsonNode untilPlugin(String file, String state) {
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> plugin(file).path("state").asText().equals(state));
        return plugin(file);
    }
}
