package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process is killed while it writes; nothing that it acknowledged may be missing. */
class CrashTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(ints = {1, 200, 1_000})
    void killedAfterThisManyAcknowledgements(int acknowledgements) throws Exception {
        Set<Integer> acknowledged = killAfter(acknowledgements);
        Vertx vertx = Vertx.vertx();
        try (DataFolder folder = DataFolder.open(dir)) {
            Database database = await(Database.open(vertx, folder));
            Set<Integer> stored = await(database.read(CrashTest::ids));
            assertThat(stored).containsAll(acknowledged);
            await(database.close());
        } finally {
            await(vertx.close());
        }
    }

    private static Future<Set<Integer>> ids(Transaction transaction) {
        return transaction.execute("SELECT id FROM palette_state").map(rows -> {
            Set<Integer> ids = new HashSet<>();
            rows.forEach(row -> ids.add(row.getInteger(0)));
            return ids;
        });
    }

    private Set<Integer> killAfter(int acknowledgements) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        dir.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("\\d+;")) {
                    lines.add(line);
                }
                if (lines.size() == acknowledgements) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        Set<Integer> acknowledged = new HashSet<>();
        lines.stream()
                .filter(line -> line.matches("\\d+;"))
                .forEach(line -> acknowledged.add(Integer.parseInt(line.substring(0, line.length() - 1))));
        assertThat(acknowledged).isNotEmpty();
        return acknowledged;
    }
}
