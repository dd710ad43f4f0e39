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

    @Override
    public Future<?> start() {
        said = clock.differs() ? clock.ahead() : Duration.ZERO;
        offset = offset(machine.get()).orElse(null);
        vertx.setPeriodic(EVERY_MS, timer -> check());
        return Future.succeededFuture();
    }

    private Optional<Duration> offset(Optional<MachineStart> start) {
        return start.map(since -> Duration.between(Instant.EPOCH.plus(since.uptime()), clock.instant()));
    }

    /** Once. */
    void check() {
        Optional<MachineStart> start = machine.get();
        sleep(start);
        Duration ahead = clock.ahead();
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
            store(StoredTime.of(clock, start));
        }
    }

    private void sleep(Optional<MachineStart> start) {
        Duration before = offset;
        Duration now = offset(start).orElse(null);
        if (before != null && now != null && SteadyClock.noticed(before.minus(now))) {
            Duration slept = before.minus(now);
            if (!slept.isNegative()) {
                LOG.info("The machine slept for {} s; for what waits this time has passed.", slept.toSeconds());
                clock.slept(slept);
            }
            offset = offset(start).orElse(null);
        }
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
