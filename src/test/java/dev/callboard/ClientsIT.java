package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Guide;
import dev.callboard.testing.JarProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients of {@code docs/clients.md} run as they stand there. */
class ClientsIT {
    @TempDir
    Path folder;

    @Test
    void eachClientFollowsATaskToItsEnd() throws Exception {
        Guide guide = new Guide(Path.of("docs", "clients.md"));
        try (JarProcess server = JarProcess.serve(Files.createDirectory(folder.resolve("callboard")))) {
            String printed = Guide.follow(guide.script(), Files.createDirectory(folder.resolve("here")), server, 4);
            assertThat(printed)
                    .contains("completed Hello, Node!", "completed Hello, Python!", "completed Hello, Java!");
        }
    }
}
