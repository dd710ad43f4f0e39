package dev.callboard.engine;

import dev.callboard.bus.Address;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the ledgers of tasks are written from outside of stages. */
public final class LedgerMessages {
    /** Writes to a task's ledger. */
    public static final Address<WriteLedger, LedgerWritten> WRITE =
            new Address<>("execution.ledger.write", WriteLedger.class, LedgerWritten.class);

    private LedgerMessages() {}

    /**
     * Writes to a ledger.
     *
     * @param entries key to JSON-shaped value, not yet checked; null removes a key
     */
    public record WriteLedger(String taskId, Map<String, @Nullable Object> entries) {
        /** Copies. */
        public WriteLedger {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /**
     * A ledger after a write.
     *
     * @param ledger all of it
     * @param revision the task's revision
     */
    public record LedgerWritten(Map<String, @Nullable Object> ledger, long revision) {
        /** Copies. */
        public LedgerWritten {
            ledger = Collections.unmodifiableMap(new LinkedHashMap<>(ledger));
        }
    }
}
