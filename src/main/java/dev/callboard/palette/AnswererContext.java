package dev.callboard.palette;

import dev.callboard.spi.StageContext;
import java.util.List;
import java.util.Map;

/** What code sees that answers a question: what it is asked is all its input; of a stage's settings, state and ledger it has none. */
public interface AnswererContext extends StageContext {
    @Override
    default List<Map<String, Object>> inputs() {
        return List.of();
    }

    @Override
    default Map<String, Object> state() {
        return Map.of();
    }

    @Override
    default Map<String, Object> settings() {
        return Map.of();
    }

    @Override
    default Map<String, Object> ledger() {
        return Map.of();
    }

    @Override
    default void writeLedger(String key, Object value) {
        throw new IllegalArgumentException("a question has no ledger");
    }
}
