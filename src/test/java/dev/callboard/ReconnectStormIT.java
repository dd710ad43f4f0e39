package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Patience;
import dev.callboard.testing.ReconnectingClients;
import dev.callboard.testing.Stages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed under very many clients of the palette and started again: all come back within a minute and see each change
 * once, in its order. 500 clients, or {@code -Dcallboard.clients=10000}; {@code -Dseed=…} repeats when each of them comes.
 */
class ReconnectStormIT {
    /** So many changes are made while the clients come back. */
    private static final int CHANGES = 20;

    /** The server pings its clients so often, and may not be busy between two pings. */
    private static final Map<String, String> SETTINGS = Map.of("CALLBOARD_FEED_HEARTBEAT_MS", "10000");

    private static final System.Logger LOG = System.getLogger("test");

    @TempDir
    Path folder;

    private final int size = Integer.getInteger("callboard.clients", 500);
    private final int heapMb = size > 1_000 ? 512 : 256;
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final AtomicInteger marks = new AtomicInteger();

    @Test
    void allComeBackInTimeAndMissNothing() throws Exception {
        JarProcess server = JarProcess.serveAt(0, heapMb, folder, SETTINGS);
        try (ReconnectingClients clients = new ReconnectingClients(server.uri(), size, seed)) {
            await().atMost(Patience.LONG).until(() -> clients.up() == size);
            untilAllHave(clients, server, Patience.SOON);
            LOG.log(System.Logger.Level.WARNING, "{0} clients, seed {1}", size, Long.toString(seed));

            // Killed while it publishes: what it acknowledged and had not sent yet may not be lost.
            CompletableFuture<Void> changing = changeUntilKilled(server.http());
            int before = marks.get();
            await().until(() -> marks.get() > before + 5);
            server.kill();
            changing.join();
            server = comesBack(server, clients);
            assertThat(clients.snapshots())
                    .as("each at the start, and again after a gap")
                    .isLessThanOrEqualTo(2L * size);

            // Killed while nothing happens: nobody needs the whole palette again.
            long snapshots = clients.snapshots();
            server.kill();
            server = comesBack(server, clients);
            assertThat(clients.snapshots()).isEqualTo(snapshots);
            assertThat(server.terminate(30)).isZero();
        } finally {
            server.close();
        }
    }

    private JarProcess comesBack(JarProcess killed, ReconnectingClients clients) throws Exception {
        await().until(() -> clients.up() == 0);
        killed.close();
        JarProcess server = JarProcess.serveAt(killed.uri().getPort(), heapMb, folder, SETTINGS);
        long ready = System.nanoTime();
        for (int change = 0; change < CHANGES; change++) {
            int share = size * change / CHANGES;
            await().until(() -> clients.up() >= share);
            change(server.http());
        }
        untilAllHave(clients, server, Duration.ofSeconds(60).minusNanos(System.nanoTime() - ready));
        double back = (System.nanoTime() - ready) / 1e9;

        clients.forgetPings();
        Duration cpu = server.cpu();
        long from = System.nanoTime();
        JarProcess running = server;
        await().until(() -> clients.pinged() == size);
        change(running.http());
        untilAllHave(clients, running, Patience.SOON);
        double cores = (double) running.cpu().minus(cpu).toNanos() / (System.nanoTime() - from);
        LOG.log(
                System.Logger.Level.WARNING,
                String.format(
                        Locale.ROOT,
                        "all back after %.1f s; then %.2f cores for %.1f s",
                        back,
                        cores,
                        (System.nanoTime() - from) / 1e9));
        assertThat(cores).as("of a processor, once all are back").isLessThan(1);
        return running;
    }

    /** Until each client has the palette of the server, and saw nothing out of order on its way there. */
    private void untilAllHave(ReconnectingClients clients, JarProcess server, Duration patience) {
        long revision = server.http().get("/api/vp").at("/revision").asLong();
        await().atMost(patience).until(() -> clients.at(revision, marks.get()) == size);
        assertThat(clients.faults()).as("seed %s", seed).isEqualTo(List.of());
    }

    private CompletableFuture<Void> changeUntilKilled(Http http) {
        return CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    change(http);
                }
            } catch (IllegalStateException e) {
                // Killed. What was sent last is there or not; the next change finds out.
            }
        });
    }

    /** Adds the next mark; it may be there, when the server was killed, or was too busy, before it answered. */
    private void change(Http http) {
        Map<String, Object> mark = Stages.manual("mark-" + (marks.get() + 1));
        int status = await().pollDelay(Duration.ZERO)
                .until(() -> http.post("/api/vp/stages", mark).status(), answer -> answer < 500);
        assertThat(status).isIn(Set.of(200, 409));
        marks.incrementAndGet();
    }
}
