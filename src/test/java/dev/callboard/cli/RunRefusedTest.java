package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.cli.Commands.Ended;
import dev.callboard.json.Json;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that cannot start, or could never end, ends at once and says why. */
class RunRefusedTest {
    private static final String MISSING = "there is no secret 'absent'";

    @TempDir
    Path folder;

    @BeforeEach
    void stages() throws Exception {
        Path pipelines = Files.createDirectories(folder.resolve("config/pipelines"));
        Files.writeString(
                pipelines.resolve("p.yaml"),
                "name: p\nstages: [{name: Call, type: calls, config: {token: 'secret:absent'}}]\n");
        Files.writeString(
                pipelines.resolve("w.yaml"), "name: w\nstages: [{name: Near, type: near}, {name: Far, type: far}]\n");
        Files.writeString(
                folder.resolve("config/custom_pipeline_stages.json"),
                Json.write(Map.of(
                        "stages",
                        List.of(
                                Stages.of(
                                        "calls",
                                        "http",
                                        Map.of("method", "GET", "url", "https://callboard.example/"),
                                        Map.of("key", "token", "type", "secret")),
                                Stages.of("near", "expression", Map.of("expression", "1")),
                                Stages.of("far", "worker", Map.of())))));
    }

    private Ended alone(String... more) {
        return Commands.alone(folder, more);
    }

    @Test
    void aSecretThatIsMissingEndsTheCommandWithoutAServer() {
        Ended ended = alone("p");
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.said()).containsOnlyOnce(MISSING).contains("cancelled");
    }

    @Test
    void aSecretThatIsMissingEndsTheCommandOnAServer() {
        try (TestServer server = TestServer.start(folder)) {
            Ended ended = Commands.run("p", "--server", server.uri().toString());
            assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.said()).containsOnlyOnce(MISSING);
            assertThat(server.http().get("/api/tasks").at("/items/0/status").asText())
                    .isEqualTo("cancelled");
        }
    }

    @Test
    void aWrongArgumentIsSaidBeforeALockedDataFolder() {
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.uri()).isNotNull();
            refused("There is no pipeline 'nope'; known are ", "nope");
            refused("there is no stage 'Nope' in the pipeline 'w'; known are Near, Far", "w", "--stages", "Nope");
            refused("--set Nope.a=1 must be TEMPLATE.KEY=VALUE", "w", "--set", "Nope.a=1");
            refused("is in use by another Callboard; use --server URL", "w", "--stages", "Near");
        }
    }

    private void refused(String sentence, String... more) {
        Ended ended = alone(more);
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(ended.said()).containsOnlyOnce("callboard: ").contains(sentence);
    }

    @Test
    void aStageOfWorkersIsRefusedWithoutAServerBeforeAnythingRuns() {
        Ended ended = alone("w");
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.said()).contains("The stage 'Far' is done by a worker").doesNotContain("Near");
        Ended without = alone("w", "--stages", "near");
        assertThat(without.code()).as(without.said()).isEqualTo(ExitCode.OK);
    }
}
