package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Stages;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while it makes its data folder; the next start begins with what it left. */
class FirstStartKillIT {
    private static final int LONGEST_MS = 2_500;

    @TempDir
    Path folder;

    @RepeatedTest(8)
    void theNextStartIsAFirstStart() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        JarProcess.killedAfter(folder, random.nextInt(LONGEST_MS));
        try (JarProcess server = JarProcess.serve(folder)) {
            assertThat(server.http()
                            .post("/api/vp/stages", Stages.manual("first"))
                            .status())
                    .as("seed %s", seed)
                    .isEqualTo(200);
            assertThat(server.http().get("/health/ready").at("/status").asText())
                    .as("seed %s", seed)
                    .isEqualTo("up");
            assertThat(server.terminate(30)).isZero();
        }
    }
}
