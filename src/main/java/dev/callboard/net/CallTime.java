package dev.callboard.net;

import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** How long the thread of one call waits: until its time is up, or nobody wants the answer any more. */
final class CallTime {
    /** How often it is asked whether somebody still wants the answer, in milliseconds. */
    private static final long ASK_EVERY_MS = 100;

    private final long end;
    private final String limit;
    private final BooleanSupplier cancelled;

    /** @param end of {@link System#nanoTime} */
    CallTime(long end, String limit, BooleanSupplier cancelled) {
        this.end = end;
        this.limit = limit;
        this.cancelled = cancelled;
    }

    /** What is still left, in milliseconds, at least one. */
    long leftMs() throws OutboundException, InterruptedException {
        if (cancelled.getAsBoolean() || Thread.interrupted()) {
            throw new InterruptedException("the request was cancelled");
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw OutboundException.passing("timeout", "There was no complete answer within " + limit + ".");
        }
        return left;
    }

    /** The result, or what it failed with. */
    <T> T get(Future<T> future) throws ExecutionException, OutboundException, InterruptedException {
        CompletableFuture<T> result = future.toCompletionStage().toCompletableFuture();
        while (true) {
            try {
                return result.get(Math.min(leftMs(), ASK_EVERY_MS), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Asks again.
            }
        }
    }

    <T> T take(BlockingQueue<T> queue) throws OutboundException, InterruptedException {
        while (true) {
            T next = queue.poll(Math.min(leftMs(), ASK_EVERY_MS), TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
        }
    }
}
