package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.store.PostgresServer;
import dev.callboard.testing.Databases;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.LocalPostgres;
import dev.callboard.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database server is stopped and started again while people decide: nothing acknowledged is lost, nothing is taken twice,
 * and Callboard goes on by itself. {@code -Dcallboard.rounds=… -Dseed=…} for more.
 */
class PostgresRestartIT {
    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final DecidingPeople people = new DecidingPeople(seed);

    @Test
    void whenTheDatabaseComesBackAllThatWasAcknowledgedIsThereAndWorkGoesOn() throws Exception {
        Random random = new Random(seed);
        int rounds = Integer.getInteger("callboard.rounds", 4);
        LocalPostgres database = LocalPostgres.at(folder.resolve("postgres"), 0);
        PostgresServer server = database.database();
        try (JarProcess callboard = JarProcess.serve(folder, Databases.environment(server))) {
            Http http = callboard.http();
            for (int round = 0; round < rounds; round++) {
                String name = "r" + round;
                int before = people.decided();
                CompletableFuture<Void> deciding = CompletableFuture.runAsync(() -> people.decide(http, name));
                int enough = before + 1 + random.nextInt(10);
                await().until(() -> people.decided() >= enough);
                database.close();
                await().until(() -> http.get("/health/ready").status() == 503);
                database = LocalPostgres.at(folder.resolve("postgres"), server.port());
                int after = people.decided();
                await().until(() -> people.decided() > after);
                people.stop();
                deciding.join();
                people.check(http);
            }
            people.checkAll(http);
            assertThat(callboard.terminate(10)).as("seed %s", seed).isZero();
        } finally {
            database.close();
        }
    }

    @Test
    void whileTheDatabaseHangsThePaletteIsThereAndChangesAreRefusedAtOnce() throws Exception {
        Path data = folder.resolve("postgres");
        try (LocalPostgres database = LocalPostgres.at(data, 0);
                JarProcess callboard = JarProcess.serve(folder, Databases.environment(database.database()))) {
            Http http = callboard.http();
            CompletableFuture<Void> deciding = CompletableFuture.runAsync(() -> people.decide(http, "hang"));
            await().until(() -> people.decided() > 5);
            signal(data, "-STOP");
            try {
                await().until(() -> refused(http));
                assertThat(http.get("/api/vp").status()).isEqualTo(200);
                assertThat(http.get("/api/vp/stages").status()).isEqualTo(200);
            } finally {
                signal(data, "-CONT");
            }
            int before = people.decided();
            await().until(() -> people.decided() > before);
            people.stop();
            deciding.join();
            people.check(http);
            assertThat(callboard.terminate(10)).as("seed %s", seed).isZero();
        }
    }

    private static boolean refused(Http http) {
        Reply reply = http.post("/api/tasks", Map.of("title", "hang", "pipeline", "dev-task"));
        return reply.status() == 503 && reply.text().contains("database_unavailable");
    }

    /** To all processes of the database server. */
    private static void signal(Path data, String signal) throws Exception {
        long first = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(first)));
        ProcessHandle.of(first).orElseThrow().children().forEach(child -> command.add(Long.toString(child.pid())));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
