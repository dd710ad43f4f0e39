package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a plugin project, built against the SPI alone, dropped into a running server. */
class ExamplePluginIT {
    private static final String PIPELINE =
            """
            name: words
            stages:
              - {name: wait, type: not-before, config: {at: "2999-01-01T00:00:00Z"}}
              - {name: count, type: text-statistics, depends_on: [wait], config: {top: 1, min_length: 4}}
            """;

    @TempDir
    Path folder;

    @Test
    void theExampleIsLiveWithoutARestartAndItsStagesRun() throws Exception {
        try (JarProcess server = JarProcess.serve(folder)) {
            Http http = server.http();
            assertThat(http.get("/api/vp/stages/text-statistics").status()).isEqualTo(404);
            Files.writeString(folder.resolve("config/pipelines/words.yaml"), PIPELINE);
            drop(example(), folder.resolve("plugins"));
            await().until(() -> http.get("/api/vp/stages/text-statistics").status() == 200);
            await().until(() -> http.post("/api/tasks", task()).status() == 201);
            String id = http.post("/api/tasks", task()).at("/id").asText();
            JsonNode waiting = await().until(
                            () -> http.get("/api/tasks/" + id).at("/waiting_for"),
                            reason -> reason.path("reason").asText().contains("go_ahead"));
            assertThat(waiting.path("stage").asText()).isEqualTo("wait");
            assertThat(http.send("PATCH", "/api/tasks/" + id + "/ledger", Map.of("go_ahead", true))
                            .status())
                    .isEqualTo(200);
            await().until(() -> http.get("/api/tasks/" + id).at("/status").asText(), "completed"::equals);
            JsonNode task = http.get("/api/tasks/" + id).at("");
            assertThat(task.at("/state_keys/text_statistics/words").asInt()).isEqualTo(5);
            assertThat(task.at("/state_keys/text_statistics/top/0/word").asText())
                    .isEqualTo("tide");
            assertThat(task.at("/ledger/words").asInt()).isEqualTo(5);
        }
    }

    private static Map<String, Object> task() {
        return Map.of(
                "title",
                "Words",
                "pipeline",
                "words",
                "auto_start",
                true,
                "input",
                List.of(Map.of("text", "High tide, low tide, noon")));
    }

    private static Path example() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("examples", "stage-plugin", "target"))) {
            return jars.filter(jar -> jar.getFileName().toString().matches("text-stages-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("mvn package builds the example first"));
        }
    }

    /** As a careful person does: copied beside, then renamed. */
    private static void drop(Path jar, Path plugins) throws IOException {
        Files.createDirectories(plugins);
        Path part = Files.copy(jar, plugins.resolve("text-stages.jar.part"));
        Files.move(part, plugins.resolve("text-stages.jar"), StandardCopyOption.ATOMIC_MOVE);
    }
}
