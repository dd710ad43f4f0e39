package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that may run programs, and definitions that are tried on it. */
abstract class TryFixture {
    Path folder;
    TestServer server;
    Http http;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = TestServer.start(
                temporary,
                Map.of(
                        "command.enabled",
                        "true",
                        "command.programs",
                        "sh,printf,cat",
                        "command.output_bytes",
                        "4000000"));
        http = server.http();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Map<String, Object> program(Object command, Object... settings) {
        return stage("command", Map.of("command", command), settings);
    }

    static Map<String, Object> shell(String script, Object... settings) {
        return program(List.of("sh", "-c", script), settings);
    }

    static Map<String, Object> stage(String executor, Map<String, Object> config, Object... settings) {
        return Stages.named("sample", "Sample", executor, config, settings);
    }

    static Map<String, Object> body(Map<String, Object> definition, Object input, Map<String, Object> settings) {
        return Map.of("definition", definition, "input", input, "settings", settings);
    }

    Reply tryOut(Map<String, Object> definition, Object input, Map<String, Object> settings) {
        return http.post("/api/vp/try", body(definition, input, settings));
    }

    JsonNode ran(Map<String, Object> definition, Object input, Map<String, Object> settings) {
        Reply reply = tryOut(definition, input, settings);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    List<String> files(String below) throws IOException {
        Path root = folder.resolve(below);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
