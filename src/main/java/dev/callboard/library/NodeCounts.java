package dev.callboard.library;

import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes the graph has, counted once for as long as nobody writes of it: a count reads all nodes. Only this process writes
 * of them. Safe for use by several threads.
 */
final class NodeCounts {
    /** Questions whose counts are kept: types are what somebody types. */
    private static final int MOST = 100;

    private volatile Counted now = new Counted();

    /** The counts as of now. To be taken before the transaction that counts begins: what is written after that ends them. */
    Counted now() {
        return now;
    }

    /** Something of the graph was written, and is committed. */
    void changed() {
        now = new Counted();
    }

    private record Key(@Nullable String project, @Nullable String type) {}

    /** Counts between two writes. */
    static final class Counted {
        private final Map<Key, Long> counts = new ConcurrentHashMap<>();

        private Counted() {}

        /**
         * How many nodes there are.
         *
         * @param project null for all
         * @param type null for any
         * @param count reads it
         */
        Future<Long> of(@Nullable String project, @Nullable String type, Supplier<Future<Long>> count) {
            Key key = new Key(project, type);
            Long known = counts.get(key);
            return known != null
                    ? Future.succeededFuture(known)
                    : count.get().onSuccess(number -> {
                        if (counts.size() < MOST) {
                            counts.put(key, number);
                        }
                    });
        }
    }
}
