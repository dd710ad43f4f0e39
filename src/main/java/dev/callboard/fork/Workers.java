package dev.callboard.fork;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The processes of one version of a plugin: some at most, those without work kept for a while. */
final class Workers {
    /** Starts a process. */
    interface Starter {
        Worker start() throws IOException, ForkException;
    }

    private record Idle(Worker worker, long since) {}

    private final Starter starter;
    private final int most;
    private final Duration keep;
    private final Semaphore places;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean retired;

    /**
     * None is started yet.
     *
     * @param most how many there may be at once
     * @param keep how long one without work is kept
     */
    Workers(Starter starter, int most, Duration keep) {
        this.starter = starter;
        this.most = most;
        this.keep = keep;
        this.places = new Semaphore(most, true);
    }

    /** Starts one, and waits until it has said what the jar registers. */
    Worker started() throws ForkException, InterruptedException {
        Worker worker;
        try {
            worker = starter.start();
        } catch (IOException e) {
            throw new ForkException("Its process could not be started: " + e.getMessage() + ".");
        }
        try {
            worker.described().get();
            return worker;
        } catch (InterruptedException e) {
            worker.kill();
            throw e;
        } catch (ExecutionException e) {
            worker.kill();
            throw e.getCause() instanceof ForkException expected ? expected : new ForkException(e.toString());
        }
    }

    /** Takes one for an execution; waits while all are busy. */
    @SuppressWarnings("NullAway") // The SPI takes null for no cause.
    Worker take(StageContext context) throws StageFailure, InterruptedException {
        if (!places.tryAcquire()) {
            context.log(
                    most == 1
                            ? "Waits until the plugin's process is free."
                            : "Waits until one of the plugin's " + most + " processes is free.");
            places.acquire();
        }
        boolean taken = false;
        try {
            Worker worker = idle();
            worker = worker == null ? started() : worker;
            taken = true;
            return worker;
        } catch (ForkException e) {
            throw StageFailure.retryable("process_not_started", String.valueOf(e.getMessage()), null);
        } finally {
            if (!taken) {
                places.release();
            }
        }
    }

    private synchronized @Nullable Worker idle() {
        while (!idle.isEmpty()) {
            Worker worker = idle.removeLast().worker();
            if (worker.usable()) {
                return worker;
            }
        }
        return null;
    }

    /** Gives one back after its execution. */
    void giveBack(Worker worker) {
        keep(worker);
        places.release();
    }

    /** Keeps one that has no work, or ends it. */
    synchronized void keep(Worker worker) {
        if (worker.usable() && !retired) {
            idle.addLast(new Idle(worker, System.nanoTime()));
        } else {
            worker.end();
        }
    }

    /** Keeps none without work any more. Executions of tasks that began with this version still get theirs. */
    synchronized void retire() {
        retired = true;
        idle.forEach(one -> one.worker().end());
        idle.clear();
    }

    /** Whether its plugin was removed or replaced: none is without work then. */
    synchronized boolean retired() {
        return retired;
    }

    /** Ends who was without work for long. */
    synchronized void look(long now) {
        for (Iterator<Idle> left = idle.iterator(); left.hasNext(); ) {
            Idle one = left.next();
            if (now - one.since() > keep.toNanos()) {
                left.remove();
                one.worker().end();
            }
        }
    }
}
