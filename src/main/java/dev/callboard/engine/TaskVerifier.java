package dev.callboard.engine;

import dev.callboard.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares tasks in memory with what is stored of them, after each commit. On where the system property {@value #PROPERTY} is
 * true, as in all tests: it costs several reads for each change.
 */
final class TaskVerifier {
    static final String PROPERTY = "callboard.verify";

    private static final Logger LOG = LoggerFactory.getLogger(TaskVerifier.class);
    private static final boolean ON = Boolean.getBoolean(PROPERTY);
    private static final List<String> FOUND = new CopyOnWriteArrayList<>();

    /** More are left out: reads of others would have to wait. */
    private static final int AT_ONCE = 8;

    private final AtomicInteger underWay = new AtomicInteger();
    private final Database database;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final WorkRepository work = new WorkRepository();

    TaskVerifier(Database database) {
        this.database = database;
    }

    /** A task was stored: it is read, and compared unless it was changed again meanwhile. */
    void stored(TaskRecord task) {
        if (!ON || underWay.get() >= AT_ONCE) {
            return;
        }
        underWay.incrementAndGet();
        database.read(transaction -> records.load(transaction, task.id())
                        .compose(read -> work.waits(transaction, task.id()).map(waits -> Map.entry(read, waits))))
                .onSuccess(found -> {
                    TaskRecord read = found.getKey();
                    List<String> differences = differences(task, read);
                    differ("waits for workers", waits(task), found.getValue(), differences);
                    if (read.revision() == task.revision() && !differences.isEmpty()) {
                        FOUND.add("task " + task.id() + " is stored otherwise than decided: " + differences);
                        LOG.error("Task {} is stored otherwise than decided: {}", task.id(), differences);
                    }
                })
                .onFailure(failure -> LOG.debug("task {} cannot be verified", task.id(), failure))
                .onComplete(done -> underWay.decrementAndGet());
    }

    private static Map<String, String> waits(TaskRecord task) {
        Map<String, String> waits = new HashMap<>();
        task.attempts().forEach((id, row) -> {
            String wait = WorkRepository.waits(row);
            if (wait != null) {
                waits.put(id, wait);
            }
        });
        return waits;
    }

    private static List<String> differences(TaskRecord decided, TaskRecord read) {
        List<String> found = new ArrayList<>();
        differ("row", decided.row(), read.row(), found);
        differ("given", decided.given(), read.given(), found);
        differ("selection", decided.rows(), read.rows(), found);
        decided.attempts()
                .forEach((id, attempt) -> differ(
                        "attempt",
                        attempt,
                        Objects.requireNonNullElse(read.attempts().get(id), "none"),
                        found));
        differ("attempts", decided.attempts().keySet(), read.attempts().keySet(), found);
        differ("values", decided.values(), read.values(), found);
        differ("ledger", decided.ledger(), read.ledger(), found);
        differ("left out", decided.leftOut(), read.leftOut(), found);
        return found;
    }

    private static void differ(String what, Object decided, Object read, List<String> found) {
        if (!decided.equals(read)) {
            found.add(what + " " + decided + " is " + read);
        }
    }

    /** What was found since this was asked last. */
    static List<String> takeFound() {
        List<String> found = List.copyOf(FOUND);
        FOUND.removeAll(found);
        return found;
    }
}
