package dev.callboard.dispatch;

import dev.callboard.engine.Ledger;
import dev.callboard.json.Json;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.spi.Forms;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an attempt's stage writes into the ledger, to be stored with its outcome. Any thread of the stage may write. */
final class LedgerWrites {
    private static final String LIMIT =
            "for one value of the ledger, which gates read; write what they compare, and leave the rest in the output";

    private final Map<String, @Nullable Object> ledger;
    private final Mask mask;
    private final Map<String, String> writes = new HashMap<>();
    private int newKeys;

    /**
     * Beside a ledger.
     *
     * @param mask takes the stage's secrets out of what it writes
     */
    LedgerWrites(Map<String, @Nullable Object> ledger, Mask mask) {
        this.ledger = ledger;
        this.mask = mask;
    }

    /** Takes a value; fails with {@link IllegalArgumentException}, as the SPI says. */
    synchronized void put(String key, @Nullable Object value) {
        if (!Forms.LEDGER_KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("ledger key '" + key + "' does not match " + Forms.LEDGER_KEY);
        }
        boolean isNew = !ledger.containsKey(key) && !writes.containsKey(key);
        if (isNew && ledger.size() + newKeys >= Ledger.MAX_KEYS) {
            throw new IllegalArgumentException("ledger key '" + key + "' would be one too many: a ledger has at most "
                    + Ledger.MAX_KEYS + " keys");
        }
        try {
            writes.put(key, Json.write(mask.value(JsonShape.copy(value, Ledger.MAX_VALUE, LIMIT))));
            newKeys += isNew ? 1 : 0;
        } catch (WrongShapeException e) {
            throw new IllegalArgumentException("ledger value of '" + key + "': " + e.getMessage(), e);
        }
    }

    /** Key to JSON text. */
    synchronized Map<String, String> all() {
        return Map.copyOf(writes);
    }
}
