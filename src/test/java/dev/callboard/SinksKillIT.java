package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import dev.callboard.testing.WebStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at random moments while tasks complete and their results are delivered: each result arrives, under one
 * delivery id however often, and there is one file for each. {@code -Dcallboard.rounds=50 -Dseed=…} for more.
 */
class SinksKillIT {
    private static final int TASKS_A_ROUND = 5;
    private static final int LONGEST_MS = 1_500;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void eachResultArrivesUnderOneIdAndInOneFile() throws Exception {
        Path outbox = Files.createDirectory(folder.resolve("outbox")).toRealPath();
        List<String> tasks = new ArrayList<>();
        try (WebStub receiver = new WebStub()) {
            receiver.answer("/in", each -> {
                boolean answers = random.nextInt(3) > 0;
                WebStub.reply(each, answers ? 200 : 503, "text/plain", "x");
            });
            configure(receiver, outbox);
            int rounds = Integer.getInteger("callboard.rounds", 3);
            for (int round = 0; round < rounds; round++) {
                try (JarProcess server = JarProcess.serve(folder, Map.of("HOOK_SECRET", "hook-secret-1"))) {
                    for (int i = 0; i < TASKS_A_ROUND; i++) {
                        tasks.add(completed(server.http(), tasks.size()));
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MS)));
                    server.kill();
                }
            }
            receiver.answer("/in", each -> WebStub.reply(each, 200, "text/plain", "x"));
            try (JarProcess server = JarProcess.serve(folder, Map.of("HOOK_SECRET", "hook-secret-1"))) {
                for (String task : tasks) {
                    deliver(server.http(), task, receiver);
                }
            }
            try (Stream<Path> files = Files.list(outbox)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as("seed %s", seed)
                        .containsExactlyInAnyOrderElementsOf(
                                tasks.stream().map(task -> task + ".txt").toList());
            }
        }
    }

    private void configure(WebStub receiver, Path outbox) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config/pipelines"));
        Files.writeString(
                config.resolveSibling("callboard.yaml"),
                "network: {allow: ['127.0.0.1:" + receiver.port() + "']}\nsinks: {file_roots: ['" + outbox
                        + "']}\nsecrets: {environment: [HOOK_SECRET]}\n");
        Files.writeString(
                config.resolve("out.yaml"),
                "name: out\nstages: [{name: Only, type: implementation}]\nsinks:\n"
                        + "  - {name: file, type: file, config: {path: '" + outbox + "', name: '{{task.id}}.txt'}}\n"
                        + "  - {name: hook, type: webhook, config: {url: '" + receiver.url("/in")
                        + "', secret: 'env:HOOK_SECRET'}}\n");
    }

    private static String completed(Http http, int number) {
        Reply made = http.post("/api/tasks", Map.of("title", "Task " + number, "pipeline", "out", "auto_start", true));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String task = made.json().path("id").asText();
        await().until(() ->
                http.get("/api/tasks/" + task).json().path("status").asText().equals("awaiting_approval"));
        Reply approved = http.post("/api/tasks/" + task + "/approve", Map.of("decision", Map.of("output", task)));
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        return task;
    }

    /** Both deliveries of an acknowledged task are there, and arrive: pushed by hand, so that nobody waits for an hour. */
    private void deliver(Http http, String task, WebStub receiver) {
        String address = "/api/sinks/deliveries?task=" + task;
        JsonNode made = http.get(address).json().path("items");
        assertThat(made.findValuesAsText("sink"))
                .as("seed %s, %s", seed, task)
                .containsExactlyInAnyOrder("file", "hook");
        Set<String> ids = new HashSet<>(made.findValuesAsText("id"));
        for (JsonNode each : made) {
            if (each.path("status").asText().equals("pending")) {
                http.post("/api/sinks/deliveries/" + each.path("id").asText() + "/redeliver", null);
            }
        }
        await().until(() -> Set.of("delivered")
                .equals(new HashSet<>(http.get(address).json().path("items").findValuesAsText("status"))));
        Set<String> arrived = new HashSet<>();
        receiver.requests().stream()
                .filter(request -> request.body().contains(task))
                .forEach(request -> arrived.add(request.header("Callboard-delivery")));
        assertThat(arrived).as("seed %s, %s", seed, task).hasSize(1).isSubsetOf(ids);
    }
}
