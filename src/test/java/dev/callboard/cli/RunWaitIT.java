package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.json.Json;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} with a task that waits. */
class RunWaitIT {
    private static final String HELD =
            """
            name: held
            stages:
              - {name: hold, type: gate, config: {conditions: {field: go, equals: true}, timeout_seconds: %d}}
            """;

    @TempDir
    Path dir;

    private Path pipelines;

    @BeforeEach
    void folders() throws IOException {
        pipelines = Files.createDirectories(dir.resolve("config").resolve("pipelines"));
    }

    @Test
    void aGateThatTimesOutFailsTheTaskWithTheValues() throws Exception {
        Files.writeString(pipelines.resolve("held.yaml"), HELD.formatted(1));
        JarProcess.Done plain = JarProcess.run(dir, "run", "held");
        assertThat(plain.code()).as(plain.err()).isEqualTo(1);
        assertThat(plain.out())
                .containsOnlyOnce("[1/1] hold waiting for go to equal true (it is not set), until ")
                .containsPattern(
                        "\\[1/1\\] hold failed, \\d+ ms: The gate timed out after 1 s waiting for go to equal true")
                .containsPattern("Task \\S+ failed: .*The gate timed out after 1 s");

        JarProcess.Done json = JarProcess.run(dir, "run", "held", "--json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.err()).contains("hold waiting for go to equal true");
        Map<?, ?> task = (Map<?, ?>) Json.parse(json.out());
        assertThat(task.get("status")).isEqualTo("failed");
        assertThat(task.get("executions").toString()).contains("error_code=gate_timeout", "it is not set");
    }

    @Test
    void aStageThatIsTriedAgainIsSaidToWait() throws Exception {
        PluginJars.of("Flaky", "flaky")
                .registering(
                        "new StageRegistration(StageMetadata.builder(\"flaky\").build(), () -> (context, input) -> {"
                                + " if (context.attempt() == 1) { throw StageFailure.retryable(\"busy\", \"It is busy.\", null); }"
                                + " return \"done\"; })")
                .write(dir.resolve("plugins"), "flaky.jar");
        Files.writeString(
                pipelines.resolve("flaky.yaml"),
                """
                name: flaky
                policies: {again: {max_attempts: 2, backoff: none, delay_seconds: 2, jitter: 0}}
                stages:
                  - {name: flaky, type: flaky, policy: again}
                """);
        JarProcess.Done done = JarProcess.run(dir, "run", "flaky");
        assertThat(done.code()).as(done.out() + done.err()).isZero();
        assertThat(done.out())
                .contains("[1/1] flaky failed")
                .containsOnlyOnce("[1/1] flaky waiting: attempt 2 after a failure: It is busy., until ")
                .contains("[1/1] flaky completed");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there, only ended")
    void endedByHandItLeavesTheTaskToWaitForAServer() throws Exception {
        Files.writeString(pipelines.resolve("held.yaml"), HELD.formatted(3600));
        PackagedJar jar = new PackagedJar(dir);
        Process run = jar.command("run", "held").start();
        try {
            await().until(() -> Files.readString(dir.resolve("out")).contains("waiting for go to equal true"));
            run.destroy();
            assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            run.destroyForcibly();
        }
        assertThat(Files.readString(dir.resolve("err")))
                .containsPattern(
                        "callboard: The task \\S+ stays and waits; 'callboard serve' with this data folder goes"
                                + " on with it\\.")
                .doesNotContain("Exception", "cancelled", "ERROR")
                .containsOnlyOnce("callboard: ");
        try (JarProcess server = JarProcess.serve(dir)) {
            Tasks tasks = new Tasks(server.http());
            String id = server.http()
                    .get("/api/tasks?status=running")
                    .at("/items/0/id")
                    .asText();
            assertThat(tasks.waiting(id).path("stage").asText()).isEqualTo("hold");
            tasks.ledger(id, Map.of("go", true));
            tasks.until(id, "completed");
        }
    }
}
