package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.JarProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process is killed at random moments, and at each arrow of the journal, while people decide: no acknowledged decision is missing, none is taken twice, and
 * every task is somewhere it may be. {@code -Dcallboard.rounds=200 -Dseed=…} for more.
 */
class DecisionCrashIT {
    private static final int LONGEST_MS = 1_500;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final DecidingPeople people = new DecidingPeople(seed);

    @Test
    void noAcknowledgedDecisionIsLostAndNoneIsTakenTwice() throws Exception {
        Random random = new Random(seed);
        int rounds = Math.max(2, Integer.getInteger("callboard.rounds", 10));
        for (int round = 0; round < rounds; round++) {
            try (JarProcess server = JarProcess.serve(folder)) {
                people.check(server.http());
                int moment = random.nextInt(LONGEST_MS);
                // Every second kill comes once something was decided, however busy the machine is.
                int before = people.decided();
                boolean later = round % 2 == 1;
                CompletableFuture<Void> killed = CompletableFuture.runAsync(
                        () -> {
                            try {
                                await().until(() -> !later || people.decided() > before);
                            } finally {
                                kill(server);
                            }
                        },
                        CompletableFuture.delayedExecutor(moment, TimeUnit.MILLISECONDS));
                people.decide(server.http(), "r" + round);
                killed.join();
            }
        }
        try (JarProcess server = JarProcess.serve(folder)) {
            people.checkAll(server.http());
            assertThat(server.terminate(10)).isZero();
        }
        assertThat(people.decided()).as("seed %s", seed).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"decided", "guarded", "written", "committed", "sure", "answered"})
    void noAcknowledgedDecisionIsLostWhereverTheJournalIs(String failpoint) throws Exception {
        Random random = new Random(seed);
        int rounds = Math.max(1, Integer.getInteger("callboard.rounds", 10) / 10);
        for (int round = 0; round < rounds; round++) {
            String at = "-Dcallboard.failpoint=" + failpoint + ":" + (20 + random.nextInt(100));
            try (JarProcess server = JarProcess.serve(folder, Map.of("JAVA_TOOL_OPTIONS", at))) {
                people.check(server.http());
                people.decide(server.http(), failpoint + round);
            }
        }
        try (JarProcess server = JarProcess.serve(folder)) {
            people.checkAll(server.http());
            assertThat(server.terminate(10)).isZero();
        }
        assertThat(people.made()).as("seed %s", seed).isPositive();
    }

    private static void kill(JarProcess server) {
        try {
            server.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
