package dev.callboard.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.process.MachineStart;
import dev.callboard.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With which time a server goes on after an earlier one. */
class ServerTimeTest {
    private static final Duration UPTIME = Duration.ofHours(5);

    @TempDir
    Path folder;

    private final TestClock machine = new TestClock();
    private final AtomicLong nanos = new AtomicLong();
    private final Instant before = machine.instant();
    private final SteadyClock clock = new SteadyClock(machine, nanos::get, before);

    private static Optional<MachineStart> started(String id, Duration uptime) {
        return Optional.of(new MachineStart(id, uptime));
    }

    private Optional<StoredTime> stored(Optional<MachineStart> start) throws IOException {
        StoredTime.of(clock, start).write(folder);
        return StoredTime.read(folder);
    }

    @Test
    void withoutAnEarlierOneItIsTheMachines() throws IOException {
        assertThat(StoredTime.read(folder)).isEmpty();
        assertThat(ServerTime.begin(Optional.empty(), machine, started("a", UPTIME)))
                .isEqualTo(machine.instant());
    }

    @Test
    void whatTheMachinesClockDidWhileNoServerRanDoesNotMatter() throws IOException {
        Optional<StoredTime> stored = stored(started("a", UPTIME));
        machine.forward(Duration.ofDays(-1).plusSeconds(20));
        assertThat(ServerTime.begin(stored, machine, started("a", UPTIME.plusSeconds(20))))
                .isEqualTo(before.plusSeconds(20));
    }

    @Test
    void afterAnotherStartOfTheMachineWhatWasKnownOfItsClockCounts() throws IOException {
        machine.forward(Duration.ofHours(1));
        Optional<StoredTime> stored = stored(started("a", UPTIME));
        machine.forward(Duration.ofSeconds(90));
        assertThat(ServerTime.begin(stored, machine, started("b", Duration.ofSeconds(30))))
                .isEqualTo(before.plusSeconds(90));
        assertThat(ServerTime.begin(stored, machine, Optional.empty())).isEqualTo(before.plusSeconds(90));
    }

    @Test
    void whereTheSystemDoesNotSayWhenItWasStartedTheDifferenceCounts() throws IOException {
        machine.forward(Duration.ofHours(-1));
        Optional<StoredTime> stored = stored(Optional.empty());
        assertThat(ServerTime.begin(stored, machine, started("a", UPTIME))).isEqualTo(before);
    }

    @Test
    void withoutAJumpTheMachinesTimeIsTakenAgain() throws IOException {
        Optional<StoredTime> stored = stored(started("a", UPTIME));
        machine.forward(Duration.ofMillis(20_900));
        assertThat(ServerTime.begin(stored, machine, started("a", UPTIME.plusSeconds(20))))
                .isEqualTo(machine.instant());
    }

    @Test
    void whatCannotBeReadIsReportedAndNotUsed() throws IOException {
        Path file = folder.resolve(StoredTime.FILE);
        for (String text : new String[] {
            "", "{}", "machine_id=a\nahead=PT0S", "machine_id=a\nmachine_start=now\nahead=PT0S", "machine_id=\\u00"
        }) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> StoredTime.read(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(StoredTime.FILE);
            assertThat(ServerTime.of(folder, machine).ahead()).isBetween(Duration.ofHours(-1), Duration.ZERO);
        }
    }
}
