package dev.callboard.engine;

import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of a task gave.
 *
 * @param values state key to value
 * @param ledger ledger key to value
 */
record Gathered(Map<String, StateValue> values, Map<String, LedgerValue> ledger) {
    static final Gathered NOTHING = new Gathered(Map.of(), Map.of());

    Gathered {
        values = Collections.unmodifiableMap(values);
        ledger = Collections.unmodifiableMap(ledger);
    }

    /** The values of the ledger, JSON-shaped, by their keys in order. */
    Map<String, @Nullable Object> ledgerValues() {
        Map<String, @Nullable Object> parsed = new LinkedHashMap<>();
        new TreeMap<>(ledger).forEach((key, value) -> parsed.put(key, Json.read(value.json(), Object.class)));
        return parsed;
    }

    /**
     * A value of a task's state.
     *
     * @param executionId the attempt that gave it
     */
    record StateValue(String executionId, StoredJson value) {}

    /**
     * A value of a task's ledger.
     *
     * @param json the value as JSON text
     * @param by the execution whose stage wrote it, or a person's name
     */
    record LedgerValue(String json, String by, Instant at) {}
}
