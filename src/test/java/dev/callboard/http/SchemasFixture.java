package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.Reply;
import dev.callboard.testing.ServedSchemas;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server with one of everything, and the schemas that it serves. */
abstract class SchemasFixture {
    @TempDir
    static Path folder;

    static TestServer server;
    static Http http;
    static ServedSchemas schemas;
    static String project;
    static String task;

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

    static Map<String, Object> newTask() {
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

    static Reply ok(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 299);
        return reply;
    }
}
