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
    private final Counter statements;
    private final Counter syncs;
    private final AtomicLong waiting;
    private final AtomicLong writable;
    private final AtomicLong free;
    private final Counter closings;

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
        statements = Counter.builder("callboard.db.statements")
                .description("SQL statements sent to the database, reads included; a batch is one")
                .register(registry);
        syncs = Counter.builder("callboard.db.syncs")
                .description("Syncs of the database's files to the disk")
                .register(registry);
        waiting = Figures.gauge(
                registry, "callboard.db.write.queue", "Units of work that wait to be written", Tags.empty());
        writable = Figures.gauge(registry, "callboard.storage.writable", "1 when changes can be stored", Tags.empty());
        writable.set(1);
        free = Figures.gauge(
                registry,
                "callboard.storage.free.bytes",
                "Free space of the disk that holds the data folder, when it was last checked",
                Tags.empty());
        closings = Counter.builder("callboard.storage.unsure.commits")
                .description("Commits that were not sure to be on the disk; the database was opened anew after each")
                .register(registry);
    }

    /** A transaction ended. */
    public void wrote(int unitsInIt, Duration time, boolean stored) {
        writes.record(time);
        units.increment(unitsInIt);
        if (!stored) {
            failures.increment();
        }
    }

    /** So many statements were sent that no client of Vert.x sent; a batch is one. */
    public void statements(int count) {
        statements.increment(count);
    }

    /** A file of the database was brought to the disk. */
    public void synced() {
        syncs.increment();
    }

    /** So many units wait now. */
    public void waiting(int count) {
        waiting.set(count);
    }

    /** Whether changes can be stored. */
    public void writable(boolean now) {
        writable.set(now ? 1 : 0);
    }

    /** So many bytes are free. */
    public void free(long bytes) {
        free.set(bytes);
    }

    /** A commit was not sure to be on the disk. */
    public void down() {
        closings.increment();
    }
}
