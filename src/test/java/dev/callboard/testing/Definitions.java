package dev.callboard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores stages and pipelines on a server, which has to take them. */
public final class Definitions {
    private final Http http;

    /** On a server. */
    public Definitions(Http http) {
        this.http = http;
    }

    /** Adds a stage to the palette; its id. */
    public String stage(Map<String, ?> definition) {
        Reply reply = http.post("/api/vp/stages", definition);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return String.valueOf(definition.get("id"));
    }

    /** A pipeline of these stages. */
    public void pipelineOf(String name, Object... stages) {
        pipeline(name, Map.of("stages", List.of(stages)));
    }

    /** A pipeline with these members beside its name. */
    public void pipeline(String name, Map<String, ?> members) {
        Map<String, Object> definition = new HashMap<>(members);
        definition.put("name", name);
        Reply reply = http.put("/api/pipelines/" + name, definition);
        assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
    }
}
