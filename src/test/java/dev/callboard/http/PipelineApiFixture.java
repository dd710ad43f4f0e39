package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server with a stage {@code echo} of two settings, and the calls of pipelines. */
abstract class PipelineApiFixture {
    static final String[] YAML = {"Content-Type", "application/yaml"};

    @TempDir
    Path folder;

    TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        Map<String, Object> echo = Stages.manual("echo");
        echo.put(
                "settings_schema",
                List.of(
                        Map.of("key", "size", "type", "integer", "label", "Size", "default", 3, "max", 9),
                        Map.of("key", "word", "type", "string", "label", "Word")));
        assertThat(server.http().post("/api/vp/stages", echo).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static String yaml(String name, String config) {
        return "# kept\nname: " + name + "\nstages:\n  - {name: one, type: echo, config: {" + config + "}}\n";
    }

    Path file(String name) {
        return folder.resolve("config/pipelines").resolve(name);
    }

    Reply put(String name, Object body, String... headers) {
        return server.http().put("/api/pipelines/" + name, body, headers);
    }

    Reply putYaml(String name, String text) {
        return put(name, text, YAML);
    }

    Reply get(String path) {
        return server.http().get("/api/pipelines/" + path);
    }
}
