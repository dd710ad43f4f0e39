package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.function.Function;

/**
 * Connections to a database that is open.
 *
 * @param readers for reading: all statements of a transaction see the same moment
 * @param writer the one that writes
 */
record Pools(Pool readers, Dialect dialect, Writer writer) {
    /** Reads, in a transaction of its own. */
    <T> Future<T> read(Function<Transaction, Future<T>> work) {
        return readers.withTransaction(connection -> work.apply(new ClientTransaction(connection, dialect)))
                .recover(failure -> Future.failedFuture(dialect.failure(failure)));
    }

    Future<Void> close() {
        return Future.join(readers.close(), writer.close()).mapEmpty();
    }
}
