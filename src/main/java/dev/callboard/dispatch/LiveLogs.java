package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.engine.LogLineRepository;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import java.util.Collection;

/**
 * Stores and publishes the log lines of attempts while they run. Lines that the database does not take now stay in the
 * attempt's log, which bounds them, and are stored with the next ones, at the latest with the attempt's outcome; that they wait
 * is logged once, however many they are.
 */
final class LiveLogs {
    private final Bus bus;
    private final Database database;
    private final LogLineRepository lines = new LogLineRepository();
    private final WaitingWrites waiting = new WaitingWrites("log");

    LiveLogs(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    /** Stores what was logged since the last time. */
    void store(Collection<ActiveAttempt> active) {
        waiting.keepOnly(active.stream().map(ActiveAttempt::id).toList());
        active.forEach(this::store);
    }

    /** As {@link #store(Collection)}; done when they are stored, or cannot be now. */
    Future<?> flush(Collection<ActiveAttempt> active) {
        store(active);
        return Future.join(active.stream().map(ActiveAttempt::lastLines).toList());
    }

    private void store(ActiveAttempt running) {
        running.storeLines(
                batch -> database.write(transaction -> lines.add(transaction, batch.executionId(), batch.lines()))
                        .onSuccess(stored -> {
                            waiting.remove(batch.executionId());
                            batch.publish(bus);
                        })
                        .onFailure(failure -> {
                            waiting.add(batch.executionId(), failure);
                            batch.giveBack();
                        }));
    }
}
