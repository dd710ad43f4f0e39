package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Guide;
import dev.callboard.testing.JarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README, followed to the letter: its {@code sh} blocks run in order, in one shell, in a folder that holds what they name.
 *
 * <p>Two commands are stood in for. {@code mvn} puts the jar there that the build of this very test made, and takes the
 * README's arguments alone; {@code bin/test}, which this test is a part of, notes that it was called.
 */
class ReadmeIT {
    private static final Path TESTS = Path.of("bin", "test");
    private static final String STAND_INS =
            """
            mvn() {
              [ "$*" = "-q package -DskipTests" ] || { echo "mvn $*?"; return 64; }
              mkdir target && cp "$BUILT" target/callboard.jar
            }
            """;

    @TempDir
    Path folder;

    @Test
    void whatItSaysToRunEndsWithSuccess() throws Exception {
        Path here = Files.createDirectory(folder.resolve("here"));
        copy(Path.of("docs", "samples"), here.resolve("docs/samples"));
        copy(Path.of("config"), here.resolve("config"));
        assertThat(TESTS).isExecutable();
        Path test = here.resolve(TESTS);
        Files.createDirectories(test.getParent());
        Files.writeString(test, "#!/bin/sh\necho all tests were called\n");
        assertThat(test.toFile().setExecutable(true)).isTrue();
        String built = "BUILT='" + Path.of("target", "callboard.jar").toAbsolutePath() + "'\n";
        try (JarProcess server = JarProcess.serve(Files.createDirectory(folder.resolve("callboard")))) {
            String printed =
                    Guide.follow(built + STAND_INS + new Guide(Path.of("README.md")).script(), here, server, 3);

            assertThat(printed).contains("all tests were called");
            assertThat(server.http().get("/api/vp/stages/licence-check").status())
                    .isEqualTo(200);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? target : target.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
