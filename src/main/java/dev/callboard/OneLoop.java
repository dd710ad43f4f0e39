package dev.callboard;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of a server on one event loop: what they tell each other at each step of a task changes no thread. They start one after
 * the other, but for those that start beside them, and end side by side.
 */
final class OneLoop implements Deployable {
    /** How long parts may take to stop: the engine gives running stages 6 s of it, and a server is to end within 10. */
    static final Duration STOP_PATIENCE = Duration.ofSeconds(7);

    private static final Logger LOG = LoggerFactory.getLogger(OneLoop.class);

    private final Duration stopPatience;
    private final List<Deployable> parts = new ArrayList<>();
    private final List<Deployable> beside = new ArrayList<>();
    private final List<Deployable> running = new ArrayList<>();
    private final Promise<Object> started = Promise.promise();

    OneLoop(List<? extends Deployable> parts) {
        this(parts, STOP_PATIENCE);
    }

    OneLoop(List<? extends Deployable> parts, Duration stopPatience) {
        this.parts.addAll(parts);
        this.stopPatience = stopPatience;
    }

    /** Starts another at the same time as the first. */
    OneLoop beside(Deployable other) {
        beside.add(other);
        return this;
    }

    /** All but those beside have started. */
    Future<?> started() {
        return started.future();
    }

    @Override
    public Future<?> deploy(Context context) {
        Future<?> all = Future.succeededFuture();
        for (Deployable part : parts) {
            all = all.compose(before -> begin(part, context));
        }
        all.<Object>mapEmpty().onComplete(started);
        List<Future<?>> starting = new ArrayList<>(List.of(all));
        beside.forEach(part -> starting.add(begin(part, context)));
        return Future.join(starting)
                .recover(failure -> undeploy(context).transform(ended -> Future.failedFuture(failure)));
    }

    private Future<?> begin(Deployable part, Context context) {
        try {
            return part.deploy(context).onSuccess(there -> running.add(part));
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /** Done once each part has stopped or had its time for that; never fails. */
    @Override
    public Future<?> undeploy(Context context) {
        return Future.join(running.stream().map(part -> end(part, context)).toList())
                .onComplete(ended -> {
                    // Vert.x may keep this; the code of plugins goes.
                    List.of(parts, beside, running).forEach(List::clear);
                });
    }

    /** One that does not stop keeps nobody else from it. */
    private Future<Void> end(Deployable part, Context context) {
        String name = part.getClass().getSimpleName();
        Promise<Void> ended = Promise.promise();
        long timer = context.owner().setTimer(stopPatience.toMillis(), late -> {
            if (ended.tryComplete()) {
                LOG.warn("{} did not stop within {} ms; the server stops without it.", name, stopPatience.toMillis());
            }
        });
        stop(part, context)
                .onFailure(failure -> LOG.warn("{} did not stop as it should", name, failure))
                .onComplete(stopped -> {
                    context.owner().cancelTimer(timer);
                    ended.tryComplete();
                });
        return ended.future();
    }

    private static Future<?> stop(Deployable part, Context context) {
        try {
            return part.undeploy(context);
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }
}
