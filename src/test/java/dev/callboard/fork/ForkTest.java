package dev.callboard.fork;

import static dev.callboard.fork.ForkServer.execution;
import static dev.callboard.fork.ForkServer.executions;
import static dev.callboard.fork.ForkServer.process;
import static dev.callboard.fork.ForkServer.processes;
import static dev.callboard.fork.ForkServer.run;
import static dev.callboard.fork.ForkServer.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A plugin in processes of its own: all that a stage may do works, and nothing that it does to its process hurts. */
@Timeout(180)
class ForkTest {
    private static final ProcessHandle ME = ProcessHandle.current();

    @TempDir
    Path folder;

    private ForkServer plugin;
    private TestServer server;
    private Http http;

    @BeforeEach
    void start() throws IOException {
        plugin = new ForkServer(folder);
        plugin.write("1.0.0");
        server = TestServer.start(
                folder,
                Map.of(
                        "plugins.fork.heap_mb", "48",
                        "plugins.fork.heartbeat_seconds", "3",
                        "plugins.fork.workers", "1",
                        "limits.plugin_load_ms", "60000"));
        http = server.http();
    }

    @AfterEach
    void noProcessIsLeftWhenTheServerHasStopped() throws IOException {
        server.stop();
        assertThat(processes(ME)).isEmpty();
        if (Files.exists(folder.resolve("data/plugin-work"))) {
            try (Stream<Path> left = Files.list(folder.resolve("data/plugin-work"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    private String log(JsonNode execution) {
        return http.get("/api/executions/" + execution.path("id").asText() + "/log")
                .text();
    }

    /** The next task finds a new process. */
    private void worksAgain() {
        assertThat(http.get("/health/live").status()).isEqualTo(200);
        String task = run(http, "print");
        until(http, task, "completed");
    }

    private void failed(String task, String code, String... sentence) {
        until(http, task, "failed");
        JsonNode failed = execution(http, task);
        assertThat(failed.path("error_code").asText()).as(failed.toString()).isEqualTo(code);
        assertThat(failed.path("error").asText()).contains(sentence);
    }

    @Test
    void allThatAStageMayDoWorks() throws Exception {
        assertThat(http.get("/api/plugins").at("/items/0/state").asText())
                .as(http.get("/api/plugins").text())
                .isEqualTo("loaded");
        byte[] bytes = new byte[1_500_000];
        Arrays.fill(bytes, (byte) 'a');
        String sha256 = http.post("/api/blobs", bytes, "Content-Type", "text/plain")
                .at("/sha256")
                .asText();

        String task = run(http, "work", Map.of("blob", sha256, "name", "a.txt"));
        JsonNode done = until(http, task, "completed");

        JsonNode work = executions(http, task).get(0);
        JsonNode output = work.path("output");
        assertThat(output.path("size").asLong()).isEqualTo(bytes.length);
        assertThat(output.path("word").asText()).isEqualTo("hello");
        assertThat(output.path("title").toString()).isEqualTo("[\"t\",null,1.5]");
        assertThat(output.path("attempt").asInt()).isEqualTo(1);
        assertThat(output.path("deadline").asBoolean()).isTrue();
        assertThat(output.path("environment").findValuesAsText("")).isEmpty();
        // The mark says whose process it is; nothing else of the server's is there.
        assertThat(output.path("environment").toString().replace("CALLBOARD_PROCESS_MARK", ""))
                .contains("PATH")
                .doesNotContain("USER", "CALLBOARD");
        assertThat(output.path("folder").asInt()).isZero();
        assertThat(output.path("pid").asLong()).isNotEqualTo(ME.pid());
        Arrays.fill(bytes, (byte) '`');
        assertThat(http.get("/api/blobs/" + output.path("blob").asText()).bytes())
                .isEqualTo(bytes);
        assertThat(work.path("output_count").asInt()).isEqualTo(42);
        assertThat(done.path("state_keys").toString()).contains("title", "pages");
        assertThat(done.at("/ledger/fork_ready").toString()).isEqualTo("[1,true]");
        assertThat(log(work))
                .contains("a line", "printed", "no line end", "missing: there is no blob", "refused: ledger key");

        JsonNode after = execution(http, task).path("output");
        assertThat(after.path("state").toString()).isEqualTo("[\"pages\",\"title\"]");
        assertThat(after.path("input").asInt()).isEqualTo(output.size());
        assertThat(after.at("/ledger/fork_ready").toString()).isEqualTo("[1,true]");
        assertThat(after.path("pid")).as("the process is used again").isEqualTo(output.path("pid"));
    }

    @Test
    void withoutMemoryAProcessEndsAndTheServerKeepsItsOwn() {
        failed(run(http, "oom"), "process_ended", "ended with exit code 3 (out of memory; its heap limit is 48 MB).");
        worksAgain();
    }

    @Test
    void aStageMayEndItsProcess() {
        failed(run(http, "exit"), "process_ended", "The plugin's process ended with exit code 7.");
        worksAgain();
        failed(run(http, "halt"), "process_ended", "The plugin's process ended with exit code 9.");
        worksAgain();
    }

    @Test
    void failuresAreReportedAsTheyAreInTheServer() {
        failed(run(http, "throw"), "stage_error", "The stage broke off: UnsupportedOperationException: not today");
        failed(run(http, "deep"), "stage_error", "The stage broke off: StackOverflowError");
        failed(run(http, "refuse"), "bad_file", "The file is bad.");
        failed(run(http, "object"), "wrong_output", "The stage's output cannot be stored: it is a java.lang.Object");
    }

    @Test
    void whatItPrintsGoesIntoTheLog() {
        String task = run(http, "print");
        until(http, task, "completed");
        assertThat(execution(http, task).path("output").asText()).isEqualTo("printed");
        assertThat(log(execution(http, task))).contains("line 0 xxx");
    }

    @Test
    void anEndlessLoopLosesItsProcessAndThePlaceIsFree() {
        String task = run(http, "spin");
        ProcessHandle process = process(http, task);
        failed(task, "timeout", "longer than its time limit of 2 s");
        await().until(() -> !process.isAlive());
        worksAgain();
    }

    @Test
    void aCancelledStageThatListensKeepsItsProcess() {
        String task = run(http, "park");
        ProcessHandle process = process(http, task);
        assertThat(http.post("/api/tasks/" + task + "/cancel", Map.of()).status())
                .isEqualTo(200);
        until(http, task, "cancelled");
        String next = run(http, "park");
        assertThat(process(http, next).pid()).isEqualTo(process.pid());
        http.post("/api/tasks/" + next + "/cancel", Map.of());
        until(http, next, "cancelled");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it stops or ends a process by a signal")
    void aProcessThatGivesNoSignOfLifeIsEnded() throws Exception {
        String task = run(http, "park");
        ProcessHandle process = process(http, task);
        Process stop = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
        assertThat(stop.waitFor(10, TimeUnit.SECONDS)).isTrue();
        failed(task, "process_ended", "gave no sign of life for 3 s and was ended");
        await().until(() -> !process.isAlive());
        worksAgain();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it stops or ends a process by a signal")
    void aKilledProcessFailsItsStageAlone() {
        String task = run(http, "park");
        process(http, task).destroyForcibly();
        failed(task, "process_ended", "The plugin's process was ended by signal 9.");
        http.post("/api/tasks/" + task + "/retry", Map.of());
        until(http, task, "running");
        process(http, task);
        http.post("/api/tasks/" + task + "/cancel", Map.of());
    }

    @Test
    void aRemovedPluginFinishesWhatItRuns() throws Exception {
        String task = run(http, "park");
        ProcessHandle process = process(http, task);
        Files.delete(folder.resolve("plugins/forked.jar"));
        await().until(() -> http.get("/api/plugins").at("/items").isEmpty());
        assertThat(process.isAlive()).isTrue();
        assertThat(http.get("/api/tasks/" + task).at("/status").asText()).isEqualTo("running");
        http.post("/api/tasks/" + task + "/cancel", Map.of());
        await().until(() -> processes(ME).isEmpty());
    }

    @Test
    void whatIsNoPluginIsRefused() throws Exception {
        PluginJars.of("Odd", "odd-stage").isolation("jail").write(folder.resolve("plugins"), "odd.jar");
        PluginJars.of("Quits", "quits-stage")
                .isolation("fork")
                .body("static { System.exit(5); }")
                .write(folder.resolve("plugins"), "quits.jar");
        PluginJars.of("Throws", "throws-stage")
                .isolation("fork")
                .body("public Throws() { throw new IllegalStateException(\"no licence\"); }")
                .write(folder.resolve("plugins"), "throws.jar");
        PluginJars.of("Other", "other-stage")
                .isolation("fork")
                .registering("new StageRegistration(StageMetadata.builder(\"third-stage\").build(), () -> null)")
                .write(folder.resolve("plugins"), "wrong.jar");
        await().until(() -> http.get("/api/plugins").at("/items").size() == 5);
        // A process takes its time to start: until it has said no, its jar is being loaded.
        await().untilAsserted(() -> assertThat(reasons())
                .contains(
                        "'Callboard-Isolation: jail'; known are none and fork",
                        "The plugin's process ended with exit code 5.",
                        "plugin.Throws could not be instantiated",
                        "names 'other-stage', which it does not register"));
    }

    private String reasons() {
        List<String> reasons = http.get("/api/plugins").at("/items").findValuesAsText("reason");
        return String.join("\n", reasons);
    }
}
