package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports mean the same in a pipeline as in a drawn graph. */
class PipelinePortsTest {
    @TempDir
    Path folder;

    private static void stage(Http http, String id, List<String> takes, List<String> gives) {
        Map<String, Object> ports = Map.of(
                "inputs",
                takes.stream().map(type -> Map.of("name", type, "type", type)).toList(),
                "outputs",
                gives.stream().map(type -> Map.of("name", type, "type", type)).toList());
        Reply made = http.post(
                "/api/vp/stages", Map.of("id", id, "name", id, "type", "stage", "executor", "manual", "ports", ports));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    private static Map<String, Object> pipeline(boolean strict, Object... stages) {
        Map<String, Object> pipeline = new HashMap<>();
        pipeline.put("name", "ports");
        pipeline.put("stages", List.of(stages));
        if (strict) {
            pipeline.put("strict", true);
        }
        return pipeline;
    }

    private static Map<String, Object> at(String type, String... after) {
        return Map.of("name", "The " + type, "type", type, "depends_on", List.of(after));
    }

    @Test
    void whatDoesNotFitIsAWarningAndWhereStrictAnError() {
        try (TestServer server = TestServer.start(folder)) {
            Http http = server.http();
            stage(http, "reads", List.of("text"), List.of("document"));
            stage(http, "shouts", List.of("text"), List.of("text"));
            stage(http, "two", List.of("image", "document"), List.of("text"));
            stage(http, "open", List.of("any"), List.of("any"));
            stage(http, "silent", List.of(), List.of());

            Object[] wrong = {at("reads"), at("shouts", "The reads")};
            String sentence = "the stage 'The shouts' takes text, but 'The reads' right before it puts out document";
            Reply warned = http.put("/api/pipelines/ports", pipeline(false, wrong));
            assertThat(warned.status()).as(warned.toString()).isEqualTo(201);
            assertThat(warned.at("/warnings/0/pointer").asText()).isEqualTo("/stages/1/type");
            assertThat(warned.at("/warnings/0/detail").asText()).contains(sentence);
            assertThat(http.get("/api/pipelines/ports").json().path("warnings").toString())
                    .contains(sentence);

            Reply refused = http.put("/api/pipelines/ports", pipeline(true, wrong));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/stages/1/type");
            assertThat(refused.at("/errors/0/detail").asText()).contains(sentence);
            assertThat(http.get("/api/pipelines/ports").json().path("revision").asInt())
                    .isEqualTo(1);

            for (Object[] right : new Object[][] {
                {at("reads"), at("two", "The reads")},
                {at("reads"), at("open", "The reads"), at("shouts", "The open")},
                {at("reads"), at("silent", "The reads"), at("shouts", "The silent")},
                {at("reads"), at("shouts")}
            }) {
                Reply fits = http.put("/api/pipelines/ports", pipeline(true, right));
                assertThat(fits.status()).as(fits.toString()).isEqualTo(200);
                assertThat(fits.json().path("warnings")).isEmpty();
            }
            assertThat(http.put(
                                    "/api/pipelines/ports",
                                    Map.of("name", "ports", "strict", "yes", "stages", List.of(wrong)))
                            .at("/errors/0/pointer")
                            .asText())
                    .isEqualTo("/strict");
        }
    }

    @Test
    void theShippedPipelinesFit() {
        try (TestServer server = TestServer.start(folder)) {
            server.http().get("/api/pipelines").json().path("items").forEach(pipeline -> assertThat(
                            pipeline.path("warnings").toString())
                    .as(pipeline.path("name").asText())
                    .doesNotContain("right before it puts out"));
        }
    }
}
