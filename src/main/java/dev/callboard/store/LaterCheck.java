package dev.callboard.store;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the start has left of {@code .data} with its checksums while the server runs, at most 1 MB in
 * {@value #PAUSE_MS} ms: some GB take a minute and a tenth of a core.
 */
final class LaterCheck implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LaterCheck.class);

    private static final int PAUSE_MS = 10;

    private final CarriedSums rows;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private LaterCheck(CarriedSums rows) {
        this.rows = rows;
    }

    /** Begins, on a thread of its own that ends when everything was compared. */
    static LaterCheck begin(CarriedSums rows) {
        LaterCheck check = new LaterCheck(rows);
        Thread thread = new Thread(check, "callboard-data-check");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        return check;
    }

    @Override
    public void run() {
        try {
            while (rows.compareMore()) {
                if (stopped.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            rows.finding()
                    .ifPresentOrElse(
                            finding ->
                                    LOG.error("All of db/callboard.data was compared with its checksums: {}", finding),
                            () -> LOG.debug("all of db/callboard.data is what its checksums say"));
        } catch (IOException e) {
            LOG.warn("db/callboard.data could not be compared with its checksums to its end: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends before the next piece. */
    void stop() {
        stopped.countDown();
    }
}
