package dev.callboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Exposition;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server with a plugin that works, one that breaks and one that is refused, and what it says of itself. */
abstract class MetricsFixture {

    @TempDir
    Path folder;

    TestServer server;

    @BeforeEach
    void start() throws IOException {
        PluginJars.of("Echo", "echo").write(folder.resolve("plugins"), "echo.jar");
        PluginJars.of("Breaks", "breaks")
                .registering("new StageRegistration(StageMetadata.builder(\"breaks\").build(),"
                        + " () -> (context, input) -> { throw new IllegalStateException(\"It broke.\"); })")
                .write(folder.resolve("plugins"), "breaks.jar");
        PluginJars.of("Old", "old").api("0").write(folder.resolve("plugins"), "old.jar");
        Path pipelines = Files.createDirectories(folder.resolve("config/pipelines"));
        Files.writeString(pipelines.resolve("echo.yaml"), "name: echo\nstages:\n  - {name: say, type: echo}\n");
        Files.writeString(pipelines.resolve("breaks.yaml"), "name: breaks\nstages:\n  - {name: fall, type: breaks}\n");
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Exposition metrics() {
        Reply reply = server.http().get("/metrics");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        return Exposition.read(reply.text());
    }

    /** Runs a task to that status. */
    String run(String pipeline, String end) {
        Reply made = server.http()
                .post(
                        "/api/tasks",
                        Map.of(
                                "title",
                                pipeline,
                                "pipeline",
                                pipeline,
                                "input",
                                List.of(Map.of("text", "hello")),
                                "auto_start",
                                true));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.at("/id").asText();
        await().until(() -> status(id).equals(end));
        return id;
    }

    private String status(String task) {
        return server.http().get("/api/tasks/" + task).at("/status").asText();
    }
}
