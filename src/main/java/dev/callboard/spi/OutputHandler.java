package dev.callboard.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a stage's output into values under its state keys. */
@FunctionalInterface
public interface OutputHandler {
    /**
     * Says what the output adds to the task's state.
     *
     * @param stateKeys the stage's state keys, in order
     * @param output the stage's output, JSON-shaped, possibly null
     * @return state key to value; keys other than {@code stateKeys} are refused by the engine
     */
    Map<String, Object> apply(List<String> stateKeys, Object output);

    /** No state: for stages without a state key. */
    static OutputHandler none() {
        return (stateKeys, output) -> Map.of();
    }

    /** The whole output under the one state key. */
    static OutputHandler whole() {
        return (stateKeys, output) -> {
            Map<String, Object> state = new LinkedHashMap<>();
            stateKeys.forEach(key -> state.put(key, output));
            return state;
        };
    }

    /** The output is a map; the value of each state key is taken from it. A missing one becomes null. */
    static OutputHandler byKey() {
        return (stateKeys, output) -> {
            Map<String, Object> state = new LinkedHashMap<>();
            Map<?, ?> values = output instanceof Map<?, ?> map ? map : Map.of();
            stateKeys.forEach(key -> state.put(key, values.get(key)));
            return state;
        };
    }
}
