package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and said, before a secret is missed. */
class SecretRulesTest {
    @TempDir
    Path folder;

    private static Reply stage(Http http, String executor) {
        Map<String, Object> stage = Stages.named(
                "with-" + executor,
                executor,
                executor,
                executor.equals("command") ? Map.of("command", List.of("cat")) : Map.of(),
                Map.of("key", "token", "type", "secret"));
        return http.post("/api/vp/stages", stage);
    }

    private static Reply pipeline(Http http) {
        return http.put(
                "/api/pipelines/calls",
                Map.of(
                        "stages",
                        List.of(Map.of(
                                "name",
                                "Call",
                                "type",
                                "with-command",
                                "config",
                                Map.of("token", "secret:api-token")))));
    }

    @Test
    void whatCouldNotBeMaskedIsRefusedWithASentence() {
        try (TestServer server = TestServer.start(folder)) {
            for (String value : List.of("abc", "      ", "   a  ", "true", "FALSE", " null ")) {
                Reply refused = server.http().put("/api/secrets/api-token", Map.of("value", value));
                assertThat(refused.status()).as(value).isEqualTo(400);
                assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/value");
                assertThat(refused.at("/errors/0/detail").asText()).contains("masked");
            }
        }
    }

    @Test
    void stagesThatNeverGetASecretHaveNone() {
        try (TestServer server = TestServer.start(folder)) {
            for (String executor : List.of("manual", "prompt")) {
                Reply refused = stage(server.http(), executor);
                assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
                assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/settings_schema/0/type");
            }
            assertThat(stage(server.http(), "command").status()).isEqualTo(200);
        }
    }

    @Test
    void aPipelineIsWarnedOfASecretThatIsNotThere() {
        try (TestServer server = TestServer.start(folder)) {
            stage(server.http(), "command");
            Reply warned = pipeline(server.http());
            assertThat(warned.status()).as(warned.toString()).isEqualTo(201);
            assertThat(warned.json().path("warnings").toString())
                    .contains("/stages/0/config/token", "there is no secret 'api-token'");
            server.http().put("/api/secrets/api-token", Map.of("value", "sesame-open"));
            assertThat(pipeline(server.http()).json().path("warnings").toString())
                    .doesNotContain("api-token");
        }
    }

    @Test
    void aKeyThatIsNotThereIsSeenByWhoeverWatches() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.http()
                            .put("/api/secrets/api-token", Map.of("value", "sesame-open"))
                            .status())
                    .isEqualTo(201);
        }
        Path key;
        try (Stream<Path> files = Files.walk(folder)) {
            key = files.filter(file -> file.endsWith("secrets.key")).findFirst().orElseThrow();
        }
        Files.delete(key);
        try (TestServer server = TestServer.start(folder)) {
            Reply ready = server.http().get("/health/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.at("/checks/secrets/status").asText()).isEqualTo("degraded");
            assertThat(ready.at("/checks/secrets/detail").asText()).contains("key of the secrets is not there");
        }
    }
}
