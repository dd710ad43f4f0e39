package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which secrets are stored, for whom, and for how long. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class SecretStoreTest extends SecretsFixture {
    @Test
    void whatIsUsedIsNotRemovedUnlessForced() {
        try (TestServer server = TestServer.start(folder, OPTIONS)) {
            Http http = server.http();
            stage(http, "uses", "true");
            http.put("/api/secrets/used", Map.of("value", "something"));
            pipeline(http, "uses", "secret:used");
            Reply refused = http.delete("/api/secrets/used");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("code").asText()).isEqualTo("secret_in_use");
            assertThat(refused.json().path("detail").asText()).contains("the stage 'Only' of the pipeline 'uses'");
            assertThat(http.delete("/api/secrets/used?force=true").status()).isEqualTo(200);
            assertThat(http.delete("/api/secrets/used").status()).isEqualTo(404);
            assertThat(http.get("/api/secrets").json().path("items")).isEmpty();
        }
    }

    @Test
    void badNamesAndValuesAreRefused() {
        try (TestServer server = TestServer.start(folder)) {
            Http http = server.http();
            assertThat(pointer(http.put("/api/secrets/a%20b", Map.of("value", "value"))))
                    .isEqualTo("/name");
            assertThat(pointer(http.put("/api/secrets/a", Map.of("value", "abc"))))
                    .isEqualTo("/value");
            assertThat(pointer(http.put("/api/secrets/a", Map.of("value", "ab\u0000cd"))))
                    .isEqualTo("/value");
            assertThat(http.put("/api/secrets/a", Map.of("value", "value", "project", "none"))
                            .status())
                    .isEqualTo(404);
            assertThat(http.put("/api/secrets/a", Map.of("valeu", "value")).status())
                    .isEqualTo(400);
            assertThat(http.get("/api/secrets").json().path("items")).isEmpty();
        }
    }

    private static String pointer(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        return reply.json().at("/errors/0/pointer").asText();
    }

    @Test
    void aSecretOfAProjectIsNotForOthers() {
        try (TestServer server = TestServer.start(folder, OPTIONS)) {
            Http http = server.http();
            String project = http.post("/api/projects", Map.of("name", "P"))
                    .json()
                    .path("id")
                    .asText();
            assertThat(http.put("/api/secrets/own", Map.of("value", "value", "project", project))
                            .status())
                    .isEqualTo(201);
            assertThat(http.put("/api/secrets/own", Map.of("value", "another value"))
                            .json()
                            .path("project")
                            .asText())
                    .as("a new value leaves it with its project")
                    .isEqualTo(project);
            stage(http, "needs", "true");
            pipeline(http, "needs", "secret:own");
            String id = task(http, "needs", false).json().path("id").asText();
            Reply refused = http.post("/api/tasks/" + id + "/run", Map.of());
            assertThat(refused.json().path("detail").asText()).contains("belongs to another project");
        }
    }

    @Test
    void anotherKeyStopsTheUseOfSecretsAndReplacesNothing() throws Exception {
        Path key;
        try (TestServer server = TestServer.start(folder, OPTIONS)) {
            server.http().put("/api/secrets/kept", Map.of("value", "the value"));
            try (Stream<Path> files = Files.walk(folder)) {
                key = files.filter(file -> file.endsWith("secrets.key"))
                        .findFirst()
                        .orElseThrow();
            }
        }
        String right = Files.readString(key);
        Files.writeString(key, "ab".repeat(32));
        try (TestServer server = TestServer.start(folder, OPTIONS)) {
            Http http = server.http();
            Reply put = http.put("/api/secrets/more", Map.of("value", "another"));
            assertThat(put.status()).isEqualTo(409);
            assertThat(put.json().path("code").asText()).isEqualTo("secrets_key_wrong");
            assertThat(http.get("/api/secrets").json().at("/items/0/name").asText())
                    .isEqualTo("kept");
            assertThat(http.get("/api/secrets").json().path("fault").asText()).contains("another one", "secrets.key");
        }
        assertThat(Files.readString(key)).isEqualTo("ab".repeat(32));
        Files.writeString(key, right);
        try (TestServer server = TestServer.start(folder, OPTIONS)) {
            Http http = server.http();
            stage(http, "uses", "[ \"$CALLBOARD_SETTING_TOKEN\" = 'the value' ] && echo same");
            pipeline(http, "uses", "secret:kept");
            JsonNode ran =
                    ended(http, task(http, "uses", true).json().path("id").asText());
            assertThat(ran.path("output").asText()).as(ran.toString()).isEqualTo("same\n");
        }
    }
}
