package dev.callboard.spi.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values by key, in the order in which they came; null is one, as in JSON. Safe for threads. */
final class RecordedValues {
    private final Map<String, Object> values = new LinkedHashMap<>();

    synchronized void put(String key, Object value) {
        values.put(key, value);
    }

    synchronized void replace(Map<String, Object> all) {
        Map<String, Object> copy = new LinkedHashMap<>(all);
        values.clear();
        values.putAll(copy);
    }

    synchronized Map<String, Object> copy() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
