package dev.callboard.spi;

import java.util.Collection;
import java.util.Map;

/** Counts what a stage put out, for people and metrics. */
@FunctionalInterface
public interface OutputCounter {
    /**
     * Counts an output.
     *
     * @param output JSON-shaped, possibly null
     * @return 0 or more
     */
    long count(Object output);

    /** Always 0: for stages without output. */
    static OutputCounter none() {
        return output -> 0;
    }

    /** 1 for anything but null. */
    static OutputCounter one() {
        return output -> output == null ? 0 : 1;
    }

    /** The number of elements of a list or map, 1 for any other value, 0 for null. */
    static OutputCounter size() {
        return OutputCounter::sizeOf;
    }

    /** The sum of {@link #size()} over some fields of a map; a number counts as itself. */
    static OutputCounter sumOf(String... fields) {
        return output -> {
            long sum = 0;
            if (output instanceof Map<?, ?> map) {
                for (String field : fields) {
                    sum += map.get(field) instanceof Number number ? number.longValue() : sizeOf(map.get(field));
                }
            }
            return sum;
        };
    }

    private static long sizeOf(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value == null ? 0 : 1;
    }
}
