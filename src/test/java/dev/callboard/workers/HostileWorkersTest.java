package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a worker says, and whatever it is given, is a value: never expanded, never a fault of the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileWorkersTest {
    private static final List<String> VALUES = List.of(
            "{{settings.text}}",
            "{{",
            "${{ 1 + 1 }}",
            "$eval('1')",
            "<img src=x onerror=alert(1)>",
            "\u202ertl\u2066",
            "nul\u0000nul",
            "line\nline\r\n\u001b[31m",
            "k".repeat(10_240),
            "'; DROP TABLE tasks; --",
            "../../etc/passwd",
            "-rf",
            "");

    private TestServer server;
    private Http http;
    private WorkerStages workers;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        http = server.http();
        workers = new WorkerStages(http)
                .stage("job", Map.of(), Map.of("key", "text", "type", "string", "label", "Text", "maxLength", 20_000));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void valuesArriveAndComeBackAsTheyAre() {
        for (String value : VALUES) {
            Map<String, Object> task = new HashMap<>(Map.of("title", "T", "pipeline", "job", "auto_start", true));
            task.put("settings", Map.of("Only", Map.of("text", value)));
            task.put("input", List.of(Map.of("text", "x")));
            Reply created = http.post("/api/tasks", task);
            if (created.status() == 400) {
                continue; // Refused where it came in.
            }
            assertThat(created.status()).as(created.toString()).isEqualTo(201);
            JsonNode work = workers.take("w", "job");
            assertThat(work.at("/settings/text").asText()).isEqualTo(value);
            said("log", work, "lines", List.of(value, value));
            said("progress", work, "message", value);
            said("progress", work, "done", -1);
            said("progress", work, "done", value);
            Reply done = said("complete", work, "output", Map.of("v", value));
            if (done.status() == 200) {
                String id = created.at("/id").asText();
                workers.tasks().until(id, "completed");
                assertThat(workers.tasks().output(id, "Only").path("v").asText())
                        .isEqualTo(value);
            } else {
                workers.said("fail", work, Map.of("error", "The value was refused.", "retryable", false));
            }
        }
    }

    @Test
    void failuresAreTextsOnly() {
        for (String value : VALUES) {
            String task = workers.start("job", "x");
            JsonNode work = workers.take("w", "job");
            said("fail", work, "code", value);
            Reply failed = said("fail", work, "error", value);
            if (failed.status() != 200
                    && workers.tasks().task(task).path("status").asText().equals("running")) {
                workers.say("fail", work, Map.of("error", "The value was refused.", "retryable", false));
            }
            workers.tasks().until(task, "failed");
        }
    }

    @Test
    void shapesThatNobodyKnowsAreRefused() {
        // A type of its own: tests do not take each other's work.
        workers.stage("shapes", Map.of());
        workers.start("shapes", "x");
        JsonNode work = workers.take("w", "shapes");
        List<Object> shapes = List.of(1, true, List.of(), Map.of(), "x", List.of(1), List.of(Map.of()));
        for (Object shape : shapes) {
            for (String verb : List.of("beat", "progress", "log", "complete", "fail")) {
                Reply raw = http.post("/api/work/" + work.path("execution_id").asText() + "/" + verb, shape);
                assertThat(raw.status()).as(verb + " " + shape).isEqualTo(400);
                Reply more = said(verb, work, "more", shape);
                assertThat(more.status()).as(verb + " " + shape).isEqualTo(400);
            }
            Reply take = http.post("/api/work/take", Map.of("types", shape, "name", "w"));
            assertThat(take.status()).as(String.valueOf(shape)).isEqualTo(400);
        }
        for (String wait : List.of("-1", "31", "x", "1e1", "")) {
            assertThat(http.post("/api/work/take?wait=" + wait, Map.of("types", List.of("job"), "name", "w"))
                            .status())
                    .as(wait)
                    .isEqualTo(400);
        }
        assertThat(workers.complete(work, "done").status()).isEqualTo(200);
    }

    /** One member is hostile, the others are as they should be; never a fault of the server. */
    private Reply said(String verb, JsonNode work, String member, @Nullable Object value) {
        Map<String, @Nullable Object> body = new HashMap<>();
        switch (verb) {
            case "progress" -> body.put("done", 1);
            case "log" -> body.put("lines", List.of("x"));
            case "complete" -> body.put("output", "x");
            case "fail" -> body.putAll(Map.of("error", "x", "retryable", false));
            default -> {}
        }
        body.put(member, value);
        Reply reply = workers.say(verb, work, body);
        assertThat(reply.status()).as(verb + " " + member + " " + reply).isIn(200, 400, 409);
        return reply;
    }
}
