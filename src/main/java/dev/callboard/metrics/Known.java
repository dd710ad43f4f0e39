package dev.callboard.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values of a label that users choose, such as stage types: the first ones that come have a series of their own, all later
 * ones share {@code other}, so that nobody can fill the memory with series.
 */
final class Known {
    static final String OTHER = "other";

    private final int most;
    private final Set<String> values = ConcurrentHashMap.newKeySet();

    Known(int most) {
        this.most = most;
    }

    /** The value, or {@value #OTHER}. */
    String of(String value) {
        if (values.contains(value)) {
            return value;
        }
        synchronized (values) {
            if (values.size() >= most) {
                return OTHER;
            }
            values.add(value);
            return value;
        }
    }
}
