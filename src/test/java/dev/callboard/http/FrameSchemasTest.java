package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.feed.ListTopics;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.PluginJars;
import dev.callboard.workers.WorkerStages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Real frames of the feed are what the contract says they are, with nothing beside it. */
class FrameSchemasTest extends SchemasFixture {
    @Test
    void framesOfTheFeed() {
        startATriggerAndAWorker();
        try (FeedClient feed = server.feed()) {
            feed.send("{\"op\":\"ping\"}");
            schemas.assertFrame("pong", feed.next());
            schemas.assertFrame("error", feed.subscribe("nothing").next());
            schemas.assertFrame("paletteSnapshot", feed.subscribe("palette").next());
            schemas.assertFrame("status", feed.subscribe("status").next());
            for (String list : ListTopics.NAMES) {
                JsonNode snapshot = until(feed.subscribe(list), list);
                assertThat(snapshot.at("/data/items")).as(list).isNotEmpty();
                schemas.assertFrame(list + "Snapshot", snapshot);
            }
        }
    }

    private static void startATriggerAndAWorker() {
        Map<String, Object> night = Map.of("name", "night", "type", "schedule", "config", Map.of("cron", "0 3 * * *"));
        ok(http.put(
                "/api/pipelines/nightly",
                Map.of(
                        "name",
                        "nightly",
                        "stages",
                        List.of(Map.of("name", "a", "type", "planning")),
                        "sources",
                        List.of(night))));
        new WorkerStages(http).stage("by-a-worker", Map.of());
        http.postLater("/api/work/take?wait=30", Map.of("types", List.of("by-a-worker"), "name", "w-1"));
        for (String list : List.of("triggers", "workers")) {
            await().until(() -> http.get("/api/" + list).at("/items/0").isObject());
        }
    }

    @Test
    void framesOfChanges() throws IOException {
        try (FeedClient feed = server.feed()) {
            for (String topic : List.of("palette", "pipelines", "projects", "plugins", "tasks")) {
                until(feed.subscribe(topic), topic);
            }
            server.add("another");
            schemas.assertFrame("paletteChange", until(feed, "palette"));
            ok(http.put(
                    "/api/pipelines/q",
                    Map.of("name", "q", "stages", List.of(Map.of("name", "a", "type", "another")))));
            schemas.assertFrame("pipelinesChange", until(feed, "pipelines"));
            ok(http.delete("/api/vp/stages/another"));
            schemas.assertFrame("paletteChange", until(feed, "palette"));
            schemas.assertFrame("pipelinesChange", until(feed, "pipelines"));
            ok(http.delete("/api/pipelines/q"));
            schemas.assertFrame("pipelinesChange", until(feed, "pipelines"));
            String id = ok(http.post("/api/projects", Map.of("name", "More")))
                    .at("/id")
                    .asText();
            schemas.assertFrame("projectsChange", until(feed, "projects"));
            ok(http.delete("/api/projects/" + id));
            schemas.assertFrame("projectsChange", until(feed, "projects"));
            PluginJars.of("Late", "late").write(server.plugins(), "late.jar");
            schemas.assertFrame("pluginsChange", until(feed, "plugins"));
            Files.delete(server.plugins().resolve("late.jar"));
            schemas.assertFrame("pluginsChange", until(feed, "plugins"));
            ok(http.post("/api/tasks", Map.of("title", "T", "project", project)));
            JsonNode change = until(feed, "tasks");
            while (change.path("kind").asText().equals("counts")) {
                change = until(feed, "tasks"); // Of what another test did before.
            }
            schemas.assertFrame("tasksChange", change);
            JsonNode counts = until(feed, "tasks");
            while (!counts.path("kind").asText().equals("counts")) {
                counts = until(feed, "tasks");
            }
            schemas.assertFrame("tasksCounts", counts);
        }
    }

    @Test
    void framesOfOneTask() {
        String id = ok(http.post("/api/tasks", Map.of("title", "T", "project", project)))
                .at("/id")
                .asText();
        try (FeedClient feed = server.feed()) {
            schemas.assertFrame("taskSnapshot", feed.subscribe("task:" + id).next());
            ok(http.post("/api/tasks/" + id + "/run", Map.of()));
            Map<String, String> messages = Map.of("task", "taskTask", "execution", "taskExecution", "log", "taskLog");
            Predicate<JsonNode> waits =
                    frame -> frame.at("/task/status").asText().equals("awaiting_approval");
            JsonNode frame;
            do {
                frame = feed.next();
                schemas.assertFrame(messages.get(frame.path("kind").asText()), frame);
            } while (!waits.test(frame));
            schemas.assertFrame("taskSnapshot", feed.subscribe("task:" + id).next());
        }
    }

    @Test
    void framesOfWhatGoesToSinks() {
        ok(http.put(
                "/api/pipelines/sent",
                Map.of(
                        "stages",
                        List.of(Map.of("name", "a", "type", "planning")),
                        "sinks",
                        List.of(Map.of("name", "kept", "type", "result")))));
        String id = ok(http.post("/api/tasks", Map.of("title", "T", "pipeline", "sent", "auto_start", true)))
                .at("/id")
                .asText();
        await().until(() -> http.get("/api/tasks/" + id).at("/status").asText(), "awaiting_approval"::equals);
        try (FeedClient feed = server.feed()) {
            JsonNode before = feed.subscribe("task:" + id).next();
            assertThat(before.at("/data/deliveries").isArray()).isTrue();
            ok(http.post("/api/tasks/" + id + "/approve", Map.of("decision", Map.of("output", "done"))));
            JsonNode frame = feed.next();
            while (!frame.path("kind").asText().equals("deliveries")) {
                frame = feed.next();
            }
            assertThat(frame.at("/deliveries/0/status").asText()).isEqualTo("delivered");
            schemas.assertFrame("taskDeliveries", frame);
            JsonNode snapshot = feed.subscribe("task:" + id).next();
            while (!snapshot.path("kind").asText().equals("snapshot")) {
                snapshot = feed.next();
            }
            assertThat(snapshot.at("/data/deliveries/0/sink").asText()).isEqualTo("kept");
            schemas.assertFrame("taskSnapshot", snapshot);
        }
    }

    /** The next frame of a topic; frames of others may come in between. */
    private static JsonNode until(FeedClient feed, String topic) {
        JsonNode frame = feed.next();
        while (!frame.path("topic").asText().equals(topic)) {
            frame = feed.next();
        }
        return frame;
    }
}
