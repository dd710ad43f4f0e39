package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while it makes tasks for requests with keys; each is sent again, and none is made twice. */
class KeyedWritesKillIT {
    private static final int ROUNDS = 3;
    private static final int WRITERS = 8;
    private static final int ENOUGH = 30;
    private static final String LOST = "";

    @TempDir
    Path folder;

    /** Title, which is the key too, to the task's id; {@link #LOST} when there was no answer. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    @BeforeEach
    void pipeline() throws IOException {
        Path pipelines = Files.createDirectories(folder.resolve("config").resolve("pipelines"));
        Files.writeString(pipelines.resolve("one.yaml"), "name: one\nstages:\n  - {name: plan, type: planning}\n");
    }

    @Test
    void whatIsSentAgainAfterAKillIsMadeOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (JarProcess server = JarProcess.serve(folder)) {
                int enough = ENOUGH * (round + 1);
                List<CompletableFuture<Void>> writers = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    String prefix = "r" + round + "-w" + writer + "-";
                    writers.add(CompletableFuture.runAsync(() -> createUntilKilled(server, prefix, enough)));
                }
                writers.forEach(CompletableFuture::join);
            }
        }
        assertThat(answers).as("requests whose answer is not known").containsValue(LOST);
        try (JarProcess server = JarProcess.serve(folder)) {
            Http http = server.http();
            answers.forEach((title, id) -> {
                Reply again = create(http, title);
                assertThat(again.status()).as(again.toString()).isEqualTo(201);
                if (!id.equals(LOST)) {
                    assertThat(again.at("/id").asText()).as(title).isEqualTo(id);
                }
            });
            Map<String, Integer> made = new HashMap<>();
            await().untilAsserted(() -> {
                List<JsonNode> tasks = tasks(http);
                assertThat(tasks)
                        .extracting(task -> task.path("status").asText())
                        .containsOnly("awaiting_approval");
                made.clear();
                tasks.forEach(task -> made.merge(task.path("title").asText(), 1, Integer::sum));
            });
            assertThat(made.keySet()).isEqualTo(answers.keySet());
            assertThat(made.values()).containsOnly(1);
        }
    }

    private static Reply create(Http http, String title) {
        return http.post(
                "/api/tasks", Map.of("title", title, "pipeline", "one", "auto_start", true), "Idempotency-Key", title);
    }

    private void createUntilKilled(JarProcess server, String prefix, int enough) {
        for (int i = 0; i < 1_000; i++) {
            String title = prefix + i;
            answers.put(title, LOST);
            try {
                Reply reply = create(server.http(), title);
                if (reply.status() == 201) {
                    answers.put(title, reply.at("/id").asText());
                }
                if (answers.size() >= enough) {
                    server.kill();
                }
            } catch (IllegalStateException e) {
                return; // Killed: what was not answered may be there or not.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static List<JsonNode> tasks(Http http) {
        List<JsonNode> tasks = new ArrayList<>();
        String path = "/api/tasks?limit=200";
        for (int page = 0; page < 100; page++) {
            Reply reply = http.get(path);
            reply.at("/items").forEach(tasks::add);
            if (reply.at("/next").isNull()) {
                break;
            }
            path = "/api/tasks?limit=200&cursor=" + reply.at("/next").asText();
        }
        return tasks;
    }
}
