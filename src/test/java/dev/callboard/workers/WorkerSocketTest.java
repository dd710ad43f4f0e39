package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.FeedClients;
import dev.callboard.testing.Http;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same over a WebSocket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerSocketTest {
    private static final String PATH = "/ws/worker";

    private TestServer server;
    private Http http;
    private WorkerStages workers;
    private FeedClients clients;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        http = server.http();
        workers = new WorkerStages(http).stage("job", Map.of()).stage("other", Map.of());
        clients = new FeedClients();
    }

    @AfterAll
    void stop() {
        clients.close();
        server.close();
    }

    private FeedClient worker(String name, String... types) {
        FeedClient worker = clients.connect(server.uri(), PATH, Map.of());
        worker.send(Map.of("op", "offer", "types", List.of(types), "name", name));
        assertThat(worker.next().path("kind").asText()).isEqualTo("offered");
        return worker;
    }

    private static Map<String, Object> frame(String op, JsonNode work) {
        return new java.util.HashMap<>(Map.of(
                "op", op,
                "execution_id", work.path("execution_id").asText(),
                "lease", work.path("lease").asText()));
    }

    @Test
    void workComesAsOftenAsItIsAskedFor() {
        try (FeedClient worker = worker("socket-1", "job")) {
            worker.send(Map.of("op", "take")).send(Map.of("op", "take"));
            String first = workers.start("job", "one");
            JsonNode work = worker.next();
            assertThat(work.path("kind").asText()).isEqualTo("work");
            assertThat(work.path("task_id").asText()).isEqualTo(first);
            assertThat(work.path("input").asText()).isEqualTo("one");
            worker.send(frame("beat", work));
            JsonNode alive = worker.next();
            assertThat(alive.path("kind").asText()).isEqualTo("alive");
            assertThat(alive.path("op").asText()).isEqualTo("beat");
            assertThat(alive.path("cancel").isNull()).isTrue();
            Map<String, Object> complete = frame("complete", work);
            complete.put("output", "x".repeat(300_000));
            worker.send(complete);
            assertThat(worker.next().path("status").asText()).isEqualTo("completed");
            workers.tasks().until(first, "completed");
            String second = workers.start("job", "two");
            assertThat(worker.next().path("task_id").asText()).isEqualTo(second);
            workers.tasks().call(second, "cancel", Map.of());
            JsonNode cancel = worker.next();
            assertThat(cancel.path("kind").asText()).isEqualTo("cancel");
            assertThat(cancel.path("reason").asText()).isEqualTo("cancelled");
        }
    }

    @Test
    void aLeaseOutlivesItsConnection() {
        JsonNode work;
        String task;
        try (FeedClient worker = worker("socket-2", "other")) {
            worker.send(Map.of("op", "take"));
            task = workers.start("other", "x");
            work = worker.next();
        }
        try (FeedClient again = worker("socket-2", "other")) {
            Map<String, Object> complete = frame("complete", work);
            complete.put("output", Map.of("done", true));
            again.send(complete);
            assertThat(again.next().path("kind").asText()).isEqualTo("done");
            workers.tasks().until(task, "completed");
        }
        await().until(() -> !http.get("/api/workers").text().contains("socket-2"));
    }

    @Test
    void theFeedSaysWhoComesAndGoes() {
        try (FeedClient feed = server.feed()) {
            assertThat(feed.subscribe("workers").next().path("kind").asText()).isEqualTo("snapshot");
            FeedClient worker = worker("seen", "job", "other");
            assertThat(until(feed, "updated").at("/worker/type").asText()).isEqualTo("job");
            assertThat(until(feed, "updated").at("/worker/type").asText()).isEqualTo("other");
            worker.close();
            assertThat(until(feed, "removed").at("/worker/name").asText()).isEqualTo("seen");
        }
    }

    private static JsonNode until(FeedClient feed, String kind) {
        JsonNode frame = feed.next();
        while (!(frame.path("kind").asText().equals(kind)
                && frame.at("/worker/name").asText().equals("seen"))) {
            frame = feed.next();
        }
        return frame;
    }

    @Test
    void whatIsWrongIsSaidAndTheConnectionStays() {
        try (FeedClient worker = clients.connect(server.uri(), PATH, Map.of())) {
            assertThat(error(worker, "{")).isEqualTo("invalid_frame");
            assertThat(error(worker, "[1]")).isEqualTo("unknown_op");
            assertThat(error(worker, "{\"op\": \"take\"}")).isEqualTo("no_offer");
            assertThat(error(worker, "{\"op\": \"offer\", \"types\": [], \"name\": \"w\"}"))
                    .isEqualTo("invalid_frame");
            assertThat(error(worker, "{\"op\": \"offer\", \"types\": [\"gate\"], \"name\": \"w\"}"))
                    .isEqualTo("not_a_worker_stage");
            assertThat(error(worker, "{\"op\": \"beat\", \"lease\": \"x\"}")).isEqualTo("invalid_frame");
            assertThat(error(worker, "{\"op\": \"beat\", \"execution_id\": \"x\", \"lease\": \"x\"}"))
                    .isEqualTo("lease_lost");
            assertThat(error(worker, "{\"op\": \"beat\", \"execution_id\": \"x\", \"lease\": \"x\", \"more\": 1}"))
                    .isEqualTo("invalid_frame");
            assertThat(error(worker, "{\"op\": \"complete\", \"execution_id\": \"x\", \"lease\": \"x\"}"))
                    .isEqualTo("invalid_frame");
            worker.send(Map.of("op", "offer", "types", List.of("job"), "name", "w"));
            assertThat(worker.next().path("kind").asText()).isEqualTo("offered");
        }
    }

    private static String error(FeedClient worker, String frame) {
        JsonNode answer = worker.send(frame).next();
        assertThat(answer.path("kind").asText()).isEqualTo("error");
        return answer.path("code").asText();
    }

    @Test
    void pagesAreRefused() {
        for (String origin : List.of(server.uri().toString(), "http://evil.example", "null")) {
            assertThat(clients.refused(server.uri(), PATH, Map.of("Origin", origin)))
                    .isEqualTo(403);
        }
        assertThat(http.get(PATH).status()).isEqualTo(426);
        assertThat(http.get(PATH + "?x=1").status()).isEqualTo(400);
    }
}
