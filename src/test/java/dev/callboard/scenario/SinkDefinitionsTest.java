package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that can never work are refused when they are stored, and those that may not work are warned of. */
class SinkDefinitionsTest extends SinksFixture {
    private Reply stored(Map<String, Object> sink) {
        return http.put(
                "/api/pipelines/stored",
                Map.of("stages", List.of(Map.of("name", "S", "type", "planning")), "sinks", List.of(sink)));
    }

    private void refused(Map<String, Object> sink, String pointer, String detail) {
        Reply reply = stored(sink);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.at("/errors/0/pointer").asText()).isEqualTo("/sinks/0/config" + pointer);
        assertThat(reply.at("/errors/0/detail").asText()).contains(detail);
    }

    @Test
    void aSinkThatCanNeverWorkIsRefusedWhenItIsStored() {
        refused(sink("s", "file", file("{{task.nobody}}.txt")), "/name", "{{task.nobody}}, which never has a value");
        refused(sink("s", "file", file("{{#input}}.txt")), "/name", "is not closed");
        refused(sink("s", "webhook", Map.of("url", "ftp://a.test/", "secret", "secret:hook")), "/url", "http");
        refused(
                sink("s", "webhook", Map.of("url", "https://a.test/{{task.id}}", "secret", "secret:hook")),
                "/url",
                "nothing is filled in there");
        Map<String, Object> url = Map.of("url", "https://a.test/", "secret", "secret:hook");
        for (Map.Entry<String, String> header : Map.of("a b", "is not the name", "Host", "belongs to the connection")
                .entrySet()) {
            Map<String, Object> headed = new LinkedHashMap<>(url);
            headed.put("headers", Map.of(header.getKey(), "x"));
            refused(sink("s", "webhook", headed), "/headers/" + header.getKey(), header.getValue());
        }
        Map<String, Object> headed = new LinkedHashMap<>(url);
        headed.put("headers", Map.of("X-Note", "a\r\nb: c"));
        refused(sink("s", "webhook", headed), "/headers/X-Note", "line breaks");
    }

    @Test
    void aFolderThatIsNotAllowedAndAHeaderThatLooksFilledInAreWarnedOf(@TempDir Path elsewhere) {
        Reply outside = stored(sink("s", "file", Map.of("path", elsewhere.toString(), "name", "{{input.title}}.txt")));
        assertThat(outside.status()).as(outside.text()).isIn(200, 201);
        assertThat(outside.at("/warnings/0/pointer").asText()).isEqualTo("/sinks/0/config/path");
        assertThat(outside.at("/warnings/0/detail").asText()).contains("the sink 's' delivers nothing", "file_roots");
        Reply headed = stored(sink(
                "s",
                "webhook",
                Map.of("url", "https://a.test/", "secret", "secret:hook", "headers", Map.of("X-Task", "{{task.id}}"))));
        assertThat(headed.at("/warnings/0/detail").asText()).as(headed.text()).contains("is sent as it is");
    }

    @Test
    void anAddressThatIsNeverReachedAndAHeaderThatNamesASecretAreWarnedOf() {
        int own = server.uri().getPort();
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("http://10.0.0.8/in", "network.allow");
        reasons.put("http://localhost/in", "network.allow");
        reasons.put("http://127.0.0.1:" + own + "/in", "is this server itself");
        reasons.forEach((url, reason) -> {
            Reply never = stored(sink("s", "webhook", Map.of("url", url, "secret", "secret:hook")));
            assertThat(never.at("/warnings/0/pointer").asText())
                    .as(never.text())
                    .isEqualTo("/sinks/0/config/url");
            assertThat(never.at("/warnings/0/detail").asText())
                    .contains("the sink 's' delivers nothing", "can never be reached", reason);
        });
        for (String value : List.of("secret:token", "Bearer env:TOKEN")) {
            Reply literal = stored(sink("s", "webhook", headers("Authorization", value)));
            assertThat(literal.at("/warnings/0/pointer").asText())
                    .as(literal.text())
                    .isEqualTo("/sinks/0/config/headers/Authorization");
            assertThat(literal.at("/warnings/0/detail").asText()).contains("is sent as it is", "secret");
        }
        assertThat(stored(sink("s", "webhook", headers("X-Note", "the secret: none")))
                        .at("/warnings"))
                .isEmpty();
    }

    @Test
    void aHeaderThatTheServerSetsItselfIsRefused() {
        for (String header : List.of("Callboard-Signature", "callboard-delivery", "Idempotency-Key", "Content-Type")) {
            Reply refused = stored(sink("s", "webhook", headers(header, "x")));
            assertThat(refused.status()).as(header).isEqualTo(400);
            assertThat(refused.text()).contains("/sinks/0/config/headers/" + header, "by the server itself");
        }
    }

    private static Map<String, Object> headers(String header, String value) {
        return Map.of("url", "https://a.test/", "secret", "secret:hook", "headers", Map.of(header, value));
    }

    @Test
    void aFileThatIsThereAlreadyIsWarnedOfWhatWouldBeRefused() throws IOException {
        Files.writeString(
                outbox.resolveSibling("config/pipelines/old.yaml"),
                """
                name: old
                stages: [{name: S, type: planning}]
                sinks: [{name: s, type: file, config: {path: %s, name: "{{nobody}}.txt"}}]
                """
                        .formatted(outbox));
        Reply old = await().until(() -> http.get("/api/pipelines/old"), reply -> reply.status() == 200);
        assertThat(old.at("/errors")).isEmpty();
        assertThat(old.at("/warnings/0/detail").asText()).as(old.text()).contains("{{nobody}}");
    }
}
