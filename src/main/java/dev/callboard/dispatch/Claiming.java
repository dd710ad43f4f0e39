package dev.callboard.dispatch;

import dev.callboard.dispatch.PolicyState.PolicySignal;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.Claims;
import dev.callboard.engine.Claims.Claimed;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts on their way from the queue to a place: each is claimed in the database, and goes back to the queue after a
 * while when that failed. Belongs to the dispatcher's context.
 */
final class Claiming {
    private static final Logger LOG = LoggerFactory.getLogger(Claiming.class);

    /** How long to wait before an attempt that could not be claimed is claimed again. */
    private static final long CLAIM_AGAIN_MS = 1_000;

    private final Vertx vertx;
    private final Claims claims;
    private final AttemptQueue queue;
    private final Consumer<List<Attempt>> enqueue;
    private final Set<String> endedMeanwhile = new HashSet<>();
    private int underWay;

    /** @param enqueue lets those wait for their turn again that could not be claimed */
    Claiming(Vertx vertx, Claims claims, AttemptQueue queue, Consumer<List<Attempt>> enqueue) {
        this.vertx = vertx;
        this.claims = claims;
        this.queue = queue;
        this.enqueue = enqueue;
    }

    /** How many are on their way. */
    int underWay() {
        return underWay;
    }

    /** An attempt has ended: it is not to start, if it is on its way. */
    void ended(Attempt attempt) {
        if (underWay > 0) {
            endedMeanwhile.add(attempt.id());
        }
    }

    /** Claims one that the queue gave; empty when it is not to start now, and the queue knows then. Never fails. */
    Future<Optional<Claimed>> claim(Attempt attempt) {
        underWay++;
        return claims.claim(attempt).transform(result -> {
            underWay--;
            Optional<Claimed> claimed = toStart(attempt, result);
            if (claimed.isEmpty()) {
                queue.ended(attempt.id(), PolicySignal.NONE);
            }
            if (underWay == 0) {
                endedMeanwhile.clear();
            }
            return Future.succeededFuture(claimed);
        });
    }

    private Optional<Claimed> toStart(Attempt attempt, AsyncResult<Optional<Claimed>> result) {
        if (endedMeanwhile.contains(attempt.id())) {
            return Optional.empty();
        }
        if (result.failed()) {
            claimAgain(attempt, result.cause());
            return Optional.empty();
        }
        return result.result();
    }

    private void claimAgain(Attempt attempt, Throwable why) {
        if (why instanceof Claims.StillLoading) {
            LOG.debug("Attempt {}: {}", attempt.id(), why.getMessage());
        } else {
            LOG.error("Attempt {} could not be started, it is tried again", attempt.id(), why);
        }
        vertx.setTimer(CLAIM_AGAIN_MS, timer -> enqueue.accept(List.of(attempt)));
    }
}
