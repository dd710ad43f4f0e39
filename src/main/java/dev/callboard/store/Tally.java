package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many rows there are of each kind: counted once, when somebody asks first, and then moved on with each commit. Of several
 * threads.
 */
public final class Tally {
    private final Database database;
    private @Nullable Future<Void> counting;
    private @Nullable Map<String, Long> known;
    private Map<String, Long> since = new LinkedHashMap<>();
    private boolean follows;

    Tally(Database database) {
        this.database = database;
    }

    /**
     * A row has become another; to be called once for each change, by what is done after its commit.
     *
     * @param from what it was, null when it is new
     * @param to what it is, null when it does not count any more
     */
    public synchronized void moved(@Nullable String from, @Nullable String to) {
        if (!follows) {
            return;
        }
        Map<String, Long> numbers = known == null ? since : known;
        if (from != null) {
            numbers.merge(from, -1L, Long::sum);
        }
        if (to != null) {
            numbers.merge(to, 1L, Long::sum);
        }
    }

    /**
     * The numbers as of now.
     *
     * @param count reads them, when they are not known
     */
    public Future<Map<String, Long>> get(Function<Transaction, Future<Map<String, Long>>> count) {
        return counted(count).map(done -> copy());
    }

    private synchronized Map<String, Long> copy() {
        return known == null ? Map.of() : Map.copyOf(known);
    }

    private Future<Void> counted(Function<Transaction, Future<Map<String, Long>>> count) {
        Promise<Void> promise = Promise.promise();
        synchronized (this) {
            if (known != null) {
                return Future.succeededFuture();
            }
            if (counting != null) {
                return counting;
            }
            counting = promise.future();
        }
        database.readAsOf(this::follow, count)
                .onSuccess(this::counted)
                .onFailure(this::failed)
                .<Void>mapEmpty()
                .onComplete(promise);
        return promise.future();
    }

    /** What is committed from here on is not in what is being read. */
    private synchronized void follow() {
        since = new LinkedHashMap<>();
        follows = true;
    }

    private synchronized void counted(Map<String, Long> found) {
        Map<String, Long> numbers = new LinkedHashMap<>(found);
        since.forEach((kind, number) -> numbers.merge(kind, number, Long::sum));
        known = numbers;
        counting = null;
    }

    private synchronized void failed(Throwable why) {
        follows = false;
        counting = null;
    }
}
