package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Tasks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin's process, and the server, are killed in the middle of embedding: the next attempt goes on at the last checkpoint, and
 * its vectors are those of a task that nobody disturbed. {@code -Dcallboard.rounds=20} for more.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the model's native library is there for Linux alone")
class EmbedResumeIT {
    private static final List<String> STAGES = List.of("ingest", "parse", "chunk", "embed");
    private static final Duration OFTEN = Duration.ofMillis(20);

    /** A checkpoint is kept after so many chunks. */
    private static final int CHECKPOINT = 50;

    private static final int CHUNKS = 260;

    @TempDir
    Path folder;

    private final int rounds = Integer.getInteger("callboard.rounds", 1);
    private final Random random = new Random(Long.getLong("seed", System.nanoTime()));
    private final String text = text();

    /** Sentences that differ, each as long as a chunk may be. */
    private static String text() {
        Random words = new Random(17);
        StringBuilder text = new StringBuilder();
        for (int sentence = 0; sentence < CHUNKS; sentence++) {
            text.append("Gauge number ").append(sentence).append(" measured the tide");
            for (int word = 0; word < 120; word++) {
                text.append(' ').append((char) ('a' + words.nextInt(26))).append("ide");
            }
            text.append(".\n\n");
        }
        return text.toString();
    }

    private String start(Http http) {
        Tasks tasks = new Tasks(http);
        tasks.awaitStages(STAGES.toArray(String[]::new));
        forget(http);
        String blob = tasks.blob(text.getBytes(StandardCharsets.UTF_8), "text/plain");
        return tasks.start(Map.of(
                "pipeline", "auto", "stages", STAGES, "input", List.of(Map.of("blob", blob, "name", "tides.txt"))));
    }

    /** Removes the document of the round before, whose vectors would be taken and not made. */
    private static void forget(Http http) {
        http.get("/api/documents").at("/items").forEach(document -> assertThat(
                        http.delete("/api/documents/" + document.path("doc_id").asText())
                                .status())
                .isEqualTo(200));
    }

    private static String vectors(Http http, String task) {
        Tasks tasks = new Tasks(http);
        tasks.until(task, "completed", Patience.LONG);
        JsonNode batch = tasks.output(task, "embed");
        assertThat(batch.path("vectors").size()).isGreaterThan(3 * CHECKPOINT);
        return batch.path("blob").asText();
    }

    /** Waits until the newest attempt has embedded so many. */
    private static void embedded(Http http, String task, int chunks) {
        await().atMost(Patience.LONG)
                .pollInterval(OFTEN)
                .until(() -> new Tasks(http)
                                .attempt(task, "embed")
                                .at("/progress/done")
                                .asInt()
                        >= chunks);
    }

    private static String log(Http http, String task) {
        return http.get("/api/executions/"
                        + new Tasks(http).attempt(task, "embed").path("id").asText() + "/log")
                .text();
    }

    @Test
    void afterTheEndOfItsProcessTheNextAttemptGoesOnAtTheCheckpoint() throws Exception {
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            Http http = server.http();
            String undisturbed = vectors(http, start(http));
            for (int round = 0; round < rounds; round++) {
                String task = start(http);
                embedded(http, task, CHECKPOINT + 1 + random.nextInt(2 * CHECKPOINT));
                server.processesOf("embed").forEach(ProcessHandle::destroyForcibly);
                Tasks tasks = new Tasks(http);
                tasks.until(task, "failed");
                tasks.call(task, "retry", Map.of());
                assertThat(vectors(http, task)).isEqualTo(undisturbed);
                assertThat(log(http, task)).containsPattern("Goes on after (50|100|150|200) of ");
            }
            assertThat(server.terminate(60)).isZero();
        }
    }

    @Test
    void afterTheEndOfTheServerTheTaskGoesOnAtTheCheckpoint() throws Exception {
        String undisturbed;
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            undisturbed = vectors(server.http(), start(server.http()));
        }
        for (int round = 0; round < rounds; round++) {
            String task;
            try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
                task = start(server.http());
                embedded(server.http(), task, CHECKPOINT + 1 + random.nextInt(2 * CHECKPOINT));
                server.kill();
            }
            try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
                assertThat(vectors(server.http(), task)).isEqualTo(undisturbed);
                assertThat(log(server.http(), task)).containsPattern("Goes on after (50|100|150|200) of ");
            }
        }
    }
}
