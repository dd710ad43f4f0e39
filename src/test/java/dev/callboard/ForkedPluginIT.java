package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin in a process of its own, started by the packaged jar: there the child has the fat jar as its class path. */
class ForkedPluginIT {
    private static final String MEMBERS =
            """
            static StageRegistration stage(String type, Stage stage) {
                return new StageRegistration(StageMetadata.builder(type).build(), () -> stage);
            }
            static Object hoard(StageContext context) {
                List<byte[]> all = new java.util.ArrayList<>();
                while (context.attempt() == 1) { all.add(new byte[1 << 20]); }
                return place();
            }
            static Object place() {
                return java.util.Map.of("pid", ProcessHandle.current().pid(),
                    "classes", System.getProperty("java.class.path"));
            }
            static Object held(StageContext context, Object input) throws StageWait {
                Object looks = context.memory().get("looks");
                if (context.ledger().get("go") == null) {
                    throw StageWait.until("somebody to say go", java.time.Duration.ofHours(1), null,
                        java.util.Map.of("looks", looks == null ? 1 : ((Number) looks).intValue() + 1));
                }
                return java.util.Map.of("looks", looks, "go", context.ledger().get("go"), "input", input);
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void plugin() throws IOException {
        PluginJars.of("Forked", "fork-place", "fork-hoard", "fork-held")
                .isolation("fork")
                .body(MEMBERS)
                .registering("stage(\"fork-place\", (context, input) -> place()), "
                        + "stage(\"fork-hoard\", (context, input) -> hoard(context)), "
                        + "stage(\"fork-held\", (context, input) -> held(context, input))")
                .write(folder.resolve("plugins"), "forked.jar");
        Path pipelines = Files.createDirectories(folder.resolve("config").resolve("pipelines"));
        Files.writeString(
                folder.resolve("config").resolve("callboard.yaml"),
                "plugins: {fork: {heap_mb: 48}}\nlimits: {plugin_load_ms: 60000}\n");
        Files.writeString(
                pipelines.resolve("hoard.yaml"),
                """
                name: hoard
                policies: {again: {max_attempts: 2, backoff: none, delay_seconds: 0}}
                stages:
                  - {name: hoard, type: fork-hoard, policy: again}
                  - {name: place, type: fork-place}
                """);
        Files.writeString(pipelines.resolve("once.yaml"), "name: once\nstages:\n  - {name: hoard, type: fork-hoard}\n");
        Files.writeString(
                pipelines.resolve("held.yaml"),
                "name: held\nstages:\n  - {name: place, type: fork-place}\n  - {name: held, type: fork-held}\n");
    }

    @Test
    void aProcessWithoutMemoryFailsItsAttemptAndTheNextOneWorks() throws Exception {
        try (JarProcess server = JarProcess.serve(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages("fork-place", "fork-hoard");
            assertThat(server.http()
                            .get("/api/plugins")
                            .at("/items/0/isolation")
                            .asText())
                    .isEqualTo("fork");

            String once = tasks.start("once");
            assertThat(tasks.until(once, "failed").path("error").asText()).contains("out of memory", "48 MB");

            String again = tasks.start("hoard");
            tasks.until(again, "completed");
            assertThat(tasks.attempts(again, "hoard"))
                    .extracting(each -> each.path("status").asText() + " "
                            + each.path("error_code").asText(""))
                    .containsExactly("failed process_ended", "completed ");
            JsonNode place = tasks.output(again, "place");
            assertThat(Path.of(place.path("classes").asText()))
                    .as("the child has the fat jar and nothing else")
                    .isEqualTo(Path.of("target", "callboard.jar").toAbsolutePath());
            assertThat(server.http().get("/health/live").status()).isEqualTo(200);
            long pid = place.path("pid").asLong();
            assertThat(ProcessHandle.of(pid)).isPresent();
            assertThat(server.terminate(10)).isZero();
            assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                    .as("the child ends with the server")
                    .isFalse();
        }
    }

    @Test
    void aForkedStageMayWaitAndKeepsItsMemoryOverAKill() throws Exception {
        String id;
        JsonNode before;
        try (JarProcess server = JarProcess.serve(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages("fork-held");
            id = tasks.start("held");
            before = tasks.waiting(id);
            assertThat(before.path("reason").asText()).isEqualTo("somebody to say go");
            server.kill();
        }
        try (JarProcess server = JarProcess.serve(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages("fork-held");
            assertThat(tasks.waiting(id).path("since")).isEqualTo(before.path("since"));
            tasks.ledger(id, Map.of("go", "now"));
            tasks.until(id, "completed");
            JsonNode output = tasks.output(id, "held");
            assertThat(output.path("go").asText()).isEqualTo("now");
            assertThat(output.path("looks").asInt()).isPositive();
            assertThat(output.path("input")).isEqualTo(tasks.output(id, "place"));
            assertThat(tasks.attempts(id, "held")).hasSize(1);
        }
    }
}
