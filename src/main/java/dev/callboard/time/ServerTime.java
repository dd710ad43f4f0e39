package dev.callboard.time;

import dev.callboard.process.MachineStart;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which time a server begins with. Instants that an earlier server stored (a retry, a wait, what a stage remembers of its own
 * deadline) are of that server's time, so this one goes on with it when the machine's clock was set meanwhile; when nothing in the
 * data waits any more, it takes the machine's time.
 */
public final class ServerTime {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTime.class);

    private ServerTime() {}

    /** The time of the earlier servers of a data folder; the machine's, when there was none or the two do not differ. Blocks. */
    public static SteadyClock of(Path folder, Clock machine) {
        Optional<MachineStart> start = MachineStart.now();
        Optional<StoredTime> stored;
        try {
            stored = StoredTime.read(folder);
        } catch (IOException e) {
            LOG.warn("The time of the server before is not known, so the machine's is taken: {}", e.toString());
            stored = Optional.empty();
        }
        return new SteadyClock(machine, System::nanoTime, begin(stored, machine, start));
    }

    static Instant begin(Optional<StoredTime> stored, Clock machine, Optional<MachineStart> start) {
        Instant now = machine.instant();
        return stored.map(before -> before.now(machine, start))
                .filter(then -> SteadyClock.noticed(Duration.between(then, now)))
                .orElse(now);
    }

    /** Takes the machine's time when it differs and nothing that is stored waits for an instant. Before anything uses the clock. */
    public static Future<Void> settle(SteadyClock clock, Database database) {
        if (!clock.differs()) {
            return Future.succeededFuture();
        }
        return new OpenWorkRepository(database)
                .any()
                .onSuccess(open -> begin(clock, open))
                .mapEmpty();
    }

    private static void begin(SteadyClock clock, boolean open) {
        if (open) {
            LOG.warn("{} It continues, because tasks or deliveries wait by it.", SteadyClock.sentence(clock.ahead()));
        } else {
            LOG.info("The machine's clock was set by {}; nothing waits, so the server takes its time.", clock.ahead());
            clock.adopt();
        }
    }
}
