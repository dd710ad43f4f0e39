package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.WebStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} in a data folder with work of others: it runs and delivers its own task, and leaves theirs to a server. */
class RunAloneIT {
    private final CountDownLatch answering = new CountDownLatch(1);
    private final WebStub elsewhere = new WebStub();

    @TempDir
    Path folder;

    private Path outbox;

    @BeforeEach
    void configure() throws IOException {
        outbox = Files.createDirectory(folder.resolve("outbox")).toRealPath();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/callboard.yaml"),
                "network: {allow: ['127.0.0.1:" + elsewhere.port() + "']}\nsinks: {file_roots: ['" + outbox + "']}\n");
        for (String path : List.of("/slow", "/hook")) {
            elsewhere.answer(path, exchange -> {
                try {
                    answering.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                WebStub.reply(exchange, 200, "text/plain", "at last");
            });
        }
    }

    @AfterEach
    void close() {
        answering.countDown();
        elsewhere.close();
    }

    private static void ok(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
    }

    private static void stage(Http http, String id, String executor, Map<String, ?> config) {
        Map<String, Object> stage = Stages.of(id, executor, config);
        ok(http.post("/api/vp/stages", stage));
    }

    @SafeVarargs
    private static void pipeline(Http http, String name, String type, Map<String, Object>... sinks) {
        ok(http.put(
                "/api/pipelines/" + name,
                Map.of("stages", List.of(Map.of("name", "Only", "type", type)), "sinks", List.of(sinks))));
    }

    private static Map<String, Object> sink(String type, Map<String, ?> config) {
        return Map.of("name", "to-" + type, "type", type, "config", config);
    }

    private long requests(String path) {
        return elsewhere.requests().stream()
                .filter(request -> request.line().endsWith(path))
                .count();
    }

    @Test
    void itLeavesTheWorkOfOthersToAServer() throws Exception {
        try (JarProcess server = JarProcess.serve(folder)) {
            Http http = server.http();
            ok(http.put("/api/secrets/hook", Map.of("value", "a-key-for-signatures")));
            stage(http, "slow", "http", Map.of("method", "GET", "url", elsewhere.url("/slow")));
            stage(http, "quick", "expression", Map.of("expression", "'made'"));
            Map<String, Object> hook = sink("webhook", Map.of("url", elsewhere.url("/hook"), "secret", "secret:hook"));
            pipeline(http, "slow", "slow");
            pipeline(http, "sent", "quick", hook);
            pipeline(http, "kept", "quick", sink("file", Map.of("path", outbox.toString(), "name", "own.txt")));
            pipeline(http, "lost", "quick", sink("file", Map.of("path", outbox + "/none", "name", "own.txt")));
            for (String name : List.of("slow", "sent")) {
                ok(http.post("/api/tasks", Map.of("title", name, "pipeline", name, "auto_start", true)));
            }
            await().until(() -> requests("/slow") == 1 && requests("/hook") == 1);
            server.kill();
        }

        JarProcess.Done kept = JarProcess.run(folder, "run", "kept");
        assertThat(kept.code()).as(kept.err()).isZero();
        assertThat(outbox.resolve("own.txt")).hasContent("made");
        JarProcess.Done lost = JarProcess.run(folder, "run", "lost");
        assertThat(lost.code()).as(lost.err()).isZero();
        assertThat(lost.err())
                .contains("The sink 'to-file' did not get its result: There is no folder")
                .contains("'callboard serve' with this data folder tries it again.");
        assertThat(requests("/slow")).isEqualTo(1);
        assertThat(requests("/hook")).isEqualTo(1);

        answering.countDown();
        try (JarProcess server = JarProcess.serve(folder)) {
            await().until(() -> requests("/slow") == 2 && requests("/hook") == 2);
            await().until(() ->
                    server.http().get("/api/tasks?status=running").at("/items").isEmpty());
        }
    }
}
