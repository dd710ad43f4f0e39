package dev.callboard.engine;

import dev.callboard.engine.LedgerMessages.LedgerWritten;
import dev.callboard.engine.LedgerMessages.WriteLedger;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Forms;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes by people and programs to a task's ledger. */
public final class Ledger {
    /** The most characters of JSON text of one value. */
    public static final int MAX_VALUE = 10_000;

    /**
     * The most keys that a write may bring a task's ledger to. Stages are measured by the ledger that they were given, so
     * several at once may pass it together; overwriting and removing is allowed even then.
     */
    public static final int MAX_KEYS = 1_000;

    private final TaskCommands tasks;

    /** @param tasks decides about the tasks whose ledgers are written */
    public Ledger(TaskCommands tasks) {
        this.tasks = tasks;
    }

    /**
     * What was written.
     *
     * @param moved what follows, null when there was nothing to write
     */
    public record Written(LedgerWritten reply, @Nullable StoredTransition moved) {}

    /**
     * Writes some keys, in one transaction. Fails with {@code invalid_ledger}, {@code unknown_task} or {@code wrong_status};
     * nothing is written then.
     */
    public Future<Written> write(WriteLedger ask) {
        Map<String, @Nullable String> entries = check(ask.entries());
        return tasks.decideOpen(ask.taskId(), draft -> {
            if (entries.isEmpty()) {
                return new Written(reply(draft, draft.before().revision()), null);
            }
            int before = draft.task().ledger().size();
            draft.putLedger(draft.caller().name(), entries);
            draft.note("ledger", told(entries), draft.caller());
            int after = draft.task().ledger().size();
            if (after > MAX_KEYS && after > before) {
                throw ProblemException.invalid(
                        "invalid_ledger",
                        "A ledger has at most " + MAX_KEYS + " keys; this one has " + before + " and would have "
                                + after + ". Remove some.");
            }
            long revision = draft.before().revision() + 1;
            StoredTransition moved = new StoredTransition(
                    draft.task().id(),
                    draft.task().status(),
                    revision,
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    true);
            return new Written(reply(draft, revision), moved);
        });
    }

    private static LedgerWritten reply(TaskDraft draft, long revision) {
        return new LedgerWritten(draft.task().ledgerValues(), revision);
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
