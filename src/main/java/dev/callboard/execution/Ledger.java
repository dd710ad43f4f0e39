package dev.callboard.execution;

import dev.callboard.bus.Caller;
import dev.callboard.execution.LedgerMessages.LedgerWritten;
import dev.callboard.execution.LedgerMessages.WriteLedger;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Forms;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes by people and programs to a task's ledger. */
final class Ledger {
    /** The most characters of JSON text of one value. */
    static final int MAX_VALUE = 10_000;

    /**
     * The most keys that a write may bring a task's ledger to. Stages are measured by the ledger that they were given, so
     * several at once may pass it together; overwriting and removing is allowed even then.
     */
    static final int MAX_KEYS = 1_000;

    private final Database database;
    private final LedgerRepository repository = new LedgerRepository();
    private final TaskValuesRepository values = new TaskValuesRepository();
    private final TimelineRepository timeline;
    private final Clock clock;

    Ledger(Database database, TimelineRepository timeline, Clock clock) {
        this.database = database;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * What was written.
     *
     * @param moved what follows, null when there was nothing to write
     */
    record Written(LedgerWritten reply, @Nullable StoredTransition moved) {}

    /**
     * Writes some keys, in one transaction. Fails with {@code invalid_ledger}, {@code unknown_task} or {@code wrong_status};
     * nothing is written then.
     */
    Future<Written> write(WriteLedger ask) {
        Map<String, @Nullable String> entries = check(ask.entries());
        return database.write(
                connection -> repository.task(connection, ask.taskId()).compose(task -> {
                    if (task.archived()) {
                        throw ProblemException.illegalState(
                                "wrong_status", "The task is archived; its ledger cannot be written any more.");
                    }
                    return entries.isEmpty()
                            ? ledger(connection, task.id(), task.revision()).map(reply -> new Written(reply, null))
                            : store(connection, task, entries, database.caller());
                }));
    }

    private Future<Written> store(
            SqlConnection connection, LedgerRepository.Task task, Map<String, @Nullable String> entries, Caller by) {
        Instant now = clock.instant();
        long revision = task.revision() + 1;
        return repository.keys(connection, task.id()).compose(before -> TaskValuesRepository.storeLedger(
                        connection, task.id(), by.name(), entries, now)
                .compose(stored -> repository.touch(connection, task.id(), now))
                .compose(touched -> timeline.note(connection, task.id(), "ledger", told(entries), by, now))
                .compose(noted -> ledger(connection, task.id(), revision))
                .map(reply -> {
                    int after = reply.ledger().size();
                    if (after > MAX_KEYS && after > before) {
                        throw ProblemException.invalid(
                                "invalid_ledger",
                                "A ledger has at most " + MAX_KEYS + " keys; this one has " + before
                                        + " and would have " + after + ". Remove some.");
                    }
                    StoredTransition moved =
                            new StoredTransition(task.id(), task.status(), revision, List.of(), List.of(), List.of());
                    return new Written(reply, moved.withLedgerWritten());
                }));
    }

    private Future<LedgerWritten> ledger(SqlConnection connection, String taskId, long revision) {
        return values.ledger(connection, taskId).map(ledger -> new LedgerWritten(ledger, revision));
    }

    private static String told(Map<String, @Nullable String> entries) {
        List<String> told = new ArrayList<>();
        entries.forEach((key, value) -> told.add(value == null ? key + " (removed)" : key));
        return String.join(", ", told);
    }

    /** Key to value as JSON text, null to remove the key. */
    private static Map<String, @Nullable String> check(Map<String, @Nullable Object> entries) {
        Map<String, @Nullable String> checked = new LinkedHashMap<>();
        List<Violation> violations = new ArrayList<>();
        entries.forEach((key, value) -> {
            String pointer = "/" + key.replace("~", "~0").replace("/", "~1");
            String text = value == null ? null : Json.write(value);
            if (!Forms.LEDGER_KEY.matcher(key).matches()) {
                violations.add(new Violation(
                        pointer,
                        "A ledger key is a small letter, then up to 63 small letters, digits and underscores."));
            } else if (text != null && text.length() > MAX_VALUE) {
                violations.add(new Violation(
                        pointer,
                        "The value has " + text.length() + " characters of JSON; " + MAX_VALUE
                                + " are allowed. Store larger ones as a blob and refer to it."));
            }
            checked.put(key, text);
        });
        if (!violations.isEmpty()) {
            throw ProblemException.invalid("invalid_ledger", "The ledger cannot be written like this.", violations);
        }
        return checked;
    }
}
