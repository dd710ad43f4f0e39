package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Bombs;
import dev.callboard.testing.Bombs.Bomb;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies with a large effect, sent to a server with 256 MB while others use it: each is refused or taken, none fails, and the
 * server lives on. {@code -Dcallboard.rounds=N} sends all of them N times and prints how long they and the others took.
 */
class BombsIT {
    private static final int ROUNDS = Integer.getInteger("callboard.rounds", 1);

    /** No figure to be proud of: a busy machine keeps it, an unbounded effect does not. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void eachIsRefusedOrTakenAndTheServerLivesOn() throws Exception {
        List<Bomb> bombs = Bombs.all();
        assertThat(bombs).hasSizeGreaterThanOrEqualTo(60);
        try (JarProcess server = JarProcess.serve(dir)) {
            CompletableFuture<List<Long>> others = CompletableFuture.supplyAsync(() -> others(server.http()));
            List<String> slow = new ArrayList<>();
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    for (Bomb bomb : bombs) {
                        long took = send(server.http(), bomb);
                        slow.add("%6d ms  %s".formatted(took, bomb));
                        assertThat(took).as(bomb.name()).isLessThan(BOUND.toMillis());
                    }
                }
            } finally {
                over.set(true);
            }
            List<Long> times = others.get();
            assertThat(times).isNotEmpty();
            report(slow, times);
            assertThat(server.http().get("/health/live").status()).isEqualTo(200);
            assertThat(server.http().get("/health/ready").status()).isEqualTo(200);
            assertThat(server.terminate(30)).as(server.errors()).isZero();
            assertThat(server.errors()).doesNotContain("OutOfMemoryError");
        }
    }

    private static long send(Http http, Bomb bomb) {
        long start = System.nanoTime();
        Reply reply = http.send(bomb.method(), bomb.path(), bomb.body(), "Content-Type", bomb.type());
        long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertThat(reply.status()).as(bomb.name() + ": " + reply).isBetween(200, 499);
        if (reply.status() < 300 && bomb.path().startsWith("/api/pipelines")) {
            assertThat(http.delete(bomb.path()).status()).isEqualTo(200);
        }
        if (reply.status() < 300 && bomb.path().equals("/api/vp/stages")) {
            assertThat(http.delete("/api/vp/stages/bomb").status()).isEqualTo(200);
        }
        return took;
    }

    /** What somebody else does meanwhile; how long each request took, in milliseconds. */
    private List<Long> others(Http http) {
        List<Long> times = new ArrayList<>();
        while (!over.get()) {
            for (String path : List.of("/api/vp", "/api/tasks", "/api/pipelines", "/health/live")) {
                long start = System.nanoTime();
                assertThat(http.get(path).status()).as(path).isEqualTo(200);
                times.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
            }
        }
        return times;
    }

    private static void report(List<String> bombs, List<Long> others) {
        if (ROUNDS > 1) {
            Collections.sort(others);
            bombs.stream().sorted(Collections.reverseOrder()).limit(20).forEach(System.out::println);
            System.out.printf(
                    "%d bombs; %d other requests: median %d ms, p99 %d ms, most %d ms%n",
                    bombs.size(),
                    others.size(),
                    others.get(others.size() / 2),
                    others.get(others.size() * 99 / 100),
                    others.get(others.size() - 1));
        }
    }
}
