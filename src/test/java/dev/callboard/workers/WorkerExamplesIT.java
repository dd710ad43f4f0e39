package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Patience;
import dev.callboard.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workers of the examples do work, with a token too. npm gets what the one in Node needs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs python3 and npm")
class WorkerExamplesIT {
    /** A variable that each process has; its value is the token. */
    private static final String VARIABLE = "PATH";

    private Path folder;
    private TestServer server;
    private WorkerStages workers;
    private WorkerPrograms programs;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = TestServer.start(
                folder,
                // Programs are not given what is the server's alone.
                Map.of("workers.token_env", VARIABLE, "command.environment", "LANG"));
        workers = new WorkerStages(server.http()).stage("shout", Map.of()).stage("cry", Map.of());
        programs = new WorkerPrograms(folder, server.uri());
    }

    @AfterAll
    void stop() {
        programs.close();
        server.close();
    }

    private static Map<String, String> token() {
        return Map.of("WORKER_TOKEN", String.valueOf(System.getenv(VARIABLE)).strip());
    }

    private void does(String type, String name) {
        String task = workers.start(type, "hello");
        workers.tasks().until(task, "completed");
        assertThat(workers.tasks().output(task, "Only").path("text").asText()).isEqualTo("HELLO");
        await().until(() -> server.http().get("/api/workers").text().contains(name));
        String second = workers.start(type, "again");
        workers.tasks().until(second, "completed");
    }

    @Test
    void theOneInPython() throws Exception {
        Path script = Path.of("examples", "worker-python", "worker.py").toAbsolutePath();
        programs.start(List.of("python3", script.toString(), server.uri().toString(), "shout", "py-1"), token());
        does("shout", "py-1");
    }

    @Test
    void withoutTheTokenItSaysWhatIsMissing() throws Exception {
        Process process = programs.python("shout", "py-2");
        assertThat(process.waitFor(Patience.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("workers.err"))).contains("401", "workers.token_env");
    }

    @ParameterizedTest
    @CsvSource({"python3, worker-python/worker.py", "node, worker-node/worker.mjs"})
    void withoutArgumentsBothSayHowTheyAreUsed(String program, Path script) throws Exception {
        Process process = programs.start(
                List.of(
                        program,
                        Path.of("examples").resolve(script).toAbsolutePath().toString()),
                Map.of());
        assertThat(process.waitFor(Patience.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("workers.err")))
                .contains("Usage: ", script.getFileName() + " URL TYPE [NAME]");
    }

    @Test
    void theOneInNode() throws Exception {
        Path example = Path.of("examples", "worker-node");
        Path copy = Files.createDirectories(folder.resolve("node"));
        try (Stream<Path> files = Files.list(example)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Process npm = programs.start(
                List.of("npm", "install", "--prefix", copy.toString(), "--no-audit", "--no-fund", "--ignore-scripts"),
                Map.of());
        assertThat(npm.waitFor(2 * Patience.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(npm.exitValue())
                .as(Files.readString(folder.resolve("workers.err")))
                .isZero();
        programs.start(
                List.of(
                        "node",
                        copy.resolve("worker.mjs").toString(),
                        server.uri().toString(),
                        "cry",
                        "node-1"),
                token());
        does("cry", "node-1");
    }
}
