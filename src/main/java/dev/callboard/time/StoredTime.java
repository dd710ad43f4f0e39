package dev.callboard.time;

import dev.callboard.process.MachineStart;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What the next server of a data folder needs to go on with this one's time: {@code server_time.properties} there: no JSON,
 * whose library takes a start longer than all that is in it.
 *
 * @param machineId the machine's start, see {@link MachineStart}; empty where nobody knows
 * @param machineStart when that was, in the server's time
 * @param ahead how far the machine's clock was ahead of the server's time
 */
record StoredTime(String machineId, Instant machineStart, Duration ahead) {
    /** In the data folder. */
    static final String FILE = "server_time.properties";

    /** Of a clock as it is now. */
    static StoredTime of(SteadyClock clock, Optional<MachineStart> machine) {
        Instant now = clock.instant();
        return new StoredTime(
                machine.map(MachineStart::id).orElse(""),
                machine.map(start -> now.minus(start.uptime())).orElse(now),
                Duration.between(now, clock.machine().instant()));
    }

    /**
     * The server's time now: since the same start of the machine exactly as much later as time has passed, after another one by
     * the machine's clock less what it was ahead.
     */
    Instant now(Clock clock, Optional<MachineStart> machine) {
        return machine.filter(start -> start.id().equals(machineId))
                .map(start -> machineStart.plus(start.uptime()))
                .orElseGet(() -> clock.instant().minus(ahead));
    }

    /**
     * Of a data folder; nothing when there is none yet.
     *
     * @throws IOException also when what is there is not what this writes
     */
    static Optional<StoredTime> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties stored = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            stored.load(text);
            return Optional.of(new StoredTime(
                    text(stored, "machine_id"),
                    Instant.parse(text(stored, "machine_start")),
                    Duration.parse(text(stored, "ahead"))));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(file + " is not as the server writes it: " + e.getMessage(), e);
        }
    }

    private static String text(Properties stored, String name) {
        String text = stored.getProperty(name);
        if (text == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return text;
    }

    /** Stores it. Blocks. */
    void write(Path folder) throws IOException {
        AtomicFile.write(
                folder.resolve(FILE),
                """
                machine_id=%s
                machine_start=%s
                ahead=%s
                """
                        .formatted(machineId, machineStart, ahead)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
