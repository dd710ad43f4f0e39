package dev.callboard;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what ends a server, not for ever: what comes after it is closed too. */
final class BoundedWait {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedWait.class);

    private BoundedWait() {}

    /**
     * Waits until it is done, or logs that it is not. Blocks.
     *
     * @param what begins the sentence in the log
     * @return whether it is
     * @throws ExecutionException when it failed
     */
    static boolean await(Future<?> future, Duration atMost, String what)
            throws ExecutionException, InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.warn("{} not closed within {} s; the server stops without it.", what, atMost.toSeconds());
            return false;
        }
    }
}
