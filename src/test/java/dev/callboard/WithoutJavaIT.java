package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TeamService;
import dev.callboard.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A team without Java, over HTTP alone: a stage that calls their web service with a token from the store, tried, put between two
 * stages of the documents plugin, a paper sent through, and the result delivered to them, signed.
 */
class WithoutJavaIT {
    private static final String PIPELINE =
            """
            name: papers
            stages:
              - {name: ingest, type: ingest, depends_on: []}
              - {name: parse, type: parse, depends_on: [ingest]}
              - {name: retitle, type: retitle, depends_on: [parse], config: {token: "secret:service"}}
              - {name: chunk, type: chunk, depends_on: [retitle]}
            sinks:
              - {name: team, type: webhook, config: {url: "%s", secret: "secret:results"}}
            """;

    @TempDir
    Path folder;

    @Test
    void aPaperGoesThroughAStageOfTheirOwnAndTheResultIsDelivered() throws Exception {
        FirstPartyPlugins.copyTo(folder);
        try (TeamService team = new TeamService();
                TestServer server = TestServer.start(folder, Map.of("network.allow", team.address()))) {
            Http http = server.http();
            Tasks tasks = new Tasks(http);
            tasks.awaitStages("ingest", "parse", "chunk");
            made(http.put("/api/secrets/service", Map.of("value", TeamService.TOKEN)));
            made(http.put("/api/secrets/results", Map.of("value", TeamService.SIGNED_WITH)));

            Map<String, Object> stage = stage(team.url("/retitle"));
            Reply tried = made(http.post(
                    "/api/vp/try",
                    Map.of(
                            "definition", stage,
                            "settings", Map.of("token", "secret:service"),
                            "input", Map.of("title", "Sample"))));
            assertThat(tried.at("/status").asText()).as(tried.toString()).isEqualTo("completed");
            assertThat(tried.at("/output/title").asText()).isEqualTo("Checked: Sample");
            made(http.post("/api/vp/stages", stage));
            made(http.put(
                    "/api/pipelines/papers",
                    PIPELINE.formatted(team.url("/results")),
                    "Content-Type",
                    "application/yaml"));

            String paper =
                    tasks.blob(Files.readAllBytes(Path.of("docs", "samples", "tide-gauges.xml")), "application/xml");
            String task = tasks.start("papers", Map.of("blob", paper, "name", "tide-gauges.xml"));
            JsonNode done = tasks.until(task, "completed");

            assertThat(done.at("/state_keys/document/title").asText())
                    .as("the document that the parser read")
                    .doesNotStartWith("Checked: ");
            assertThat(tasks.output(task, "retitle").at("/title").asText()).startsWith("Checked: ");
            assertThat(tasks.output(task, "chunk").toString()).contains("Wind pushes water");
            JsonNode delivered = team.delivered();
            assertThat(delivered.at("/task/id").asText()).isEqualTo(task);
            assertThat(delivered.toString()).contains("Wind pushes water");
            for (String path : List.of(
                    "/api/tasks/" + task,
                    "/api/tasks/" + task + "/timeline",
                    "/api/audit",
                    "/api/vp/stages",
                    "/api/pipelines/papers",
                    "/api/sinks/deliveries?task=" + task)) {
                assertThat(made(http.get(path)).text())
                        .as(path)
                        .doesNotContain(TeamService.TOKEN, TeamService.SIGNED_WITH);
            }
        }
    }

    private static Map<String, Object> stage(String url) {
        List<Map<String, String>> document = List.of(Map.of("name", "document", "type", "document"));
        return Map.of(
                "id", "retitle",
                "name", "Retitle",
                "type", "stage",
                "ports", Map.of("inputs", document, "outputs", document),
                "settings_schema",
                        List.of(Map.of("key", "token", "type", "secret", "label", "Token", "required", true)),
                "executor", "http",
                "executor_config",
                        Map.of(
                                "method",
                                "POST",
                                "url",
                                url,
                                "headers",
                                Map.of("Authorization", "Bearer {{settings.token}}"),
                                "body",
                                Map.of("json", Map.of("document", "{{input}}")),
                                "response",
                                "body.document"));
    }

    private static Reply made(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
        return reply;
    }
}
