package dev.callboard.scenario;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Stages that need a secret, each in a pipeline of its own. */
abstract class SecretsFixture {
    static final Map<String, String> OPTIONS = Map.of("command.enabled", "true", "command.programs", "sh");

    @TempDir
    Path folder;

    static void stage(Http http, String id, String script) {
        new Definitions(http)
                .stage(Stages.of(
                        id,
                        "command",
                        Map.of("command", List.of("sh", "-c", script)),
                        Map.of("key", "token", "type", "secret", "required", true)));
    }

    static Reply pipeline(Http http, String type, String token) {
        return http.put(
                "/api/pipelines/" + type,
                Map.of(
                        "name",
                        type,
                        "stages",
                        List.of(Map.of("name", "Only", "type", type, "config", Map.of("token", token)))));
    }

    static Reply task(Http http, String pipeline, boolean start) {
        return http.post("/api/tasks", Map.of("title", "T", "pipeline", pipeline, "auto_start", start));
    }

    static JsonNode ended(Http http, String task) {
        return await().until(
                        () -> http.get("/api/tasks/" + task + "/executions")
                                .json()
                                .at("/items/0"),
                        each -> List.of("completed", "failed")
                                .contains(each.path("status").asText()));
    }
}
