package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar with the first-party plugins, as people run it. */
class RunIT {
    private static final Path JAR = Path.of("target", "callboard.jar").toAbsolutePath();
    private static final Path PLUGINS = Path.of("plugins").toAbsolutePath();

    @TempDir
    Path dir;

    private record Ended(int code, String out, String err) {}

    private ProcessBuilder command(String... arguments) {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--plugins", PLUGINS.toString()));
        return new ProcessBuilder(line)
                .directory(dir.toFile())
                .redirectOutput(dir.resolve("out").toFile())
                .redirectError(dir.resolve("err").toFile());
    }

    private Ended run(String input, String... arguments) throws IOException, InterruptedException {
        Process process = command(arguments).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(), Files.readString(dir.resolve("out")), Files.readString(dir.resolve("err")));
    }

    @Test
    void aTaskRunsHeadlessAndItsResultIsOneJsonObject() throws Exception {
        Ended ended = run(
                "A text. It has two sentences.",
                "run",
                "auto",
                "--input",
                "-",
                "--json",
                "--set",
                "chunk.max_tokens=100");
        assertThat(ended.code()).as(ended.err()).isZero();
        Map<?, ?> task = (Map<?, ?>) Json.parse(ended.out());
        assertThat(task.get("status")).isEqualTo("completed");
        List<String> stages = new ArrayList<>();
        for (Object each : (List<?>) task.get("executions")) {
            Map<?, ?> execution = (Map<?, ?>) each;
            stages.add(String.valueOf(execution.get("stage")));
            assertThat(execution.get("output")).isNotNull();
        }
        assertThat(stages).containsExactly("ingest", "parse", "ir-validation", "chunk");
        assertThat(ended.err()).contains("[4/4] chunk completed");
    }

    @Test
    void badUsageIsToldWithCodeTwo() throws Exception {
        assertThat(run("", "run", "nope").code()).isEqualTo(2);
        assertThat(run("", "run", "auto", "--stages", "nope").code()).isEqualTo(2);
        assertThat(run("", "run", "auto", "--input", "missing").code()).isEqualTo(2);
        assertThat(run("", "run", "auto", "--bogus").code()).isEqualTo(2);
        Ended wrong = run("", "run", "auto", "--set", "chunk=1");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("TEMPLATE.KEY=VALUE");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void aTaskThatFailsIsCodeOne() throws Exception {
        Ended ended = run("", "run", "auto", "--stages", "ingest,parse");
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.out()).contains("failed");
    }

    @Test
    void aHeldDataFolderIsRefusedAndAServerTakesTheTask() throws Exception {
        Path listening = dir.resolve("listening");
        Process server = command("serve", "--port", "0")
                .redirectOutput(listening.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await().until(() -> Files.readString(listening).contains("http://"));
            String url = Files.readString(listening).strip().replaceFirst(".* ", "");
            Ended refused = run("x", "run", "auto", "--input", "-");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("in use by another Callboard; use --server URL");
            Ended taken = run("A text.", "run", "auto", "--input", "-", "--json", "--server", url);
            assertThat(taken.code()).as(taken.err()).isZero();
            assertThat(Json.parse(taken.out())).isInstanceOf(Map.class);
        } finally {
            server.destroy();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.exitValue()).isZero();
    }

    @Test
    void aPipelineFileIsValidatedWithPlaces() throws Exception {
        Path file = Files.writeString(dir.resolve("p.yaml"), "name: p\nstages:\n  - {name: a, type: nope}\n");
        Ended bad = run("", "validate", file.toString());
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).contains("p.yaml:3:15: /stages/0/type there is no stage type 'nope'");
        Files.writeString(file, "name: p\nstages:\n  - {name: a, type: chunk}\n");
        assertThat(run("", "validate", file.toString()).code()).isZero();
        assertThat(run("", "validate", "missing.yaml").code()).isEqualTo(2);
    }
}
