package dev.callboard.workers;

import dev.callboard.bus.Bus;
import dev.callboard.engine.WorkMessages;
import dev.callboard.engine.WorkMessages.ReleaseWork;
import dev.callboard.engine.WorkMessages.TakeWork;
import dev.callboard.engine.WorkMessages.TakenWork;
import dev.callboard.engine.WorkMessages.Work;
import dev.callboard.engine.WorkMessages.WorkWaiting;
import dev.callboard.workers.WorkersMessages.AwaitWork;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions for work that nothing could be given yet. The engine alone knows what waits: each question asks it first, and
 * again when it says that something came. Belongs to one context.
 */
final class WaitingTakes {
    /** How long the engine may take to give work, large inputs read, in milliseconds. */
    private static final long ENGINE_MS = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(WaitingTakes.class);

    private final Vertx vertx;
    private final Bus bus;
    private final Map<String, Take> waiting = new LinkedHashMap<>();

    WaitingTakes(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    private static final class Take {
        private final AwaitWork ask;
        private final Promise<TakenWork> answer = Promise.promise();
        private long timer = -1;

        /** The engine is being asked. */
        private boolean asking;

        /** Something came while it was asked: its answer may be older. */
        private boolean again;

        /** Nobody waits for the answer any more. */
        private boolean abandoned;

        Take(AwaitWork ask) {
            this.ask = ask;
        }

        private boolean fits(WorkWaiting work) {
            return ask.types().contains(work.stageType()) && (ask.trusted() || !work.secrets());
        }
    }

    /** Gives work as soon as there is some, or none when the asker's patience ends. */
    Future<TakenWork> take(AwaitWork ask) {
        Take take = new Take(ask);
        waiting.put(ask.id(), take);
        if (!ask.patience().isZero()) {
            take.timer = vertx.setTimer(Math.max(1, ask.patience().toMillis()), timer -> {
                take.timer = -1;
                // An answer that is on its way still counts.
                if (!take.asking) {
                    end(take, null);
                }
            });
        }
        ask(take);
        return take.answer.future();
    }

    /** Something waits now: whoever waits longest is asked for. */
    void came(WorkWaiting work) {
        List<Take> fitting =
                waiting.values().stream().filter(take -> take.fits(work)).toList();
        fitting.stream()
                .filter(take -> !take.asking)
                .findFirst()
                .ifPresentOrElse(this::ask, () -> fitting.forEach(take -> take.again = true));
    }

    /** Nobody waits for that answer any more; work that comes all the same is given back. */
    void abandon(String id) {
        Take take = waiting.get(id);
        if (take != null) {
            take.abandoned = true;
            if (!take.asking) {
                end(take, null);
            }
        }
    }

    /** Those that wait. */
    Stream<AwaitWork> all() {
        return waiting.values().stream().map(take -> take.ask);
    }

    private void ask(Take take) {
        take.asking = true;
        take.again = false;
        AwaitWork ask = take.ask;
        bus.ask(WorkMessages.TAKE, new TakeWork(ask.types(), ask.worker(), ask.trusted()), ENGINE_MS)
                .onComplete(taken -> answered(take, taken));
    }

    private void answered(Take take, AsyncResult<TakenWork> taken) {
        take.asking = false;
        if (taken.failed()) {
            forget(take);
            take.answer.fail(taken.cause());
            return;
        }
        Work work = taken.result().work();
        boolean over = take.abandoned || take.timer < 0;
        if (work != null && take.abandoned) {
            release(work);
        }
        if (work != null || over) {
            end(take, work);
        } else if (take.again) {
            ask(take);
        }
    }

    private void release(Work work) {
        bus.ask(WorkMessages.RELEASE, new ReleaseWork(work.executionId(), work.lease()))
                .onFailure(failure -> LOG.debug("{} could not be given back", work.executionId(), failure));
    }

    private void end(Take take, @Nullable Work work) {
        forget(take);
        take.answer.complete(new TakenWork(take.abandoned ? null : work));
    }

    private void forget(Take take) {
        waiting.remove(take.ask.id());
        vertx.cancelTimer(take.timer);
    }
}
