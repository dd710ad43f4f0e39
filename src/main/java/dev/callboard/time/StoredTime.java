package dev.callboard.time;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.process.MachineStart;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the next server of a data folder needs to go on with this one's time: {@code server_time.json} there.
 *
 * @param machineId the machine's start, see {@link MachineStart}; empty where nobody knows
 * @param machineStart when that was, in the server's time
 * @param ahead how far the machine's clock was ahead of the server's time
 */
record StoredTime(String machineId, Instant machineStart, Duration ahead) {
    /** In the data folder. */
    static final String FILE = "server_time.json";

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
        try {
            if (Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> stored) {
                return Optional.of(new StoredTime(
                        String.valueOf(stored.get("machine_id")),
                        Instant.parse(String.valueOf(stored.get("machine_start"))),
                        Duration.parse(String.valueOf(stored.get("ahead")))));
            }
        } catch (JsonSyntaxException | DateTimeException e) {
            throw new IOException(file + " is not as the server writes it: " + e.getMessage(), e);
        }
        throw new IOException(file + " is not as the server writes it: it has no object");
    }

    /** Stores it. Blocks. */
    void write(Path folder) throws IOException {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        stored.put("machine_id", machineId);
        stored.put("machine_start", machineStart.toString());
        stored.put("ahead", ahead.toString());
        AtomicFile.write(folder.resolve(FILE), Json.writeBytes(stored));
    }
}
