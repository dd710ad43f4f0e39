package dev.callboard.store;

import io.vertx.core.Future;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one connection that writes, of one opening of a database. */
interface Writer {
    /**
     * How a transaction ended.
     *
     * @param failure why nothing of it is stored, or may be; null when all of it is on the disk
     * @param broken what the database holds is not sure any more: it must be closed and opened anew
     * @param doubt the number of the transaction when only the database, opened anew, can say whether it is stored
     */
    record Ended(@Nullable Throwable failure, boolean broken, OptionalLong doubt) {
        /** All of it is on the disk. */
        static final Ended STORED = new Ended(null, false, OptionalLong.empty());

        /** Nothing of it is, or will be once what is not sure was cut off. */
        static Ended lost(Throwable failure, boolean broken) {
            return new Ended(failure, broken, OptionalLong.empty());
        }
    }

    /**
     * Runs work in a transaction and commits it, or undoes it when it fails.
     *
     * @param work uses the transaction it is given and waits for nothing else
     * @param committing told before a commit that others may see before it is sure
     */
    Future<Ended> transaction(Function<Transaction, Future<Void>> work, Runnable committing);

    /** Completes when the connection has ended by itself; never for a database that is part of this process. */
    Future<Void> lost();

    /** Closes the connection once what runs has ended. */
    Future<Void> close();
}
