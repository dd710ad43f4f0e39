package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed while triggers fire. {@code -Dcallboard.seconds=30 -Dcallboard.files=1000} runs as long as the promise
 * says.
 */
class TriggersKillIT {
    private static final int SECONDS = Integer.getInteger("callboard.seconds", 6);
    private static final int FILES = Integer.getInteger("callboard.files", 45);
    private static final List<String> MISSED = List.of("none", "last", "all");
    private static final Duration DOWN = Duration.ofSeconds(3);

    /** More than the default: a thousand files on a busy machine. */
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private static void put(Http http, String name, String type, Map<String, Object> config) {
        Map<String, Object> source = Map.of("name", "in", "type", type, "config", config);
        Map<String, Object> stage = Map.of("name", "Look", "type", "look");
        Reply put = http.put(
                "/api/pipelines/" + name, Map.of("name", name, "sources", List.of(source), "stages", List.of(stage)));
        assertThat(put.status()).as(put.toString()).isEqualTo(201);
    }

    private static List<JsonNode> tasks(Http http, String pipeline) {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            Reply page = http.get("/api/tasks?limit=100&pipeline=" + pipeline + next);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            page.at("/items").forEach(all::add);
            next = page.at("/next").isTextual() ? "&cursor=" + page.at("/next").asText() : "";
        } while (!next.isEmpty());
        return all;
    }

    private static List<Instant> dues(Http http, String pipeline) {
        return tasks(http, pipeline).stream()
                .map(task -> Instant.parse(task.at("/trigger/due_at").asText()))
                .sorted()
                .toList();
    }

    @Test
    void eachDueTimeFiresAtMostOnceAndMissedOnesAsTheirSettingSays() throws Exception {
        Instant killed;
        try (JarProcess server = JarProcess.serve(folder)) {
            server.http().post("/api/vp/stages", Stages.manual("look"));
            for (String missed : MISSED) {
                put(
                        server.http(),
                        missed,
                        "schedule",
                        Map.of("cron", "* * * * * *", "overlap", "start", "missed", missed));
            }
            Instant half = Instant.now().plusSeconds(SECONDS / 2);
            await().timeout(LONG)
                    .until(() -> Instant.now().isAfter(half)
                            && !dues(server.http(), "all").isEmpty());
            server.kill();
            killed = Instant.now();
        }
        Instant up = killed.plus(DOWN);
        await().until(() -> Instant.now().isAfter(up));
        try (JarProcess server = JarProcess.serve(folder)) {
            Http http = server.http();
            Instant end = Instant.now().plusSeconds(SECONDS / 2);
            for (String missed : MISSED) {
                await().timeout(LONG).until(() -> dues(http, missed).stream().anyMatch(due -> due.isAfter(end)));
            }
            for (String missed : MISSED) {
                List<Instant> dues = dues(http, missed);
                assertThat(dues).as(missed).doesNotHaveDuplicates();
                long whileDown = dues.stream()
                        .filter(due -> due.isAfter(killed) && due.isBefore(up))
                        .count();
                switch (missed) {
                    case "none" -> assertThat(whileDown).isZero();
                    case "last" -> assertThat(whileDown).isLessThanOrEqualTo(1);
                    default ->
                        assertThat(dues)
                                .as("every second from the first to the last")
                                .containsExactlyElementsOf(Stream.iterate(dues.get(0), due -> due.plusSeconds(1))
                                        .limit(Duration.between(dues.get(0), dues.get(dues.size() - 1))
                                                        .toSeconds()
                                                + 1)
                                        .toList());
                }
            }
        }
    }

    @Test
    void eachFileBecomesExactlyOneTask() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Map<String, String> allowed = Map.of("CALLBOARD_SOURCES_FOLDER_ROOTS", inbox.toString());
        try (JarProcess server = JarProcess.serve(folder, allowed)) {
            server.http().post("/api/vp/stages", Stages.manual("look"));
            put(server.http(), "files", "folder", Map.of("path", inbox.toString(), "then", "move"));
            for (int i = 0; i < FILES; i++) {
                Files.writeString(inbox.resolve("file-" + i + ".txt"), "the file " + i);
            }
            killAfter(server, FILES / 3);
        }
        try (JarProcess server = JarProcess.serve(folder, allowed)) {
            killAfter(server, 2 * FILES / 3);
        }
        try (JarProcess server = JarProcess.serve(folder, allowed)) {
            await().timeout(LONG).until(() -> names(inbox.resolve(".done")).size() == FILES);
            assertThat(tasks(server.http(), "files"))
                    .extracting(task -> task.at("/title").asText())
                    .hasSize(FILES)
                    .doesNotHaveDuplicates();
            assertThat(names(inbox)).containsExactly(".done");
        }
    }

    private static void killAfter(JarProcess server, int count) throws InterruptedException {
        await().timeout(LONG).until(() -> tasks(server.http(), "files").size() >= count);
        server.kill();
    }

    private static List<String> names(Path inside) throws IOException {
        if (!Files.exists(inside)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inside)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
