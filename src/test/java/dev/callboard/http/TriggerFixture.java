package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Pipelines with one source and one stage that waits for a person, and what their triggers did. */
record TriggerFixture(TestServer server) {
    static TriggerFixture on(TestServer server) {
        assertThat(server.http().post("/api/vp/stages", Stages.manual("look")).status())
                .isEqualTo(200);
        return new TriggerFixture(server);
    }

    Reply put(String name, String type, Map<String, ?> config) {
        return server.http()
                .put(
                        "/api/pipelines/" + name,
                        Map.of(
                                "name",
                                name,
                                "sources",
                                List.of(Map.of("name", "in", "type", type, "config", config)),
                                "stages",
                                List.of(Map.of("name", "Look", "type", "look"))));
    }

    /** Stores it and waits for its trigger. */
    JsonNode trigger(String name, String type, Map<String, ?> config) {
        assertThat(put(name, type, config).status()).isIn(200, 201);
        return org.awaitility.Awaitility.await()
                .until(() -> list(name), found -> !found.isEmpty())
                .get(0);
    }

    JsonNode trigger(String name) {
        return list(name).get(0);
    }

    List<JsonNode> list(String name) {
        return items(server.http().get("/api/triggers?pipeline=" + name));
    }

    Reply command(JsonNode trigger, String command) {
        return server.http().post("/api/triggers/" + trigger.at("/id").asText() + "/" + command, null);
    }

    /** The path of a webhook's address. */
    static String path(JsonNode trigger) {
        return URI.create(trigger.at("/url").asText()).getPath();
    }

    /** Sends a webhook its request. */
    Reply post(String path, String body, String... headers) {
        return server.http().send("POST", path, body, headers);
    }

    /** All tasks of a pipeline, newest first. */
    List<JsonNode> tasks(String name) {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            Reply page = server.http().get("/api/tasks?limit=100&pipeline=" + name + next);
            all.addAll(items(page));
            next = page.at("/next").isTextual() ? "&cursor=" + page.at("/next").asText() : "";
        } while (!next.isEmpty());
        return all;
    }

    private static List<JsonNode> items(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return StreamSupport.stream(reply.at("/items").spliterator(), false).toList();
    }
}
