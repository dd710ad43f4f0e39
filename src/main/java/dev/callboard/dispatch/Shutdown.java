package dev.callboard.dispatch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The end of the dispatcher: once it is asked for nothing starts any more, and it is over when nothing runs. */
final class Shutdown {
    private final Vertx vertx;
    private @Nullable Promise<Void> idle;

    Shutdown(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Whether it was asked for. */
    boolean asked() {
        return idle != null;
    }

    /**
     * Asks for it.
     *
     * @param grace how long what runs may go on
     * @param late ends what runs still then
     * @return done when nothing runs
     */
    Future<Void> ask(Duration grace, Supplier<Future<Void>> late) {
        Promise<Void> done = Promise.promise();
        idle = done;
        long timer = vertx.setTimer(
                Math.max(1, grace.toMillis()), ignored -> late.get().onComplete(put -> done.tryComplete()));
        return done.future().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    /** Nothing runs. */
    void idle() {
        if (idle != null) {
            idle.tryComplete();
        }
    }
}
