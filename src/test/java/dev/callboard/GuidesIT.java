package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Guide;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guides, followed to the letter: their files are written and their {@code sh} blocks run, in order, in one shell (fault H16). */
class GuidesIT {
    private static final Path GUIDES = Path.of("docs", "guides");

    @TempDir
    Path folder;

    @Test
    void aStageComesFromAnEmptyFolderAndRuns() throws Exception {
        Path callboard = Files.createDirectory(folder.resolve("callboard"));
        Path stages = Files.createDirectory(folder.resolve("my-stages"));
        Guide guide = new Guide(GUIDES.resolve("custom-stages.md"));
        write(stages, "pom.xml", guide.blocks("xml").get(0));
        write(
                stages,
                "src/main/java/org/example/Shout.java",
                guide.blocks("java").get(0));
        write(
                stages,
                "src/main/resources/META-INF/callboard/stages.json",
                guide.blocks("json").get(0));
        write(stages, "src/main/resources/META-INF/services/dev.callboard.spi.StagePlugin", "org.example.Shout");
        try (JarProcess server = JarProcess.serve(callboard)) {
            String script = guide.script().replace("CALLBOARD=~/callboard", "CALLBOARD='" + callboard + "'");
            Guide.follow(script, stages, server, 4);
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
    void whatAnotherGuideSaysToRunIsTaken(String guide) throws Exception {
        String script = new Guide(GUIDES.resolve(guide)).script();
        if (script.isEmpty()) {
            return;
        }
        try (JarProcess server = JarProcess.serve(Files.createDirectory(folder.resolve("callboard")))) {
            Guide.follow(script, Files.createDirectory(folder.resolve("here")), server, 1);
        }
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
