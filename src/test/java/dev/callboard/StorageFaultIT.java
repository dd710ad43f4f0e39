package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.DiskFault;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the data folder takes nothing for a while, and the server is killed then or later: what it acknowledged is
 * there, and it goes on by itself. {@code -Dcallboard.rounds=20 -Dseed=… -Dcallboard.back_ms=5000} for more.
 */
class StorageFaultIT {
    private static final int ROUNDS = Integer.getInteger("callboard.rounds", 2);
    private static final Duration BACK = Duration.ofMillis(Integer.getInteger("callboard.back_ms", 30_000));
    private static final int WRITERS = 3;

    private final Set<String> stages = new ConcurrentSkipListSet<>();
    private final Set<String> tasks = new ConcurrentSkipListSet<>();
    private final AtomicLong revision = new AtomicLong();
    private final AtomicLong ledger = new AtomicLong();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Set<String> unexpected = new ConcurrentSkipListSet<>();
    private long longestBack;

    @TempDir
    Path folder;

    @BeforeEach
    void config() throws IOException {
        Path pipelines = Files.createDirectories(folder.resolve("config").resolve("pipelines"));
        Files.writeString(pipelines.resolve("one.yaml"), "name: one\nstages:\n  - {name: plan, type: planning}\n");
        Files.writeString(folder.resolve("config").resolve("callboard.yaml"), "limits:\n  reserve_bytes: 0\n");
    }

    @Test
    void nothingThatWasAcknowledgedIsLostOnAFullDisk() throws Exception {
        try (DiskFault fault = DiskFault.full(folder.resolve("data"), 40)) {
            rounds(fault);
        }
    }

    @Test
    void aStartWithoutRoomIsOneSentenceOnStandardError() throws Exception {
        try (DiskFault fault = DiskFault.full(folder.resolve("data"), 24)) {
            try (JarProcess server = JarProcess.serve(folder)) {
                assertThat(server.terminate(60)).isZero();
            }
            fault.begin();
            JarProcess.Done done = JarProcess.run(folder, "serve", "--port", "0");
            assertThat(done.code()).isEqualTo(1);
            assertThat(done.out()).isEmpty();
            assertThat(done.err().lines())
                    .singleElement()
                    .asString()
                    .contains("callboard: ", folder.resolve("data").toString(), " 0 bytes free", "start again");
        }
    }

    @Test
    void nothingThatWasAcknowledgedIsLostWhenSyncsFail() throws Exception {
        try (DiskFault fault = DiskFault.sync(folder, folder.resolve("data"))) {
            rounds(fault);
        }
    }

    @Test
    void nothingThatWasAcknowledgedIsLostWhenTheFolderIsReadOnly() throws Exception {
        try (DiskFault fault = DiskFault.readOnly(folder, folder.resolve("data"))) {
            rounds(fault);
        }
    }

    private void rounds(DiskFault fault) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        System.out.println("seed " + seed);
        String task = "";
        for (int round = 0; round < ROUNDS; round++) {
            try (JarProcess server = JarProcess.serve(folder, fault.environment())) {
                task = task.isEmpty()
                        ? create(server.http(), "ledger").at("/id").asText()
                        : task;
                check(server.http(), task, seed, round);
                round(server, fault, task, random);
            }
        }
        try (JarProcess server = JarProcess.serve(folder, fault.environment())) {
            check(server.http(), task, seed, ROUNDS);
            assertThat(server.terminate(60)).isZero();
        }
        assertThat(unexpected)
                .as("answers that are none of 200, 201, 503, 507; seed %s", seed)
                .isEmpty();
        assertThat(refused).as("refused while the disk failed, seed %s", seed).hasPositiveValue();
        System.out.println(stages.size() + " stages, " + tasks.size() + " tasks, ledger to " + ledger + ", " + refused
                + " refused; writes were back after " + longestBack + " ms at most");
    }

    private void round(JarProcess server, DiskFault fault, String task, Random random) throws Exception {
        Writers writers = new Writers(server, task);
        writers.awaitAcknowledged(5 + random.nextInt(40));
        fault.begin();
        try {
            int enough = refused.get() + 1 + random.nextInt(20);
            await().until(() -> refused.get() >= enough);
            if (random.nextInt(3) == 0) {
                server.kill();
                writers.join();
                return;
            }
            await().until(() -> server.http().get("/health/ready").status() == 503);
            assertThat(server.http().get("/health/live").status()).isEqualTo(200);
        } finally {
            fault.end();
        }
        long ended = System.nanoTime();
        writers.awaitAcknowledged(1);
        long back = (System.nanoTime() - ended) / 1_000_000;
        longestBack = Math.max(longestBack, back);
        assertThat(back).as("ms until a write was acknowledged").isLessThanOrEqualTo(BACK.toMillis());
        writers.awaitAcknowledged(1 + random.nextInt(40));
        server.kill();
        writers.join();
    }

    /** Clients that write until the server is killed. */
    private final class Writers {
        private final List<CompletableFuture<Void>> running = new ArrayList<>();
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final JarProcess server;
        private final String task;

        Writers(JarProcess server, String task) {
            this.server = server;
            this.task = task;
            for (int i = 0; i < WRITERS; i++) {
                int kind = i;
                running.add(CompletableFuture.runAsync(() -> write(kind)));
            }
        }

        private void write(int kind) {
            try {
                for (int i = 0; i < 100_000; i++) {
                    one(kind);
                }
            } catch (IllegalStateException e) {
                // Killed: what was not answered may be there or not.
            }
        }

        private void one(int kind) {
            String id = "n" + number.incrementAndGet();
            if (kind == 0) {
                Reply reply = server.http().post("/api/vp/stages", Stages.manual(id));
                if (taken(reply)) {
                    stages.add(id);
                    revision.accumulateAndGet(reply.at("/revision").asLong(), Math::max);
                }
            } else if (kind == 1) {
                if (taken(create(server.http(), id))) {
                    tasks.add(id);
                }
            } else {
                long next = number.get();
                Reply reply = server.http().send("PATCH", "/api/tasks/" + task + "/ledger", Map.of("n", next));
                if (taken(reply)) {
                    ledger.accumulateAndGet(next, Math::max);
                }
            }
        }

        private boolean taken(Reply reply) {
            if (reply.status() == 200 || reply.status() == 201) {
                acknowledged.incrementAndGet();
                return true;
            }
            refused.incrementAndGet();
            if (reply.status() != 507 && reply.status() != 503) {
                unexpected.add(reply.toString());
            }
            return false;
        }

        void awaitAcknowledged(int more) {
            int enough = acknowledged.get() + more;
            await().pollInterval(Duration.ofMillis(20)).until(() -> acknowledged.get() >= enough);
        }

        void join() {
            running.forEach(CompletableFuture::join);
        }
    }

    private static Reply create(Http http, String title) {
        return http.post("/api/tasks", Map.of("title", title, "pipeline", "one"), "Idempotency-Key", title);
    }

    private void check(Http http, String task, long seed, int round) {
        Reply palette = http.get("/api/vp/stages");
        assertThat(PaletteMirror.entriesOf(palette.json()).keySet())
                .as("stages, seed %s, round %s", seed, round)
                .containsAll(stages);
        assertThat(palette.at("/revision").asLong())
                .as("revision, seed %s, round %s", seed, round)
                .isGreaterThanOrEqualTo(revision.get());
        assertThat(titles(http)).as("tasks, seed %s, round %s", seed, round).containsAll(tasks);
        assertThat(http.get("/api/tasks/" + task).at("/ledger/n").asLong())
                .as("ledger, seed %s, round %s", seed, round)
                .isGreaterThanOrEqualTo(ledger.get());
        assertThat(http.get("/health/ready").at("/checks/database/status").asText())
                .as("no damage, seed %s, round %s", seed, round)
                .isEqualTo("up");
    }

    private static Set<String> titles(Http http) {
        Set<String> titles = new ConcurrentSkipListSet<>();
        String path = "/api/tasks?limit=200";
        for (int page = 0; page < 100; page++) {
            Reply reply = http.get(path);
            reply.at("/items").forEach(item -> titles.add(item.path("title").asText()));
            if (reply.at("/next").isNull()) {
                break;
            }
            path = "/api/tasks?limit=200&cursor=" + reply.at("/next").asText();
        }
        return titles;
    }
}
