package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a webhook took in arrives at an expression. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookInputTest {
    private static final String BODY = "{\"paper\": {\"title\": \"Tide gauges\"}, \"pages\": [1, 2]}";

    private TestServer server;
    private Http http;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, Map.of());
        http = server.http();
        // The process of expressions starts with the first one, which a busy machine may answer with 504.
        await().until(() -> add("first", "$eval(1)").status(), status -> status == 400);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Reply add(String id, String expression) {
        return http.post("/api/vp/stages", Stages.of(id, "expression", Map.of("expression", expression)));
    }

    /** The one attempt of the task that a request to the webhook starts. */
    private JsonNode ran(String id, String expression, Map<String, Object> config, String body, String type) {
        Reply added = add(id, expression);
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        Reply made = http.put(
                "/api/pipelines/" + id,
                Map.of(
                        "name",
                        id,
                        "sources",
                        List.of(Map.of("name", "hook", "type", "webhook", "config", config)),
                        "stages",
                        List.of(Map.of("name", "first", "type", id))));
        assertThat(made.status()).as(made.toString()).isIn(200, 201);
        String address = await().until(
                        () -> http.get("/api/triggers?pipeline=" + id)
                                .at("/items/0/url")
                                .asText(),
                        url -> !url.isEmpty());
        Reply taken = http.send("POST", URI.create(address).getPath(), body, "Content-Type", type);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        String task = "/api/tasks/" + taken.at("/task_id").asText();
        await().until(() -> List.of("completed", "failed")
                .contains(http.get(task).at("/status").asText()));
        return http.get(task + "/executions").at("/items/0");
    }

    @Test
    void aStageReadsAMemberOfAJsonBody() {
        JsonNode attempt = ran("reads", "$parseJson(input).paper.title", Map.of(), BODY, "application/json");
        assertThat(attempt.at("/output").asText()).as(attempt.toString()).isEqualTo("Tide gauges");
    }

    @Test
    void whatAnExpressionOfTheSourceMakesIsATextOfJson() {
        JsonNode attempt = ran(
                "makes",
                "{'n': $parseJson(input).n, 'text': $type(input)}",
                Map.of("input", "{'n': $count(body.pages)}"),
                BODY,
                "application/json");
        assertThat(attempt.at("/output/n").asInt()).as(attempt.toString()).isEqualTo(2);
        assertThat(attempt.at("/output/text").asText()).isEqualTo("string");
    }

    @Test
    void whatIsNoTextStaysAFile() {
        JsonNode attempt = ran("keeps", "input[0]", Map.of(), "%PDF-1.7", "application/pdf");
        assertThat(attempt.at("/output/blob").asText()).as(attempt.toString()).hasSize(64);
    }

    @Test
    void whatIsNotJsonIsSaidToTheAuthor() {
        JsonNode attempt = ran("fails", "$parseJson(input).a", Map.of(), "{\"a\": ", "text/plain");
        assertThat(attempt.at("/status").asText()).isEqualTo("failed");
        assertThat(attempt.at("/error").toString()).contains("not valid JSON", "line 1");
    }
}
