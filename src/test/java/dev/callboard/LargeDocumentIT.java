package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that are too large for a small server are refused with the reason, and never end it. */
class LargeDocumentIT {
    private static final int MILLION = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path dir;

    @Test
    void thirtyMegabytesOfTextAreRefusedByAServerOf256MegabytesThatGoesOn() throws Exception {
        FirstPartyPlugins.copyTo(dir);
        try (JarProcess server = JarProcess.serve(dir)) {
            Http http = server.http();
            JsonNode failed = until(http, task(http, 30 * MILLION), "failed");
            assertThat(failed.at("/error").toString()).contains("max_characters of parse");
            JsonNode completed = until(http, task(http, MILLION), "completed");
            assertThat(completed.at("/stages/3/status").asText()).isEqualTo("completed");
            assertThat(http.get("/health/live").status()).isEqualTo(200);
            assertThat(server.terminate(30)).isZero();
        }
    }

    private static String task(Http http, int characters) {
        String paragraph = "The tide comes and goes. ".repeat(40) + "\n\n";
        byte[] text = paragraph.repeat(characters / paragraph.length()).getBytes(StandardCharsets.UTF_8);
        String blob = http.post("/api/blobs", text, "Content-Type", "text/plain")
                .at("/sha256")
                .asText();
        Reply created = http.post(
                "/api/tasks",
                Map.of(
                        "title",
                        "Tides",
                        "pipeline",
                        "auto",
                        "auto_start",
                        true,
                        "stages",
                        List.of("ingest", "parse", "ir-validation", "chunk"),
                        "input",
                        List.of(Map.of("blob", blob, "name", "tides.txt"))));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.at("/id").asText();
    }

    private static JsonNode until(Http http, String task, String status) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> http.get("/api/tasks/" + task).at("/status").asText(), status::equals);
        return http.get("/api/tasks/" + task).json();
    }
}
