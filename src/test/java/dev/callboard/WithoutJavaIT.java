package dev.callboard;

import static dev.callboard.testing.WebStub.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import dev.callboard.testing.WebStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A team without Java, over HTTP alone: a stage that calls their web service with a token from the store, tried, put between two
 * stages of the documents plugin, a paper sent through, and the result delivered to them, signed.
 */
class WithoutJavaIT {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TOKEN = "t0ken-of-the-service";
    private static final String SIGNED_WITH = "signs-the-results";

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
        try (WebStub team = new WebStub();
                TestServer server = TestServer.start(folder, Map.of("network.allow", "127.0.0.1:" + team.port()))) {
            team.answer("/retitle", WithoutJavaIT::retitle)
                    .answer("/results", each -> reply(each, 204, "text/plain", ""));
            Http http = server.http();
            Tasks tasks = new Tasks(http);
            tasks.awaitStages("ingest", "parse", "chunk");
            made(http.put("/api/secrets/service", Map.of("value", TOKEN)));
            made(http.put("/api/secrets/results", Map.of("value", SIGNED_WITH)));

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
            WebStub.Request delivered = await().until(
                            () -> team.requests().stream()
                                    .filter(request -> request.line().equals("POST /results"))
                                    .toList(),
                            all -> !all.isEmpty())
                    .get(0);
            assertThat(delivered.header("Callboard-signature")).isEqualTo(signature(delivered));
            assertThat(MAPPER.readTree(delivered.body()).at("/task/id").asText())
                    .isEqualTo(task);
            assertThat(delivered.body()).contains("Wind pushes water");
            for (String path : List.of(
                    "/api/tasks/" + task,
                    "/api/tasks/" + task + "/timeline",
                    "/api/audit",
                    "/api/vp/stages",
                    "/api/pipelines/papers",
                    "/api/sinks/deliveries?task=" + task)) {
                assertThat(made(http.get(path)).text()).as(path).doesNotContain(TOKEN, SIGNED_WITH);
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

    /** The team's service: it wants the token, and changes the title of a document. */
    private static void retitle(HttpExchange exchange) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "text/plain", "Who are you?");
            return;
        }
        JsonNode body = MAPPER.readTree(WebStub.body(exchange));
        ObjectNode document = (ObjectNode) body.path("document");
        document.put("title", "Checked: " + document.path("title").asText());
        reply(exchange, 200, "application/json", body.toString());
    }

    private static String signature(WebStub.Request delivered) throws Exception {
        String time = delivered.header("Callboard-signature").replaceFirst("t=(\\d+),.*", "$1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SIGNED_WITH.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hash = mac.doFinal((time + "." + delivered.body()).getBytes(StandardCharsets.UTF_8));
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(hash);
    }

    private static Reply made(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
        return reply;
    }
}
