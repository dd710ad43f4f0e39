package dev.callboard.dispatch;

import dev.callboard.engine.ExecutionMessages.LoadChanged;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;

/** So many attempts run at once, and who gets a place next. Belongs to the dispatcher's context. */
final class Places {
    /** How long a task keeps its place from stage to stage while others wait for one. */
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final int count;
    private final AttemptQueue queue;
    private final RunningAttempts active;
    private final Claiming claiming;
    private int reserved;

    Places(int count, AttemptQueue queue, RunningAttempts active, Claiming claiming) {
        this.count = count;
        this.queue = queue;
        this.active = active;
        this.claiming = claiming;
    }

    /** Whether there is one. */
    boolean free() {
        return active.size() + claiming.underWay() + reserved < count;
    }

    /**
     * Does what may let a task begin, with a place kept for its first attempt if there is one and nobody waits for it. What
     * comes of it is to be followed at once.
     *
     * @param command told whether there is a place
     */
    <T> Future<T> inPlace(Function<Boolean, Future<T>> command) {
        boolean place = queue.ready() == 0 && free();
        int kept = place ? 1 : 0;
        reserved += kept;
        return command.apply(place).onComplete(done -> reserved -= kept);
    }

    /** Whoever waits for a place gets one in turn: a task with many stages does not keep it from all others. */
    boolean mayGoOn(ActiveAttempt running) {
        return queue.ready() == 0 || System.nanoTime() - running.placeSince < KEPT_NANOS;
    }

    /** How much there is to do. */
    LoadChanged load(ParkedAttempts parked) {
        return new LoadChanged(
                queue.ready() + claiming.underWay(), active.size(), count, parked.size(), parked.oldest());
    }
}
