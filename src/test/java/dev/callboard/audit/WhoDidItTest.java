package dev.callboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever changes a task is in the audit log, whatever they call themselves. */
class WhoDidItTest extends AuditFixture {
    private static final Map<String, Object> RESEARCH = Map.of("research", "It is so.", "questions", List.of());

    private String task() {
        return http.post("/api/tasks", Map.of("title", "Fix it", "pipeline", "dev-task"), EDITOR)
                .at("/id")
                .asText();
    }

    private void awaitStatus(String task, String status) {
        await().until(() ->
                http.get("/api/tasks/" + task).at("/status").asText().equals(status));
    }

    private Reply as(String actor, String method, String path, Object body) {
        return http.send(method, path, body, "X-Callboard-Actor", actor);
    }

    /** Every call by which people change tasks, in an order in which each is allowed; one audit row each. */
    private List<String> allCalls(String actor) {
        Reply created = as(actor, "POST", "/api/tasks", Map.of("title", "Fix it", "pipeline", "dev-task"));
        String task = created.status() == 201 ? created.at("/id").asText() : task();
        String path = "/api/tasks/" + task;
        as(actor, "POST", path + "/run", Map.of());
        if (created.status() == 201) {
            awaitStatus(task, "awaiting_approval");
        }
        as(actor, "PATCH", path + "/ledger", Map.of("ready", true));
        as(actor, "PUT", path + "/stages", Map.of("stages", List.of()));
        as(actor, "POST", path + "/redo", Map.of());
        if (created.status() == 201) {
            awaitStatus(task, "awaiting_approval");
        }
        as(actor, "POST", path + "/approve", Map.of("decision", Map.of("output", RESEARCH)));
        as(actor, "POST", path + "/cancel", Map.of());
        as(actor, "DELETE", path, null);
        return rows("subject=" + task + "&limit=500").stream()
                .filter(row -> row.path("origin").asText().startsWith("api "))
                .map(row -> row.path("kind").asText() + " " + row.path("actor").asText())
                .toList();
    }

    @Test
    void aNameOfThePartsOfTheServerIsRefused() {
        for (String name : List.of("engine", "Rules", "model", "person")) {
            // What the fixture's own editor did is all that there is.
            assertThat(allCalls(name)).as(name).containsExactly("task.created editor-1");
            Reply refused = as(name, "POST", "/api/vp/stages", Map.of());
            assertThat(refused.status()).as(name).isEqualTo(400);
            assertThat(refused.code()).as(name).isEqualTo("invalid_actor");
        }
    }

    @Test
    void anyOtherNameIsAPersonAndAudited() {
        for (String header : List.of("cli", "local", "file", "%E5%B1%B1%E7%94%B0")) {
            String name = header.startsWith("%") ? "山田" : header;
            assertThat(allCalls(header))
                    .as(name)
                    .containsExactly(
                            "task.archived " + name,
                            "task.cancelled " + name,
                            "task.approved " + name,
                            "task.redone " + name,
                            "task.selected " + name,
                            "task.ledger " + name,
                            "task.started " + name,
                            "task.created " + name);
        }
    }

    @Test
    void aRetryIsAuditedAndSoIsWhatFailed() throws IOException {
        PluginJars.of("Broken", "broken")
                .registering(
                        "new StageRegistration(StageMetadata.builder(\"broken\").build(), () -> (context, input) -> {"
                                + " throw dev.callboard.spi.StageFailure.permanent(\"no_disk\", \"There is no disk.\"); })")
                .write(server.plugins(), "broken.jar");
        new PluginTasks(server).untilPlugin("broken.jar", "loaded");
        Map<String, Object> stages = Map.of("name", "p", "stages", List.of(Map.of("name", "Read", "type", "broken")));
        assertThat(as("editor-1", "PUT", "/api/pipelines/p", stages).status()).isEqualTo(201);
        String task = as("editor-1", "POST", "/api/tasks", Map.of("title", "Read the disk", "pipeline", "p"))
                .at("/id")
                .asText();
        assertThat(as("editor-1", "POST", "/api/tasks/" + task + "/run", Map.of())
                        .status())
                .isEqualTo(200);
        awaitStatus(task, "failed");
        assertThat(as("cli", "POST", "/api/tasks/" + task + "/retry", Map.of()).status())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(told("subject=" + task))
                .containsExactly(
                        "task.created " + task + ", " + API,
                        "task.started " + task + ", " + API,
                        "task.stage_failed " + task + ", engine from engine",
                        "task.failed " + task + ", engine from engine",
                        "task.retried " + task + ", cli from api 127.0.0.1",
                        "task.stage_failed " + task + ", engine from engine",
                        "task.failed " + task + ", engine from engine"));
        assertThat(rows("kind=task.stage_failed&limit=1").get(0).path("detail").asText())
                .isEqualTo("Read: There is no disk.");
        assertThat(rows("subject=" + task))
                .allSatisfy(row -> assertThat(row.path("title").asText()).isEqualTo("Read the disk"));
    }

    @Test
    void whoApprovedIsInTheTimelineAndTheDecision() {
        String task = task();
        as("Ada", "POST", "/api/tasks/" + task + "/run", Map.of());
        awaitStatus(task, "awaiting_approval");
        as("Zo%C3%AB", "POST", "/api/tasks/" + task + "/approve", Map.of("decision", Map.of("output", RESEARCH)));
        assertThat(http.get("/api/tasks/" + task + "/timeline").at("/items").findValuesAsText("actor"))
                .contains("editor-1", "Ada", "Zoë");
        assertThat(http.get("/api/tasks/" + task + "/executions")
                        .at("/items/0/decision/by")
                        .asText())
                .isEqualTo("Zoë");
    }

    @Test
    void aProxyMaySendPlainUtf8() throws IOException {
        String body = "{\"name\":\"Export\"}";
        String request = "POST /api/projects HTTP/1.1\r\nHost: " + server.uri().getAuthority() + "\r\n"
                + "X-Callboard-Actor: Łukasz\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
        try (RawSocket socket = RawSocket.connect(server.uri())) {
            socket.write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.readToEnd(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 201");
        }
        assertThat(rows("kind=project.created").get(0).path("actor").asText()).isEqualTo("Łukasz");
    }
}
