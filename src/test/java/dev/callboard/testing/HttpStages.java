package dev.callboard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Defines {@code http} stages, each in a pipeline of its own, and runs them. */
public final class HttpStages {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Http http;
    private int made;

    public HttpStages(Http http) {
        this.http = http;
    }

    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The element of a list that has that value. */
    public static JsonNode of(JsonNode list, String member, String value) {
        for (JsonNode each : list) {
            if (each.path(member).asText().equals(value)) {
                return each;
            }
        }
        throw new AssertionError("no " + value + " in " + list);
    }

    private Map<String, Object> stage(Map<String, Object> config, List<Object> settings) {
        return Stages.named("call-" + made++, "Call", "http", config, settings.toArray());
    }

    /** Defines a stage; what the server answered, and the palette entry. */
    public JsonNode define(Map<String, Object> config, List<Object> settings) {
        Map<String, Object> stage = stage(config, settings);
        Reply reply = http.post("/api/vp/stages", stage);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    /** What the server answers to a definition without settings. */
    public Reply answer(Map<String, Object> config) {
        return http.post("/api/vp/stages", stage(config, List.of()));
    }

    /** The definition is refused, with that pointer. */
    public void refused(Map<String, Object> config, String pointer, String detail) {
        Reply reply = answer(config);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/pointer").asText())
                .as(reply.toString())
                .isEqualTo("/executor_config/" + pointer);
        assertThat(reply.json().at("/errors/0/detail").asText()).contains(detail);
    }

    /** Starts a task of one such stage; its id. */
    public String start(
            Map<String, Object> config,
            Map<String, Object> values,
            Map<String, Object> input,
            Map<String, Object> policy,
            Object... settings) {
        String id = define(config, List.of(settings)).path("id").asText();
        Map<String, Object> template = new HashMap<>(Map.of("name", "Only", "type", id, "config", values));
        Map<String, Object> definition = new HashMap<>(Map.of("stages", List.of(template)));
        if (!policy.isEmpty()) {
            template.put("policy", "own");
            definition.put("policies", Map.of("own", policy));
        }
        new Definitions(http).pipeline(id, definition);
        return new Tasks(http).start(id, input);
    }

    /** The task when it has ended. */
    public JsonNode ended(String task) {
        return await().until(
                        () -> http.get("/api/tasks/" + task).json(), each -> List.of("completed", "failed", "cancelled")
                                .contains(each.path("status").asText()));
    }

    /** Runs one stage on a text; its attempt. */
    public JsonNode run(Map<String, Object> config, Map<String, Object> values, String text, Object... settings) {
        return runOn(config, values, Map.of("text", text), settings);
    }

    /** Runs one stage on any input; its attempt. */
    public JsonNode runOn(
            Map<String, Object> config, Map<String, Object> values, Map<String, Object> input, Object... settings) {
        String task = start(config, values, input, Map.of(), settings);
        ended(task);
        return http.get("/api/tasks/" + task + "/executions").json().at("/items/0");
    }

    /** All attempts at one stage under a policy. */
    public JsonNode attempts(Map<String, Object> config, Map<String, Object> policy) {
        String task = start(config, Map.of(), Map.of("text", "x"), policy);
        ended(task);
        return http.get("/api/tasks/" + task + "/executions").json().path("items");
    }

    /** Stores a file; its SHA-256. */
    public String upload(String text, String mediaType) {
        Reply reply = http.post("/api/blobs", text, "Content-Type", mediaType);
        assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
        return reply.json().path("sha256").asText();
    }
}
