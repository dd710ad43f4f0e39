package dev.callboard.store;

import dev.callboard.bus.Caller;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something to be written, and who waits for it. It may run again when the transaction that it was in is undone. */
abstract class Unit<T> {
    private final Promise<T> answer = Promise.promise();
    private final Caller caller;
    private final List<Runnable> committed = new ArrayList<>();

    /** Nobody else may be in its transaction: with others it has failed. */
    boolean alone;

    /** How often the database undid it for what went on beside it. */
    int undone;

    Unit(Caller caller) {
        this.caller = caller;
    }

    Future<T> answer() {
        return answer.future();
    }

    /** Who asked for it. */
    Caller caller() {
        return caller;
    }

    /** Does something once it is committed, and not when it fails. */
    void afterCommit(Runnable action) {
        committed.add(action);
    }

    /** Begins anew. */
    void reset() {
        committed.clear();
    }

    /** The transaction was committed. */
    void committed() {
        Future<T> outcome = outcome();
        if (outcome.failed()) {
            answer.fail(Failures.explain(outcome.cause()));
        } else {
            committed.forEach(Runnable::run);
            answer.complete(outcome.result());
        }
    }

    /** The transaction was not: all of it fails, also what was refused for what another unit had done. */
    void failed(Throwable why) {
        answer.fail(Failures.explain(why));
    }

    abstract Future<T> outcome();

    /** What it gives, as long as there is an answer to be had from it; a failure when it cannot. */
    static <R> Future<R> call(Function<Transaction, Future<R>> work, Transaction transaction) {
        try {
            return work.apply(transaction);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return Future.failedFuture(e);
        }
    }

    /** Work that writes by itself. */
    static final class Work<T> extends Unit<T> {
        private final Function<Transaction, Future<T>> work;
        private @Nullable Future<T> outcome;

        Work(Function<Transaction, Future<T>> work, Caller caller) {
            super(caller);
            this.work = work;
        }

        Future<Void> run(Transaction transaction) {
            Future<T> result = call(work, transaction);
            outcome = result;
            return result.mapEmpty();
        }

        @Override
        Future<T> outcome() {
            return Objects.requireNonNull(outcome, "a unit that never ran");
        }
    }

    /** A decision, whose rows are written together with those of others. */
    static final class Decision<T> extends Unit<T> {
        private final @Nullable String subject;
        private final Function<Transaction, Future<Entry<T>>> decide;
        private @Nullable Future<Entry<T>> decided;
        private boolean lost;

        Decision(@Nullable String subject, Function<Transaction, Future<Entry<T>>> decide, Caller caller) {
            super(caller);
            this.subject = subject;
            this.decide = decide;
        }

        /** What it is about; null when that is not known before it is made. */
        @Nullable
        String subject() {
            return subject;
        }

        /** Makes it; what refuses it is its own affair. */
        Future<Void> run(Transaction transaction, Transcript transcript) {
            Future<Entry<T>> made = call(decide, transaction).compose(Decision::storable);
            decided = made;
            return made.onSuccess(entry -> {
                        if (entry.guard() != null || !entry.rows().isEmpty()) {
                            transcript.add(this);
                        }
                    })
                    .<Void>mapEmpty()
                    .recover(failure ->
                            Failures.isStorage(failure) ? Future.failedFuture(failure) : Future.succeededFuture());
        }

        /** What cannot be stored fails here, and not together with what others write. */
        private static <T> Future<Entry<T>> storable(Entry<T> entry) {
            try {
                if (entry.guard() != null) {
                    Values.check(entry.guard().values());
                }
                entry.rows().forEach(rows -> rows.values().forEach(Values::check));
                return Future.succeededFuture(entry);
            } catch (ProblemException e) {
                entry.dropped().run();
                return Future.failedFuture(e);
            }
        }

        Entry<T> entry() {
            return Objects.requireNonNull(decided, "a decision that was never made")
                    .result();
        }

        void lost() {
            lost = true;
            entry().dropped().run();
        }

        boolean isLost() {
            return lost;
        }

        @Override
        void reset() {
            super.reset();
            if (decided != null && decided.succeeded() && !lost) {
                entry().dropped().run();
            }
            decided = null;
            lost = false;
        }

        @Override
        void committed() {
            if (!lost && outcome().succeeded()) {
                entry().committed().run();
            }
            super.committed();
        }

        @Override
        void failed(Throwable why) {
            reset();
            super.failed(why);
        }

        @Override
        Future<T> outcome() {
            return lost
                    ? Future.failedFuture(new LostEntryException())
                    : Objects.requireNonNull(decided, "a decision that was never made")
                            .map(Entry::result);
        }
    }
}
