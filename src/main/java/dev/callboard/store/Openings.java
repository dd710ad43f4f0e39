package dev.callboard.store;

import dev.callboard.metrics.StoreMeters;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that is open, closed as it is when what it holds is not sure, and opened anew as soon as that works. Changes on one
 * context; what is open can be asked by any thread.
 */
final class Openings {
    private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

    /** How often a database that is low or down is tried again. */
    private static final long TRY_AGAIN_MS = 500;

    private final Context context;
    private final Backend backend;
    private final Refusal refusal;
    private final StoreMeters meters;
    private final Supplier<Future<Void>> look;
    private final Runnable reopened;
    private final Doubts doubts;
    private volatile @Nullable Pools pools;
    private volatile int count;
    private Runnable down = () -> {};
    private boolean closed;

    /**
     * Of a database that is open.
     *
     * @param refusal why changes are refused, while they are
     * @param look looks again whether there is room for changes, while the database is open and changes are refused
     * @param reopened told when it is open anew
     */
    Openings(
            Context context,
            Backend backend,
            Pools opened,
            Refusal refusal,
            StoreMeters meters,
            Supplier<Future<Void>> look,
            Runnable reopened) {
        this.context = context;
        this.backend = backend;
        this.refusal = refusal;
        this.meters = meters;
        this.look = look;
        this.reopened = reopened;
        this.doubts = new Doubts(backend);
        use(opened);
    }

    /** The connections; null while the database is down. */
    @Nullable
    Pools pools() {
        return pools;
    }

    /** Moves on each time the database goes down. */
    int count() {
        return count;
    }

    /** What is answered while the database is down, or changes are refused. */
    ProblemException known() {
        ProblemException problem = refusal.problem();
        return problem == null ? ProblemException.unavailable(Failures.UNAVAILABLE, "The database is busy.") : problem;
    }

    /** What is done each time the database goes down, on the context. */
    void whenDown(Runnable action) {
        down = action;
    }

    private void use(Pools opened) {
        pools = opened;
        opened.writer()
                .lost()
                .onComplete(lost -> context.runOnContext(ignored -> {
                    if (opened.equals(pools) && !closed) {
                        goDown(lost.cause()).onFailure(known -> LOG.debug("the database went away", known));
                    }
                }));
    }

    /** Does it on the context. */
    Future<Void> onContext(Runnable work) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> {
            work.run();
            done.complete();
        });
        return done.future();
    }

    /** Changes are refused until that is over; it is looked for again and again. */
    void refuse(ProblemException problem) {
        if (refusal.begin(problem)) {
            tryAgainLater();
        }
    }

    private void tryAgainLater() {
        context.owner()
                .setTimer(
                        TRY_AGAIN_MS,
                        timer -> context.runOnContext(ignored -> {
                            if (refusal.holds() && !closed) {
                                (pools == null ? reopen() : look.get())
                                        .onComplete(tried -> context.runOnContext(again -> {
                                            if (refusal.holds()) {
                                                tryAgainLater();
                                            }
                                        }));
                            }
                        }));
    }

    /**
     * Closes the database as it is on the disk.
     *
     * @param reason why it is not certain what is on the disk
     * @return fails with what is answered to those whose changes are lost by that
     */
    Future<Void> goDown(Throwable reason) {
        Pools open = pools;
        if (open == null) {
            return Future.failedFuture(known());
        }
        ProblemException problem = backend.unwritable(reason);
        pools = null;
        count++;
        refuse(problem);
        meters.down();
        down.run();
        // Its connections are of no use any more, whatever closing them says.
        open.close().onFailure(failure -> LOG.debug("connections of a closed database", failure));
        return backend.closeNow().transform(done -> {
            if (done.failed()) {
                LOG.debug("the end of the log cannot be cut off yet", done.cause());
            }
            return Future.failedFuture(problem);
        });
    }

    private Future<Void> reopen() {
        return backend.reopen()
                .transform(opened -> onContext(() -> {
                    if (opened.succeeded() && closed) {
                        opened.result()
                                .close()
                                .onFailure(failure -> LOG.debug("connections of a server that ends", failure));
                    } else if (opened.succeeded()) {
                        use(opened.result());
                        reopened.run();
                        refusal.over();
                        doubts.settle();
                    } else {
                        LOG.debug("the database cannot be opened again yet", opened.cause());
                        if (opened.cause() instanceof ProblemException problem) {
                            refusal.begin(problem);
                        }
                    }
                }));
    }

    /** What those are answered with who wait for a transaction of which only the database, opened anew, can say what it became. */
    Future<Void> doubt(long number, Throwable reason) {
        Future<Void> said = doubts.begin(number, reason);
        if (closed) {
            doubts.giveUp();
        }
        return said;
    }

    /** Does not wait any more for what a database that is down would say. */
    Future<Void> ending() {
        return onContext(() -> {
            closed = true;
            doubts.giveUp();
        });
    }

    /** Completes when the connections are closed. */
    Future<Void> close() {
        Pools open = pools;
        return open == null ? Future.succeededFuture() : open.close();
    }
}
