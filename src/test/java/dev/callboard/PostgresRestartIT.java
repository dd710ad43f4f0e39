package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.store.PostgresServer;
import dev.callboard.testing.Databases;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.LocalPostgres;
import java.nio.file.Path;
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
            assertThat(callboard.terminate(10)).as("seed %s", seed).isZero();
        } finally {
            database.close();
        }
    }
}
