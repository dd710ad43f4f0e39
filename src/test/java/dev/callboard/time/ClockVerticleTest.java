package dev.callboard.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.process.MachineStart;
import dev.callboard.testing.TestClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noticed of the machine's clock, and kept for the next server. */
class ClockVerticleTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final TestClock machine = new TestClock();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong uptime = new AtomicLong(Duration.ofHours(1).toNanos());
    private final Instant start = machine.instant();
    private final SteadyClock clock = new SteadyClock(machine, nanos::get, start);

    @BeforeEach
    void deploy() {
        vertx.deployVerticle(new ClockVerticle(
                        clock, folder, () -> Optional.of(new MachineStart("a", Duration.ofNanos(uptime.get())))))
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Optional<Duration> stored() {
        try {
            return StoredTime.read(folder).map(StoredTime::ahead);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aJumpIsStoredAndSoIsTheWayBack() {
        await().until(() -> stored().equals(Optional.of(Duration.ZERO)));
        machine.forward(Duration.ofDays(1));
        await().until(() -> stored().equals(Optional.of(Duration.ofDays(1))));
        machine.forward(Duration.ofDays(-1));
        await().until(() -> stored().equals(Optional.of(Duration.ZERO)));
        assertThat(clock.instant()).isEqualTo(start);
    }

    @Test
    void theTimeThatTheMachineSleptPasses() {
        await().until(() -> stored().isPresent());
        machine.forward(Duration.ofHours(8));
        uptime.addAndGet(Duration.ofHours(8).toNanos());
        await().until(() -> clock.instant().equals(start.plus(Duration.ofHours(8))));
        assertThat(clock.differs()).isFalse();
    }

    @Test
    void whatCannotBeStoredIsStoredLater() throws IOException {
        await().until(() -> stored().isPresent());
        Path file = folder.resolve(StoredTime.FILE);
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));
        machine.forward(Duration.ofHours(1));
        await().until(() -> {
            try (var files = Files.list(folder)) {
                // The written file could not take the folder's place, and was removed.
                return files.count() == 1;
            }
        });
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        await().until(() -> stored().equals(Optional.of(Duration.ofHours(1))));
    }
}
