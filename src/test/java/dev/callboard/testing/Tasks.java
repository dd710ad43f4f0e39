package dev.callboard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a client does with tasks, over HTTP. */
public final class Tasks {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Set<String> OPEN = Set.of("pending", "running");

    private final Http http;

    /** On a server. */
    public Tasks(Http http) {
        this.http = http;
    }

    /** Waits until stage types are available. */
    public void awaitStages(String... types) {
        for (String type : types) {
            await().pollInterval(LOOK)
                    .until(() ->
                            http.get("/api/vp/stages/" + type).at("/available").asBoolean());
        }
    }

    /** Stores bytes; their SHA-256. */
    public String blob(byte[] bytes, String mediaType) {
        Reply stored = http.post("/api/blobs", bytes, "Content-Type", mediaType);
        assertThat(stored.status()).as(stored.toString()).isBetween(200, 201);
        return stored.at("/sha256").asText();
    }

    /** A started task of a pipeline; its id. */
    public String start(String pipeline, Object... input) {
        return start(Map.of("pipeline", pipeline, "input", List.of(input)));
    }

    /** A started task; its id. */
    public String start(Map<String, Object> members) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("title", "T", "auto_start", true));
        body.putAll(members);
        Reply created = http.post("/api/tasks", body);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.at("/id").asText();
    }

    /** A call such as {@code retry}. */
    public void call(String id, String verb, Map<String, Object> body) {
        Reply reply = http.post("/api/tasks/" + id + "/" + verb, body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    /** Writes the ledger. */
    public void ledger(String id, Map<String, Object> entries) {
        Reply reply = http.send("PATCH", "/api/tasks/" + id + "/ledger", entries);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    /** A task. */
    public JsonNode task(String id) {
        return http.get("/api/tasks/" + id).json();
    }

    /** Waits until a task has a status; fails at once when it comes to rest in another. */
    public JsonNode until(String id, String status) {
        return until(id, status, Patience.SOON);
    }

    /** As {@link #until(String, String)}, with more patience. */
    public JsonNode until(String id, String status, Duration patience) {
        await().atMost(patience).pollInterval(LOOK).until(() -> {
            JsonNode task = task(id);
            String now = task.path("status").asText();
            if (!OPEN.contains(now)) {
                assertThat(now).as(() -> task + "\n" + executions(id)).isEqualTo(status);
            }
            return now.equals(status);
        });
        return task(id);
    }

    /** Waits until a task waits; for what. */
    public JsonNode waiting(String id) {
        return await().pollInterval(LOOK).until(() -> waitingNow(id), JsonNode::isObject);
    }

    private JsonNode waitingNow(String id) {
        JsonNode task = task(id);
        assertThat(task.path("status").asText())
                .as(() -> task + "\n" + executions(id))
                .isIn(OPEN);
        return task.path("waiting_for");
    }

    /** The attempts at a stage, in order. */
    public List<JsonNode> attempts(String id, String stage) {
        List<JsonNode> found = new ArrayList<>();
        executions(id).forEach(execution -> {
            if (execution.path("stage").asText().equals(stage)) {
                found.add(execution);
            }
        });
        return found;
    }

    /** The newest attempt at a stage; missing when there is none. */
    public JsonNode attempt(String id, String stage) {
        List<JsonNode> all = attempts(id, stage);
        return all.isEmpty() ? MissingNode.getInstance() : all.get(all.size() - 1);
    }

    /** The whole output of the newest attempt at a stage. */
    public JsonNode output(String id, String stage) {
        return http.get("/api/executions/" + attempt(id, stage).path("id").asText() + "/output")
                .json();
    }

    /** The names of the stages that were attempted, in order. */
    public List<String> attempted(String id) {
        return executions(id).findValuesAsText("stage");
    }

    private JsonNode executions(String id) {
        return http.get("/api/tasks/" + id + "/executions").at("/items");
    }
}
