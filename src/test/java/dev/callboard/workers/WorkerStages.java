package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.Tasks;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stages for workers, and what workers and those who start tasks do, over HTTP. */
public final class WorkerStages {
    private final Http http;
    private final String[] headers;
    private final Tasks tasks;

    /** @param headers names and values in turn, that workers send */
    public WorkerStages(Http http, String... headers) {
        this.http = http;
        this.headers = headers;
        this.tasks = new Tasks(http);
    }

    /** What a client does with tasks. */
    public Tasks tasks() {
        return tasks;
    }

    /** A stage for workers, and a pipeline of the same name with it alone, called Only. */
    public WorkerStages stage(String id, Map<String, Object> template, Object... settings) {
        Definitions definitions = new Definitions(http);
        definitions.stage(Stages.of(id, "worker", Map.of(), settings));
        Map<String, Object> only = new HashMap<>(template);
        Object policies = only.remove("policies");
        only.put("name", "Only");
        only.put("type", id);
        Map<String, Object> pipeline = new HashMap<>(Map.of("stages", List.of(only)));
        if (policies != null) {
            pipeline.put("policies", policies);
        }
        definitions.pipeline(id, pipeline);
        return this;
    }

    /** A started task; its id. */
    public String start(String pipeline, String text) {
        return tasks.start(pipeline, Map.of("text", text));
    }

    /** Asks for work. */
    public Reply ask(int wait, String name, String... types) {
        return http.post("/api/work/take?wait=" + wait, Map.of("types", List.of(types), "name", name), headers);
    }

    /** Takes work that is there, or comes. */
    public JsonNode take(String name, String... types) {
        Reply taken = ask(30, name, types);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
        return taken.json();
    }

    /** Says something of work. */
    public Reply say(String verb, JsonNode work, Map<String, @Nullable Object> more) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(more);
        body.put("lease", work.path("lease").asText());
        return http.post("/api/work/" + work.path("execution_id").asText() + "/" + verb, body, headers);
    }

    /** Ends work with an output. */
    public Reply complete(JsonNode work, @Nullable Object output) {
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("output", output);
        return say("complete", work, body);
    }

    /** Says something that the server takes. */
    public JsonNode said(String verb, JsonNode work, Map<String, @Nullable Object> more) {
        Reply reply = say(verb, work, more);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }
}
