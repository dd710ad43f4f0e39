package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while it acknowledges stages; none of them may be missing. */
class KillIT {
    private static final int ROUNDS = 4;
    private static final int WRITERS = 4;

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedStageIsThereAfterAKillAndTheRevisionNeverGoesBack() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        AtomicLong highest = new AtomicLong();
        for (int round = 0; round < ROUNDS; round++) {
            try (JarProcess server = JarProcess.serve(folder)) {
                check(server.http(), acknowledged, highest, seed);
                int enough = acknowledged.size() + 5 + random.nextInt(120);
                List<CompletableFuture<Void>> writers = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    String prefix = "r" + round + "-w" + writer + "-";
                    writers.add(CompletableFuture.runAsync(
                            () -> addUntilKilled(server, prefix, acknowledged, highest, enough)));
                }
                writers.forEach(CompletableFuture::join);
            }
        }
        try (JarProcess server = JarProcess.serve(folder)) {
            check(server.http(), acknowledged, highest, seed);
            assertThat(server.terminate(10)).isZero();
        }
    }

    /** The writer that sees the last acknowledgement kills the server under the others. */
    private static void addUntilKilled(
            JarProcess server, String prefix, Set<String> acknowledged, AtomicLong highest, int enough) {
        for (int i = 0; i < 1_000; i++) {
            String id = prefix + i;
            try {
                Reply reply = server.http().post("/api/vp/stages", Stages.manual(id));
                if (reply.status() == 200) {
                    acknowledged.add(id);
                    highest.accumulateAndGet(reply.at("/revision").asLong(), Math::max);
                }
                if (acknowledged.size() >= enough) {
                    server.kill();
                }
            } catch (IllegalStateException e) {
                return; // Killed: what was not answered may be there or not.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void check(Http http, Set<String> acknowledged, AtomicLong highest, long seed) {
        Reply palette = http.get("/api/vp/stages");
        assertThat(PaletteMirror.entriesOf(palette.json()).keySet())
                .as("seed %s", seed)
                .containsAll(acknowledged);
        assertThat(palette.at("/revision").asLong()).as("seed %s", seed).isGreaterThanOrEqualTo(highest.get());
        assertThat(http.get("/api/vp").at("/stages_file/status").asText()).isEqualTo("ok");
    }
}
