package dev.callboard.store;

import dev.callboard.bus.Caller;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the units of a transaction, one after the other. What decisions want stored is written before the next unit that may be
 * about the same, and at the end.
 */
final class UnitRuns {
    private volatile Caller caller = Caller.ENGINE;
    private volatile @Nullable Unit<?> running;

    /** Who asked for the unit that runs now. */
    Caller caller() {
        return caller;
    }

    /** The unit that runs now. */
    Unit<?> running() {
        return Objects.requireNonNull(running, "no unit runs");
    }

    /** Runs them one after the other, in one transaction; fails with what undoes it. */
    Future<Void> all(Transaction transaction, List<Unit<?>> batch) {
        Transcript transcript = new Transcript();
        Future<Void> previous = Future.succeededFuture();
        for (Unit<?> unit : batch) {
            previous = previous.compose(ignored -> run(transaction, unit, transcript, batch.size() == 1));
        }
        return previous.compose(ignored -> transcript.write(transaction));
    }

    private Future<Void> run(Transaction transaction, Unit<?> unit, Transcript transcript, boolean single) {
        if (unit instanceof Unit.Decision<?> decision) {
            Future<Void> written =
                    transcript.concerns(decision.subject()) ? transcript.write(transaction) : Future.succeededFuture();
            return written.compose(ignored -> {
                begin(unit);
                return decision.run(transaction, transcript);
            });
        }
        Unit.Work<?> work = (Unit.Work<?>) unit;
        if (single) {
            // Its failure may end the whole transaction: nobody else is in it.
            begin(unit);
            return work.run(transaction);
        }
        return transcript
                .write(transaction)
                .compose(ignored -> execute(transaction, "SAVEPOINT before_unit"))
                .compose(ignored -> {
                    begin(unit);
                    return work.run(transaction)
                            .compose(done -> execute(transaction, "RELEASE SAVEPOINT before_unit"))
                            .recover(failure -> Failures.isStorage(failure)
                                    ? Future.failedFuture(failure)
                                    : execute(transaction, "ROLLBACK TO SAVEPOINT before_unit"));
                });
    }

    private void begin(Unit<?> unit) {
        caller = unit.caller();
        running = unit;
    }

    private static Future<Void> execute(Transaction transaction, String statement) {
        return transaction.execute(statement).mapEmpty();
    }
}
