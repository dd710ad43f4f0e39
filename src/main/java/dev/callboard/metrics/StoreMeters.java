package dev.callboard.metrics;

import static dev.callboard.metrics.Figures.ms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Writes to the database. */
public final class StoreMeters {
    private final Timer writes;
    private final Counter units;
    private final Counter failures;
    private final AtomicLong waiting;

    StoreMeters(MeterRegistry registry) {
        writes = Figures.histogram(
                        "callboard.db.write",
                        "Time of a write transaction, its commit included",
                        ms(1),
                        ms(5),
                        ms(10),
                        ms(25),
                        ms(50),
                        ms(100),
                        ms(250),
                        ms(1_000),
                        ms(5_000))
                .register(registry);
        units = Counter.builder("callboard.db.write.units")
                .description("Units of work written; several share a transaction")
                .register(registry);
        failures = Counter.builder("callboard.db.write.failures")
                .description("Write transactions that failed")
                .register(registry);
        waiting = Figures.gauge(
                registry, "callboard.db.write.queue", "Units of work that wait to be written", Tags.empty());
    }

    /** A transaction ended. */
    public void wrote(int unitsInIt, Duration time, boolean stored) {
        writes.record(time);
        units.increment(unitsInIt);
        if (!stored) {
            failures.increment();
        }
    }

    /** So many units wait now. */
    public void waiting(int count) {
        waiting.set(count);
    }
}
