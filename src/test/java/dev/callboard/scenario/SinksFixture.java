package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import dev.callboard.testing.WebStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server, a receiver of webhooks and a folder for files, and tasks of two stages that people fill in. */
abstract class SinksFixture {
    static final String SECRET = "hook-secret-1";

    WebStub receiver;
    Path outbox;
    TestServer server;
    Http http;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        receiver = new WebStub();
        outbox = Files.createDirectory(folder.resolve("outbox")).toRealPath();
        server = TestServer.start(
                folder, Map.of("network.allow", "127.0.0.1:" + receiver.port(), "sinks.file_roots", outbox.toString()));
        http = server.http();
        assertThat(http.put("/api/secrets/hook", Map.of("value", SECRET)).status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    static Map<String, Object> sink(String name, String type, Map<String, Object> config, String... after) {
        return Map.of("name", name, "type", type, "config", config, "after", List.of(after));
    }

    Map<String, Object> webhook(String path) {
        return Map.of("url", receiver.url(path), "secret", "secret:hook", "headers", Map.of("X-Team", "blue"));
    }

    Map<String, Object> file(String name) {
        return Map.of("path", outbox.toString(), "name", name);
    }

    @SafeVarargs
    final void pipeline(String name, Map<String, Object>... sinks) {
        Reply stored = http.put(
                "/api/pipelines/" + name,
                Map.of(
                        "name",
                        name,
                        "stages",
                        List.of(
                                Map.of("name", "First", "type", "implementation"),
                                Map.of("name", "Last", "type", "implementation")),
                        "sinks",
                        List.of(sinks)));
        assertThat(stored.status()).as(stored.toString()).isIn(200, 201);
    }

    String task(String pipeline, String title) {
        Reply task = http.post("/api/tasks", Map.of("title", title, "pipeline", pipeline, "auto_start", true));
        assertThat(task.status()).as(task.toString()).isEqualTo(201);
        return task.json().path("id").asText();
    }

    /** Fills in the stage that a task waits at. */
    void fillIn(String task, Object output) {
        await().until(() ->
                http.get("/api/tasks/" + task).json().path("status").asText().equals("awaiting_approval"));
        Reply approved = http.post("/api/tasks/" + task + "/approve", Map.of("decision", Map.of("output", output)));
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    }

    JsonNode deliveries(String task) {
        return http.get("/api/sinks/deliveries?task=" + task).json().path("items");
    }

    JsonNode ended(String task, int count) {
        return await().until(
                        () -> deliveries(task),
                        all -> all.size() == count
                                && Stream.iterate(0, i -> i + 1).limit(count).noneMatch(i -> all.at("/" + i + "/status")
                                        .asText()
                                        .equals("pending")));
    }
}
