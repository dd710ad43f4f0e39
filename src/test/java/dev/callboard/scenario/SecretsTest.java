package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A secret goes to the stage that names it, and nowhere else. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class SecretsTest extends SecretsFixture {
    private static final String CANARY = "canary-7f3d9a-\u00e9";

    @Test
    void theStageGetsItAndNobodyElse() throws Exception {
        StringBuilder seen = new StringBuilder();
        try (TestServer server = TestServer.start(folder, OPTIONS);
                FeedClient feed = server.feed()) {
            Http http = server.http();
            feed.subscribe("tasks").subscribe("audit").subscribe("palette");
            Reply put = http.put("/api/secrets/api-token", Map.of("value", CANARY));
            assertThat(put.status()).as(put.toString()).isEqualTo(201);
            assertThat(put.json().path("updated_by").asText()).isEqualTo("local");
            assertThat(http.put("/api/secrets/api-token", Map.of("value", CANARY))
                            .status())
                    .isEqualTo(200);
            stage(
                    http,
                    "tells",
                    "printf '%s' \"$CALLBOARD_SETTING_TOKEN\" | wc -c >&2;"
                            + " echo \"$CALLBOARD_SETTING_TOKEN\" >&2; echo \"out $CALLBOARD_SETTING_TOKEN\"");
            stage(http, "fails", "echo \"bad $CALLBOARD_SETTING_TOKEN\" >&2; exit 3");
            assertThat(pipeline(http, "tells", "secret:api-token").status()).isIn(200, 201);
            assertThat(pipeline(http, "fails", "secret:api-token").status()).isIn(200, 201);
            for (String name : List.of("tells", "fails")) {
                String id = task(http, name, true).json().path("id").asText();
                JsonNode attempt = ended(http, id);
                String log = http.get("/api/executions/" + attempt.path("id").asText() + "/log")
                        .text();
                if (name.equals("tells")) {
                    assertThat(attempt.path("output").asText()).isEqualTo("out •••\n");
                    assertThat(log).contains(CANARY.getBytes(StandardCharsets.UTF_8).length + "");
                }
                assertThat(log).contains("•••");
                seen.append(attempt).append(log);
                for (String path : List.of("", "/executions", "/timeline")) {
                    seen.append(http.get("/api/tasks/" + id + path).text());
                }
            }
            for (String path : List.of(
                    "/api/secrets", "/api/audit", "/api/vp/stages", "/api/pipelines", "/api/tasks", "/metrics")) {
                seen.append(http.get(path).text());
            }
            assertThat(http.get("/api/audit?kind=secret.").text())
                    .contains("secret.added", "secret.changed", "api-token");
            feed.send("{\"op\":\"ping\"}");
            for (JsonNode frame = feed.next(); !frame.path("kind").asText().equals("pong"); frame = feed.next()) {
                seen.append(frame);
            }
            assertThat(seen.toString()).contains("\"topic\":\"audit\"");
        }
        assertThat(seen.toString()).doesNotContain("canary");
        assertThat(filesWith("canary")).isEmpty();
    }

    /** Of all that the server keeps: database, log, blobs, stages, pipelines. */
    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void onlyAReferenceIsTakenAndATaskWhoseSecretIsMissingDoesNotStart() {
        try (TestServer server = TestServer.start(folder, OPTIONS)) {
            Http http = server.http();
            stage(http, "needs", "true");
            for (String wrong : List.of("hunter2", "XMY_TOKEN", "env:", "secret:a b", "Secret:x", "secret:")) {
                Reply refused = pipeline(http, "needs", wrong);
                assertThat(refused.status()).as(wrong).isEqualTo(400);
                assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/stages/0/config/token");
                assertThat(refused.text()).doesNotContain("hunter2");
            }
            assertThat(pipeline(http, "needs", "secret:later").status()).isIn(200, 201);
            Reply told = task(http, "needs", true);
            assertThat(told.status()).as(told.toString()).isEqualTo(201);
            assertThat(told.json().path("status").asText()).isEqualTo("pending");
            assertThat(told.json().at("/warnings/0/detail").asText()).contains("did not start", "'later'");
            String id = task(http, "needs", false).json().path("id").asText();
            Reply refused = http.post("/api/tasks/" + id + "/run", Map.of());
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.json().path("code").asText()).isEqualTo("secret_missing");
            assertThat(refused.json().path("detail").asText()).contains("'Only'", "'token'", "'later'");
            http.put("/api/secrets/later", Map.of("value", "now there"));
            assertThat(http.post("/api/tasks/" + id + "/run", Map.of()).status())
                    .isEqualTo(200);
            assertThat(ended(http, id).path("status").asText()).isEqualTo("completed");

            assertThat(pipeline(http, "needs", "env:PATH").status()).isIn(200, 201);
            String foreign = task(http, "needs", false).json().path("id").asText();
            Reply unlisted = http.post("/api/tasks/" + foreign + "/run", Map.of());
            assertThat(unlisted.status()).isEqualTo(409);
            assertThat(unlisted.json().path("detail").asText()).contains("secrets.environment");
        }
    }

    @Test
    void aListedVariableArrives() {
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put("secrets.environment", "PATH");
        try (TestServer server = TestServer.start(folder, options)) {
            Http http = server.http();
            stage(http, "env", "[ \"$CALLBOARD_SETTING_TOKEN\" = \"$PATH\" ] && echo same");
            assertThat(pipeline(http, "env", "env:PATH").status()).isIn(200, 201);
            JsonNode ran = ended(http, task(http, "env", true).json().path("id").asText());
            assertThat(ran.path("output").asText()).as(ran.toString()).isEqualTo("same\n");
        }
    }
}
