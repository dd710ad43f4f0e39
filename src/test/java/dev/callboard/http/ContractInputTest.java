package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Walks all operations of the contract with input that none of them takes. The seed is the property {@code callboard.seed}. */
class ContractInputTest {
    @TempDir
    Path folder;

    @Test
    void wrongInputIsNeverTakenAndNeverBreaksTheServer() throws IOException {
        long seed = Long.getLong("callboard.seed", 9);
        try (TestServer server = TestServer.start(folder)) {
            Http http = server.http();
            server.add("there");
            String project =
                    http.post("/api/projects", Map.of("name", "P")).at("/id").asText();
            String template = http.get("/api/projects/" + project + "/stage-templates")
                    .at("/items/1/id")
                    .asText();
            String task = http.post("/api/tasks", Map.of("title", "T", "project", project))
                    .at("/id")
                    .asText();
            Map<String, String> ids =
                    new HashMap<>(Map.of("{name}", "auto", "{template}", template, "{sha256}", "0".repeat(64)));
            for (String path :
                    List.of("", "/stage-templates", "/stage-templates/reorder", "/stage-templates/{template}")) {
                ids.put("/api/projects/{id}" + path + "{id}", project);
            }
            ids.put("/api/projects/{id}/stage-templates/{template}/duplicate{id}", project);
            ids.put("/api/vp/stages/{id}{id}", "there");
            ids.put("{id}", task);
            Map<String, Object> bodies = Map.of(
                    "addStage", Stages.manual("new"),
                    "replaceStage", Stages.manual("there"),
                    "createTask", Map.of("title", "T", "pipeline", "dev-task"),
                    "addStageTemplate", Map.of("name", "N", "type", "planning"),
                    "changeStageTemplate", Map.of("name", "N"),
                    "validateGraph", Map.of("nodes", List.of(), "edges", List.of()),
                    "compileGraph", Map.of("nodes", List.of(), "edges", List.of()));
            Map<?, ?> contract = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(http.get("/openapi.yaml").text());
            List<BadInput.Request> requests = new BadInput(contract, ids, bodies, seed).all();
            String before = state(http);

            List<String> wrong = new ArrayList<>();
            for (BadInput.Request request : requests) {
                String answer = send(server, request);
                int status = Integer.parseInt(answer.substring(9, 12));
                // What comes to a webhook is its sender's own; at an address that nobody has it is told only that.
                boolean hook = request.path().startsWith("/api/hooks/");
                boolean refused = status == 400 || status == 415 || hook && status == 404;
                // Who is told of a pattern has to be told which.
                boolean secretive = answer.contains("does not match pattern");
                if (!refused || secretive || !answer.contains("application/problem+json")) {
                    wrong.add(request.what() + ": " + request.method() + " " + request.path() + " " + shown(request)
                            + " → " + answer.lines().findFirst().orElse(""));
                }
            }
            assertThat(requests.size()).isGreaterThan(500);
            assertThat(wrong)
                    .as("of " + requests.size() + " requests with seed " + seed)
                    .isEmpty();
            assertThat(state(http)).isEqualTo(before);
        }
    }

    private static String state(Http http) {
        return http.get("/api/tasks").text()
                + http.get("/api/projects").text()
                + http.get("/api/vp/stages").text()
                + http.get("/api/pipelines").text();
    }

    private static String shown(BadInput.Request request) {
        String body = request.body() == null ? "" : new String(request.body(), StandardCharsets.UTF_8);
        return body.substring(0, Math.min(200, body.length()));
    }

    /** As it is: a usual client would not send some of these. */
    private static String send(TestServer server, BadInput.Request request) throws IOException {
        StringBuilder head = new StringBuilder(request.method() + " " + request.path() + " HTTP/1.1\r\nHost: "
                + server.uri().getAuthority() + "\r\nConnection: close\r\n");
        for (int i = 0; i < request.headers().size(); i += 2) {
            head.append(request.headers().get(i))
                    .append(": ")
                    .append(request.headers().get(i + 1))
                    .append("\r\n");
        }
        byte[] body = request.body();
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
            if (!request.headers().contains("Content-Type")) {
                head.append("Content-Type: application/json\r\n");
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body == null ? new byte[0] : body);
        return RawSocket.exchange(server.uri(), bytes.toString(StandardCharsets.ISO_8859_1));
    }
}
