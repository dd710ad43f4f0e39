package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.testing.Stages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar without a locale, as in a container, a bare service or cron (fault E2). */
@EnabledOnOs(value = OS.LINUX, disabledReason = "makes a file whose name Java cannot write there")
class NoLocaleIT {
    private static final String PIPELINE = "name: ferry\nstages: [{name: Look, type: ingest}]\n";

    @TempDir
    Path dir;

    private PackagedJar.Ended run(String input, String... arguments) throws Exception {
        ProcessBuilder command = new PackagedJar(dir).command(arguments);
        command.environment().keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
        command.environment().put("LC_ALL", "C");
        Process process = command.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new PackagedJar.Ended(
                process.exitValue(), Files.readString(dir.resolve("out")), Files.readString(dir.resolve("err")));
    }

    @Test
    void whatIsPrintedAndWhatIsTypedKeepsItsLetters() throws Exception {
        PackagedJar.Ended ended = run("Die Fähre fährt. 船が着いた。", "run", "auto", "--input", "-", "--json");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("Die Fähre fährt.", "船が着いた。");
        PackagedJar.Ended unknown = run("", "run", "fähre", "--input", "-");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("fähre");
    }

    @Test
    void aPipelineWithSuchAFileNameIsUsedAndStopsNobody() throws Exception {
        Path pipelines = Files.createDirectories(dir.resolve("config/pipelines"));
        // By a shell: this test's own Java need not have a locale either.
        Process shell = new ProcessBuilder("sh", "-c", "cat > \"$(printf 'F\\303\\244hre.yaml')\"")
                .directory(pipelines.toFile())
                .start();
        shell.getOutputStream().write(PIPELINE.getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().close();
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        for (int start = 1; start <= 2; start++) {
            PackagedJar.Ended ended = run("Text.", "run", "ferry", "--input", "-", "--json");
            assertThat(ended.code()).as("start " + start + ": " + ended.err()).isZero();
            assertThat(((Map<?, ?>) Json.parse(ended.out())).get("executions")).isInstanceOf(List.class);
        }
    }

    @Test
    void aProgramIsNotGivenQuestionMarksForLetters() throws Exception {
        Path config = Files.createDirectories(dir.resolve("config/pipelines")).getParent();
        Files.writeString(config.resolve("callboard.yaml"), "command: {enabled: true, programs: [echo]}\n");
        Files.writeString(
                config.resolve("custom_pipeline_stages.json"),
                Json.write(Map.of(
                        "stages",
                        List.of(Stages.named("say", "Say", "command", Map.of("command", List.of("echo", "Fähre")))))));
        Files.writeString(config.resolve("pipelines/say.yaml"), "name: say\nstages: [{name: Say, type: say}]\n");
        PackagedJar.Ended ended = run("Text.", "run", "say", "--input", "-");
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains("Fähre", "UTF-8 locale", "LANG=C.UTF-8");
    }
}
