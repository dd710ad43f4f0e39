package dev.callboard.dispatch;

import dev.callboard.bus.Caller;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.Transitions;
import dev.callboard.engine.Transitions.Unstarted;
import dev.callboard.taskmodel.ExecutionStatus;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on, at the start of a server, with what an earlier one left: attempts that ran or waited, tasks that were to start. */
final class Resumption {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    private final Transitions transitions;
    private final LateStarts starts;
    private final Dispatcher dispatcher;
    private final LeftWork workers;

    Resumption(Transitions transitions, LateStarts starts, Dispatcher dispatcher, LeftWork workers) {
        this.workers = workers;
        this.transitions = transitions;
        this.starts = starts;
        this.dispatcher = dispatcher;
    }

    /** Does it once; attempts first, in the order of their tasks. */
    Future<Void> resume() {
        return transitions
                .leftOver()
                .compose(workers::resume)
                .compose(this::resume)
                .compose(ignored -> transitions.unstarted().compose(this::start));
    }

    private Future<Void> resume(List<Attempt> attempts) {
        Future<Void> all = Future.succeededFuture();
        for (Attempt attempt : attempts) {
            // What an attempt waits for may have come while nobody looked.
            if (attempt.status() == ExecutionStatus.PENDING || attempt.waits()) {
                dispatcher.enqueue(List.of(attempt));
            } else {
                all = all.compose(before -> transitions.cutOff(attempt, List.of()))
                        .onSuccess(moved -> moved.ifPresent(dispatcher::follow))
                        .mapEmpty();
            }
        }
        if (!attempts.isEmpty()) {
            LOG.info("Resumed {} stages of an earlier run", attempts.size());
        }
        return all;
    }

    private Future<Void> start(List<Unstarted> tasks) {
        Future<Void> all = Future.succeededFuture();
        for (Unstarted task : tasks) {
            all = all.compose(before -> start(task));
        }
        return all;
    }

    /** One that cannot start now is tried again when what it lacks has come; the others do not wait for it. */
    private Future<Void> start(Unstarted task) {
        return starts.start(task.id(), Caller.earlier(task.by()))
                .onFailure(failure -> LOG.warn(
                        "Task {} was to start when it was made and cannot start now: {}",
                        task.id(),
                        failure.getMessage()))
                .transform(done -> Future.succeededFuture());
    }
}
