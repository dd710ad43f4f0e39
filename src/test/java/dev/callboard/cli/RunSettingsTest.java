package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.cli.Commands.Ended;
import dev.callboard.json.Json;
import dev.callboard.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a run, and the count of what its stages put out, with and without a server. */
class RunSettingsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void stages() throws Exception {
        Path pipelines = Files.createDirectories(folder.resolve("config/pipelines"));
        Files.writeString(
                pipelines.resolve("p.yaml"), "name: p\nstages: [{name: Bare, type: bare}, {name: Full, type: full}]\n");
        Files.writeString(
                folder.resolve("config/custom_pipeline_stages.json"),
                Json.write(Map.of(
                        "stages",
                        List.of(
                                stage("bare", List.of()),
                                stage("full", List.of(setting("greeting"), setting("name")))))));
    }

    private static Map<String, Object> setting(String key) {
        return Map.of("key", key, "type", "string", "default", key);
    }

    private static Map<String, Object> stage(String id, List<?> settings) {
        return Map.of(
                "id",
                id,
                "name",
                id,
                "type",
                "stage",
                "ports",
                Map.of("inputs", List.of(), "outputs", List.of(Map.of("name", "text", "type", "text"))),
                "executor",
                "expression",
                "executor_config",
                Map.of("expression", settings.isEmpty() ? "'hello'" : "settings.greeting"),
                "settings_schema",
                settings);
    }

    private Ended alone(String... more) {
        return Commands.alone(folder, more);
    }

    @Test
    void oneThatNoStageHasIsRefusedAndThoseThatThereAreAreNamed() {
        String known = "the stage 'Full' has no setting 'greting'; it has greeting, name.";
        Ended ended = alone("p", "--set", "full.greting=Hi");
        assertThat(ended.said()).contains("--set Full.greting: " + known);
        assertThat(ended.code()).isEqualTo(ExitCode.BAD_USAGE);
        Ended none = alone("p", "--set", "Bare.greeting=Hi");
        assertThat(none.said()).contains("--set Bare.greeting: the stage 'Bare' has no settings.");
        assertThat(none.code()).isEqualTo(ExitCode.BAD_USAGE);
        try (TestServer server = TestServer.start(folder)) {
            String url = server.uri().toString();
            Ended there = Commands.run("p", "--server", url, "--set", "Full.greting=Hi");
            assertThat(there.said()).contains(known);
            assertThat(there.code()).isEqualTo(ExitCode.BAD_USAGE);
            Ended noneThere = Commands.run("p", "--server", url, "--set", "Bare.greeting=Hi");
            assertThat(noneThere.said()).contains("the stage 'Bare' has no settings.");
            assertThat(noneThere.code()).isEqualTo(ExitCode.BAD_USAGE);
            assertThat(server.http().get("/api/tasks").at("/items")).isEmpty();
        }
    }

    @Test
    void oneThatThereIsArrivesAndATextCountsAsOneOutput() {
        Ended ended = alone("p", "--set", "Full.greeting=Hi");
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.OK);
        assertThat(ended.said())
                .containsPattern("\\[1/2\\] Bare completed, \\d+ ms, 1 output\\R")
                .containsPattern("\\[2/2\\] Full completed, \\d+ ms, 1 output\\R")
                .contains("Hi");
    }
}
