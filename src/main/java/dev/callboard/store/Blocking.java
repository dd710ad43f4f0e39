package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the database, on threads of stages, which may block. Never on an event loop. */
public final class Blocking {
    /** Longer than any repair of the database takes. */
    private static final long PATIENCE_SECONDS = 60;

    private Blocking() {}

    /**
     * The result.
     *
     * @throws IOException with a sentence, when the database refused or did not answer within a minute
     */
    public static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the stage was interrupted");
        } catch (TimeoutException e) {
            throw new IOException("the database did not answer within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    reason instanceof ProblemException expected
                            ? expected.problem().detail()
                            : String.valueOf(reason.getMessage()),
                    reason);
        }
    }
}
