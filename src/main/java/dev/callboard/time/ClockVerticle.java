package dev.callboard.time;

import dev.callboard.process.MachineStart;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the server's time with the machine's clock once a second: lets the time that the machine slept pass, logs when the clock
 * was set, and stores what the next server needs.
 */
public final class ClockVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ClockVerticle.class);
    private static final long EVERY_MS = 1_000;

    private final SteadyClock clock;
    private final Path folder;
    private final Supplier<Optional<MachineStart>> machine;

    /** The server's time less the time since the machine's start: it changes only when the machine sleeps. */
    private @Nullable Duration offset;

    private boolean reading;
    private Duration said = Duration.ZERO;
    private boolean stored;
    private boolean storing;
    private boolean failed;

    /** @param folder the data folder, which has the time of the servers before */
    public ClockVerticle(SteadyClock clock, Path folder) {
        this(clock, folder, MachineStart::now);
    }

    ClockVerticle(SteadyClock clock, Path folder, Supplier<Optional<MachineStart>> machine) {
        this.clock = clock;
        this.folder = folder;
        this.machine = machine;
    }

    /**
     * What the machine says of itself, beside the server's time at that moment.
     *
     * @param offset as {@link ClockVerticle#offset}; null where nobody knows, and when reading took so long that it says nothing
     * @param time to be stored
     */
    private record Reading(@Nullable Duration offset, StoredTime time) {}

    @Override
    public Future<?> start() {
        said = clock.differs() ? clock.ahead() : Duration.ZERO;
        return vertx.executeBlocking(this::read, false).onSuccess(read -> {
            offset = read.offset();
            vertx.setPeriodic(EVERY_MS, timer -> check());
        });
    }

    /** Blocks: the machine says it in files. */
    private Reading read() {
        Instant before = clock.instant();
        Optional<MachineStart> start = machine.get();
        Instant now = clock.instant();
        Duration since = start.filter(known -> !SteadyClock.noticed(Duration.between(before, now)))
                .map(known -> Duration.between(Instant.EPOCH.plus(known.uptime()), now))
                .orElse(null);
        return new Reading(since, StoredTime.of(clock, start));
    }

    /** Once; not while one is under way. */
    private void check() {
        if (reading) {
            return;
        }
        reading = true;
        vertx.executeBlocking(this::read, false)
                .onComplete(read -> reading = false)
                .onSuccess(this::judge)
                .onFailure(failure -> LOG.warn("The machine's time cannot be read", failure));
    }

    private void judge(Reading read) {
        if (slept(read.offset())) {
            // The time to be stored was read before; the next check has the right one.
            return;
        }
        Duration ahead = read.time().ahead();
        if (SteadyClock.noticed(ahead.minus(said))) {
            said = ahead;
            stored = false;
            if (SteadyClock.noticed(ahead)) {
                LOG.warn("{}", SteadyClock.sentence(ahead));
            } else {
                LOG.info("The machine's clock agrees with the server's time again.");
            }
        }
        if (!stored && !storing) {
            store(read.time());
        }
    }

    private boolean slept(@Nullable Duration now) {
        Duration before = offset;
        if (before == null) {
            offset = now;
        }
        if (before == null || now == null || !SteadyClock.noticed(before.minus(now))) {
            return false;
        }
        Duration slept = before.minus(now);
        if (slept.isNegative()) {
            offset = now;
            return false;
        }
        LOG.info("The machine slept for {} s; for what waits this time has passed.", slept.toSeconds());
        clock.slept(slept);
        return true;
    }

    private void store(StoredTime time) {
        storing = true;
        // What is noticed meanwhile is stored by the next check.
        stored = true;
        vertx.executeBlocking(
                        () -> {
                            time.write(folder);
                            return null;
                        },
                        false)
                .onComplete(written -> {
                    storing = false;
                    if (written.failed()) {
                        stored = false;
                        if (!failed) {
                            LOG.warn(
                                    "The server's time cannot be stored and is tried again each second: {}",
                                    written.cause().toString());
                        }
                    }
                    failed = written.failed();
                });
    }
}
