package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose memory runs out ends, started as plainly as may be, and the next one has all that was acknowledged. */
class OutOfMemoryIT {
    private static final String PIPELINE = "name: %1$s\npolicies: {once: {max_attempts: 1}}\n"
            + "stages:\n  - {name: fill, type: %1$s, policy: once}\n";

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"fill-stage", "fill-thread"})
    void aServerWithoutMemoryEndsWithCode3AndStartsAgain(String type) throws Exception {
        String fill = "var kept = new java.util.ArrayList<long[]>(); "
                + "for (int i = 0; i >= 0; i++) kept.add(new long[1 << 20]); ";
        PluginJars.of("Filler", "fill-stage", "fill-thread")
                .registering(
                        "new StageRegistration(StageMetadata.builder(\"fill-stage\").build(), () -> (context, input) -> "
                                + "{ " + fill
                                + "return 1; }), new StageRegistration(StageMetadata.builder(\"fill-thread\").build(), () -> "
                                + "(context, input) -> { new Thread(() -> { " + fill + "}).start(); return 1; })")
                .write(dir.resolve("plugins"), "filler.jar");
        Files.createDirectories(dir.resolve("config/pipelines"));
        Files.writeString(dir.resolve("config/pipelines/" + type + ".yaml"), PIPELINE.formatted(type));
        String task;
        try (JarProcess server = JarProcess.serve(dir)) {
            Http http = server.http();
            task = http.post("/api/tasks", Map.of("title", "Full", "pipeline", type))
                    .at("/id")
                    .asText();
            run(http, task);
            assertThat(server.exitCode(120)).as(server.errors()).isEqualTo(3);
            assertThat(server.errors()).contains("has run out of memory and ends");
        }
        try (JarProcess again = JarProcess.serve(dir)) {
            await().until(() -> again.http()
                    .get("/api/tasks/" + task)
                    .at("/status")
                    .asText()
                    .matches("failed|completed"));
            assertThat(again.http().get("/health/live").at("/status").asText()).isEqualTo("up");
        }
    }

    /** The server may end before it answers. */
    private static void run(Http http, String task) {
        try {
            http.post("/api/tasks/" + task + "/run", Map.of());
        } catch (IllegalStateException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
    }
}
