package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guides, followed to the letter: their files are written and their {@code sh} blocks run, in order, in one shell (fault H16). */
class GuidesIT {
    private static final Path GUIDES = Path.of("docs", "guides");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    /** Fails on an answer of 400 and above, so that a block does. */
    private static final String CHECKED = "set -eu\ncurl() { command curl -sS --fail-with-body \"$@\"; }\n";

    @TempDir
    Path folder;

    private static List<String> blocks(String guide, String language) throws IOException {
        return BLOCK.matcher(Files.readString(GUIDES.resolve(guide)))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }

    @Test
    void aStageComesFromAnEmptyFolderAndRuns() throws Exception {
        Path callboard = Files.createDirectory(folder.resolve("callboard"));
        Path stages = Files.createDirectory(folder.resolve("my-stages"));
        write(stages, "pom.xml", blocks("custom-stages.md", "xml").get(0));
        write(
                stages,
                "src/main/java/org/example/Shout.java",
                blocks("custom-stages.md", "java").get(0));
        write(
                stages,
                "src/main/resources/META-INF/callboard/stages.json",
                blocks("custom-stages.md", "json").get(0));
        write(stages, "src/main/resources/META-INF/services/dev.callboard.spi.StagePlugin", "org.example.Shout");
        try (JarProcess server = JarProcess.serve(callboard)) {
            String script = CHECKED
                    + String.join("\n", blocks("custom-stages.md", "sh"))
                            .replace("CALLBOARD=~/callboard", "CALLBOARD='" + callboard + "'");
            Path printed = folder.resolve("printed");
            Process shell = shell(stages, printed, script, server);
            assertThat(shell.waitFor(4, TimeUnit.MINUTES)).isTrue();
            assertThat(shell.exitValue()).as(Files.readString(printed)).isZero();
            Http http = server.http();
            assertThat(http.get("/api/vp/stages/licence-check").status()).isEqualTo(200);
            await().until(() -> http.get("/api/tasks").at("/items/0/status").asText(), "completed"::equals);
            String id = http.get("/api/tasks").at("/items/0/id").asText();
            assertThat(http.get("/api/tasks/" + id + "/executions")
                            .at("/items/0/output")
                            .asText())
                    .isEqualTo("GOOD MORNING!!");
        }
    }

    static List<String> otherGuides() throws IOException {
        try (var guides = Files.list(GUIDES)) {
            return guides.map(guide -> guide.getFileName().toString())
                    .filter(guide -> !guide.equals("custom-stages.md"))
                    .toList();
        }
    }

    /** What a guide tells to run is run in an empty folder, in order, beside a new server. */
    @ParameterizedTest
    @MethodSource("otherGuides")
    void whatAnotherGuideTellsToRunIsTaken(String guide) throws Exception {
        List<String> scripts = blocks(guide, "sh");
        if (scripts.isEmpty()) {
            return;
        }
        try (JarProcess server = JarProcess.serve(Files.createDirectory(folder.resolve("callboard")))) {
            Path here = Files.createDirectory(folder.resolve("here"));
            Path printed = folder.resolve("printed");
            Process shell = shell(here, printed, CHECKED + String.join("\n", scripts), server);
            assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(shell.exitValue()).as(Files.readString(printed)).isZero();
        }
    }

    private static Process shell(Path here, Path printed, String script, JarProcess server) throws IOException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        script.replace("http://127.0.0.1:8080", server.uri().toString()))
                .directory(here.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
